import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { agenda } from '../../src/domain/agenda.ts';
import { calendarFrom, timesBetween } from '../../src/domain/calendar.ts';
import type { Unit } from '../../src/domain/organisation.ts';
import { slotId } from '../../src/domain/slot.ts';

const calendar = calendarFrom();
const monday = Temporal.PlainDate.from('2026-11-23');
const unit = (id: string, nudgeAt = '17:00'): Unit => ({
  id,
  name: id,
  parent: null,
  settings: { nudgeAt },
  chats: [],
});

const jobs = () => {
  let asked = 0;
  const nudge = {
    name: 'nudge',
    due: (
      { settings }: { settings: { nudgeAt: string } },
      from: Temporal.PlainDateTime,
      to: Temporal.PlainDateTime,
    ) => {
      asked += 1;
      return timesBetween(settings.nudgeAt, from, to);
    },
  };
  const digest = {
    name: 'digest',
    due: (_: unknown, from: Temporal.PlainDateTime, to: Temporal.PlainDateTime) => timesBetween('09:00', from, to),
  };
  return { list: [nudge, digest], asked: () => asked };
};

test('a day’s slots stand in the order of time, then of units, then of jobs', () => {
  const slotsOn = agenda(jobs().list, calendar, 'Asia/Shanghai');
  expect(slotsOn([unit('u1', '09:00'), unit('u2')], monday).map(slotId)).toEqual([
    'nudge/2026-11-23T09:00/u1',
    'digest/2026-11-23T09:00/u1',
    'digest/2026-11-23T09:00/u2',
    'nudge/2026-11-23T17:00/u2',
  ]);
});

test('midnight belongs to the day that begins with it, and to no other', () => {
  const slotsOn = agenda(jobs().list, calendar, 'Asia/Shanghai');
  const midnights = [-1, 0, 1].map((n) => slotsOn([unit('u1', '00:00')], monday.add({ days: n })).map(slotId)[0]);
  expect(midnights).toEqual(['nudge/2026-11-22T00:00/u1', 'nudge/2026-11-23T00:00/u1', 'nudge/2026-11-24T00:00/u1']);
});

test('a day is computed once for each unit, however often it is asked for', () => {
  const { list, asked } = jobs();
  const slotsOn = agenda(list, calendar, 'Asia/Shanghai');
  for (let i = 0; i < 100; i++) slotsOn([unit('u1'), unit('u2')], monday.add({ days: i % 2 }));
  expect(asked()).toBe(4);
});

test('a changed setting is followed at once', () => {
  const { list, asked } = jobs();
  const slotsOn = agenda(list, calendar, 'Asia/Shanghai');
  slotsOn([unit('u1'), unit('u2')], monday);
  expect(slotsOn([unit('u1', '16:00'), unit('u2')], monday).map(slotId)).toContain('nudge/2026-11-23T16:00/u1');
  expect(asked()).toBe(3);
});

test('it does not grow with the days it was asked for', () => {
  const { list, asked } = jobs();
  const slotsOn = agenda(list, calendar, 'Asia/Shanghai');
  for (let i = 0; i < 400; i++) slotsOn([unit('u1')], monday.add({ days: i }));
  slotsOn([unit('u1')], monday);
  expect(asked()).toBe(401);
});
