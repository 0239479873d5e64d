import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Calendar, calendarFrom, type Day, fromEpochDay } from '../../src/domain/calendar.ts';
import { carriedLamp, dueOf, type Lamp, lampOn, lamps } from '../../src/domain/lamp.ts';
import { itemKinds } from '../../src/domain/report.ts';
import { day } from '../values.ts';

const calendar = calendarFrom();

describe('an item due on Wednesday 30 September 2026, the eve of a week of holidays', () => {
  test.each([
    ['2026-09-24', 'green', 3, 0, 'three workdays left'],
    ['2026-09-27', 'green', 3, 0, 'still three: Mid-Autumn was off'],
    ['2026-09-28', 'blue', 2, 0, 'two workdays left'],
    ['2026-09-30', 'blue', 0, 0, 'the due day itself'],
    ['2026-10-01', 'blue', 0, 0, 'the holiday turns nothing'],
    ['2026-10-07', 'blue', 0, 0, 'nor does its last day'],
    ['2026-10-08', 'yellow', 0, 1, 'the first workday after it'],
    ['2026-10-09', 'yellow', 0, 2, 'one more'],
    ['2026-10-10', 'yellow', 0, 3, 'a Saturday that is worked'],
    ['2026-10-11', 'yellow', 0, 3, 'a Sunday that is not'],
    ['2026-10-12', 'red', 0, 4, 'more than three workdays over'],
  ])('on %s is %s, %i left, %i over: %s', (today, lamp, left, over) => {
    expect(lampOn(day(today), day('2026-09-30'), calendar)).toEqual({ lamp, left, over, due: day('2026-09-30') });
  });
});

describe('a carried item', () => {
  test('is due on the next workday after its own, over weekends and holidays', () => {
    expect(dueOf({ day: day('2026-09-30') }, calendar)).toEqual(day('2026-10-08'));
    expect(dueOf({ day: day('2026-11-27') }, calendar)).toEqual(day('2026-11-30'));
  });

  test('is blue until then, yellow on the third day, red on the sixth', () => {
    const item = { day: day('2026-11-23'), kind: 'open' } as const;
    const on = (iso: string) => carriedLamp(item, day(iso), calendar).lamp;
    expect(['2026-11-23', '2026-11-24'].map(on)).toEqual(['blue', 'blue']);
    expect(['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-29'].map(on)).toEqual(Array(4).fill('yellow'));
    expect(on('2026-11-30')).toBe('red');
  });

  test.each(['waiting', 'help'] as const)('that is %s stands still, however long it takes', (kind) => {
    const facts = carriedLamp({ day: day('2026-11-02'), kind }, day('2026-11-27'), calendar);
    expect(facts.lamp).toBe('paused');
    expect(facts.over).toBeGreaterThan(3);
  });

  test('does not grow old while its owner is on leave', () => {
    const item = { day: day('2026-11-23'), kind: 'open' } as const;
    const onLeave = (d: Day) => d.toString() >= '2026-11-25' && d.toString() <= '2026-11-27';
    expect(carriedLamp(item, day('2026-11-26'), calendar, onLeave).lamp).toBe('paused');
    expect(carriedLamp(item, day('2026-11-30'), calendar, onLeave)).toMatchObject({ lamp: 'yellow', over: 1 });
  });
});

test('in a year without a notice nothing turns yellow or red, and what had turned stays', () => {
  const onDays = (due: string) =>
    ['2026-12-31', '2027-01-04', '2027-03-01'].map((d) => lampOn(day(d), day(due), calendar).lamp);
  expect(onDays('2026-12-31')).toEqual(['blue', 'blue', 'blue']);
  expect(onDays('2026-12-30')).toEqual(['yellow', 'yellow', 'yellow']);
  const noticed = calendarFrom({ years: [2027] });
  expect(lampOn(day('2027-01-04'), day('2026-12-31'), noticed).lamp).toBe('yellow');
});

// Days by number from a Thursday; any of them may be off, provisional or on leave.
const days = fc.uniqueArray(fc.integer({ min: 0, max: 60 }));
const anyCase = fc.record({
  due: fc.integer({ min: 0, max: 60 }),
  from: fc.integer({ min: 0, max: 60 }),
  off: days,
  provisional: days,
  leave: days,
});
const isOneOf = (numbers: readonly number[]) => (d: Day) => numbers.some((n) => fromEpochDay(20_500 + n).equals(d));
const calendarOf = (off: readonly number[], provisional: readonly number[]): Calendar => ({
  isWorkday: (d) => !isOneOf(off)(d),
  isKnown: (d) => !isOneOf(provisional)(d),
  lastKnownYear: 2026,
});

test('a lamp never grows calmer by waiting, never turns on a day off, and gets no worse on a provisional day', () => {
  fc.assert(
    fc.property(anyCase, ({ due, from, off, provisional }) => {
      const lamp = (n: number) =>
        lampOn(fromEpochDay(20_500 + n), fromEpochDay(20_500 + due), calendarOf(off, provisional)).lamp;
      const [before, after] = [lamp(from), lamp(from + 1)];
      expect(rank(after)).toBeGreaterThanOrEqual(rank(before));
      if (off.includes(from + 1)) expect(after).toBe(before);
      if (provisional.includes(from + 1)) expect(rank(after)).toBeLessThanOrEqual(Math.max(rank(before), rank('blue')));
    }),
  );
});

test('days of leave age nothing: with them an item is never more over than without', () => {
  fc.assert(
    fc.property(anyCase, ({ due, from, off, leave }) => {
      const facts = (paused: readonly number[]) =>
        lampOn(fromEpochDay(20_500 + from), fromEpochDay(20_500 + due), calendarOf(off, []), isOneOf(paused));
      expect(facts(leave).over).toBeLessThanOrEqual(facts([]).over);
      expect(facts(leave).lamp === 'paused').toBe(leave.includes(from));
    }),
  );
});

test('an item whose owner goes on leave is due when he is back, and its lamp stands until then', () => {
  const item = { day: day('2026-11-23'), kind: 'open' } as const;
  const isAway = (on: Day) => ['2026-11-24', '2026-11-25', '2026-11-26'].includes(on.toString());
  expect(dueOf(item, calendar, isAway)).toEqual(day('2026-11-27'));
  const lamp = (on: string) => carriedLamp(item, day(on), calendar, isAway).lamp;
  expect(['2026-11-24', '2026-11-26', '2026-11-27', '2026-11-29', '2026-11-30'].map(lamp)).toEqual([
    ...['paused', 'paused', 'blue', 'blue', 'yellow'],
  ]);
});

test('an item whose owner never comes back is due as if he were there', () => {
  expect(dueOf({ day: day('2026-11-23') }, calendar, () => true)).toEqual(day('2026-11-24'));
});

test('only an open item has a colour', () => {
  const coloured = itemKinds
    .filter((kind) => kind === 'open' || kind === 'waiting' || kind === 'help')
    .filter((kind) => carriedLamp({ day: day('2026-11-23'), kind }, day('2026-11-24'), calendar).lamp !== 'paused');
  expect(coloured).toEqual(['open']);
});

const rank = (lamp: Lamp) => (lamp === 'paused' ? -1 : lamps.indexOf(lamp));
