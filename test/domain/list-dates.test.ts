import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { calendarFrom } from '../../src/domain/calendar.ts';
import {
  correctableUntil,
  datesFrom,
  isDraftDay,
  listed,
  monthWorkday,
  noticeOn,
  periodBefore,
  publishOnFor,
} from '../../src/domain/list-dates.ts';
import type { Unit } from '../../src/domain/organisation.ts';
import { day } from '../values.ts';

const calendar = calendarFrom();
const minute = (text: string) => Temporal.PlainDateTime.from(text);
const terms = { filing: 1, decision: 2 };

test.each([
  ['2026-10-01', 1, '2026-10-08'],
  ['2026-10-15', 2, '2026-10-09'],
  // The Saturday that is worked after National Day.
  ['2026-10-15', 3, '2026-10-10'],
  ['2026-10-15', 6, '2026-10-14'],
  ['2026-11-30', 1, '2026-11-02'],
  ['2026-12-24', 6, '2026-12-08'],
  ['2026-02-01', 1, '2026-02-02'],
])('of the month of %s, workday %i is %s', (month, n, expected) => {
  expect(monthWorkday(day(month), n, calendar).toString()).toBe(expected);
});

test('October 2026: drafted Thu 8, told Fri 9, appeals to Sat 10, decisions to Tue 13, published Wed 14', () => {
  const told = noticeOn(day('2026-10-08'), minute('2026-10-08T15:00'), calendar);
  expect(told).toBe('2026-10-09T09:00');
  expect(datesFrom(day('2026-10-09'), terms, calendar)).toEqual({
    fileBy: '2026-10-10T18:00',
    decideBy: '2026-10-13T18:00',
    publishOn: '2026-10-14T10:00',
  });
});

test.each([
  ['in time', '2026-12-01T16:00', '2026-12-02T09:00'],
  ['the very minute', '2026-12-02T09:00', '2026-12-03T09:00'],
  ['a day late', '2026-12-02T11:00', '2026-12-03T09:00'],
  ['before the morning', '2026-12-04T08:59', '2026-12-04T09:00'],
  ['on a Friday evening', '2026-12-04T19:00', '2026-12-07T09:00'],
  ['on a Sunday', '2026-12-06T10:00', '2026-12-07T09:00'],
])('confirmed %s: the whole chain moves by workdays', (_, confirmed, told) => {
  expect(noticeOn(day('2026-12-01'), minute(confirmed), calendar)).toBe(told);
});

test('longer terms move what comes after them', () => {
  expect(datesFrom(day('2026-12-02'), { filing: 5, decision: 5 }, calendar)).toEqual({
    fileBy: '2026-12-09T18:00',
    decideBy: '2026-12-16T18:00',
    publishOn: '2026-12-17T10:00',
  });
});

test.each([
  ['2026-12-07T19:00', '2026-12-08T10:00'],
  ['2026-12-08T09:59', '2026-12-08T10:00'],
  ['2026-12-08T10:00', '2026-12-09T10:00'],
  ['2026-12-11T11:00', '2026-12-14T10:00'],
])('signed at %s what was planned for 8 December is published at %s', (signed, expected) => {
  expect(publishOnFor('2026-12-08T10:00', minute(signed), calendar)).toBe(expected);
});

test('a draft is due on the first workday of the month, or of the quarter', () => {
  const days = (rhythm: 'monthly' | 'quarterly' | 'off') =>
    ['2026-10-01', '2026-10-08', '2026-10-09', '2026-11-01', '2026-11-02'].filter((iso) =>
      isDraftDay(day(iso), rhythm, calendar),
    );
  expect(days('monthly')).toEqual(['2026-10-08', '2026-11-02']);
  expect(days('quarterly')).toEqual(['2026-10-08']);
  expect(days('off')).toEqual([]);
});

test('it is of the month or the quarter before', () => {
  const said = (iso: string, rhythm: 'monthly' | 'quarterly') => {
    const { from, to } = periodBefore(day(iso), rhythm);
    return `${from.toString()} ${to.toString()}`;
  };
  expect(said('2026-10-08', 'monthly')).toBe('2026-09-01 2026-09-30');
  expect(said('2026-01-05', 'monthly')).toBe('2025-12-01 2025-12-31');
  expect(said('2026-10-08', 'quarterly')).toBe('2026-07-01 2026-09-30');
  expect(said('2026-02-02', 'quarterly')).toBe('2025-10-01 2025-12-31');
});

test('an error of fact is put right for five workdays', () => {
  expect(correctableUntil(day('2026-12-08'), calendar)).toBe('2026-12-15T23:59');
});

test('on the lists stand the children of the only root; of several roots, these', () => {
  const unit = (id: string, parent: string | null): Unit => ({ id, name: id, parent, settings: {}, chats: [] });
  const ids = (units: readonly Unit[]) => {
    const { home, compared } = listed(units);
    return [home?.id ?? null, ...compared.map(({ id }) => id)];
  };
  expect(ids([unit('u1', null), unit('u2', 'u1'), unit('u3', 'u2'), unit('u4', 'u1')])).toEqual(['u1', 'u2', 'u4']);
  expect(ids([unit('u1', null), unit('u2', null), unit('u3', 'u2')])).toEqual(['u1', 'u1', 'u2']);
  expect(ids([unit('u1', null)])).toEqual(['u1']);
  expect(ids([])).toEqual([null]);
});
