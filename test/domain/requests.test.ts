import { expect, test } from 'vitest';
import { calendarFrom } from '../../src/domain/calendar.ts';
import type { Unit } from '../../src/domain/organisation.ts';
import { answerLamp, answerTerm, firstToAnswer, readRequest, requestLabel } from '../../src/domain/requests.ts';
import { day } from '../values.ts';

const calendar = calendarFrom();

test.each([
  ['H-07', 7, ''],
  ['h7 同意，周五前办', 7, '同意，周五前办'],
  ['Ｈ－０７：同意', 7, '同意'],
  ['H 12', 12, ''],
  ['H-07 3日内办', 7, '3日内办'],
])('%s is request %i with the words %s', (typed, number, rest) => {
  expect(readRequest(typed)).toEqual({ number, rest });
});

test.each(['', '7', 'hello', 'H-', 'T-42', 'H-07.5', '同意 H-07'])('%s names no request', (typed) => {
  expect(readRequest(typed)).toBeNull();
});

test('a label has two digits at least', () => {
  expect([requestLabel(7), requestLabel(123)]).toEqual(['H-07', 'H-123']);
});

/** Asked on Friday, 18 September 2026: Sunday the 20th is worked, the 25th to the 27th are off. */
test.each([
  ['2026-09-18', 9, 'blue'],
  ['2026-09-20', 18, 'blue'],
  ['2026-09-20', 19, 'yellow'],
  ['2026-09-21', 9, 'yellow'],
  ['2026-09-23', 9, 'yellow'],
  ['2026-09-24', 9, 'red'],
] as const)('on %s at %i o’clock the leader’s lamp is %s', (on, hour, lamp) => {
  expect(
    answerLamp(answerTerm(day('2026-09-18'), 1, calendar), { day: day(on), minute: hour * 60 }, calendar).lamp,
  ).toBe(lamp);
});

test.each([
  [0.5, '2026-09-20', '12:00'],
  [1, '2026-09-20', '18:00'],
  [1.5, '2026-09-21', '12:00'],
  [5, '2026-09-24', '18:00'],
  [5.5, '2026-09-28', '12:00'],
])('within %s workdays means by %s, %s', (workdays, due, hour) => {
  expect(answerTerm(day('2026-09-18'), workdays, calendar)).toEqual({ due: day(due), hour });
});

test('the nearest unit upwards that somebody leads answers first', () => {
  const unit = (id: string, parent: string | null): Unit => ({ id, name: id, parent, settings: {}, chats: [] });
  const units = [unit('u1', null), unit('u2', 'u1'), unit('u3', 'u2')];
  const head = (of: string) => ({ roles: [{ role: 'unitHead' as const, unit: of }] });
  const first = (leader: ReturnType<typeof head> | null, ...officers: ReturnType<typeof head>[]) =>
    firstToAnswer(leader, units, units, officers).map(({ id }) => id);
  expect(first(head('u1'), head('u1'))).toEqual(['u1', 'u2', 'u3']);
  expect(first(head('u1'), head('u1'), head('u2'))).toEqual(['u1']);
  expect(first(head('u2'), head('u1'), head('u2'))).toEqual(['u2', 'u3']);
  expect(first(null, head('u1'))).toEqual([]);
});
