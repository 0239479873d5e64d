import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { calendarFrom } from '../../src/domain/calendar.ts';
import {
  LATE_AFTER_MS,
  minuteFrom,
  minuteOf,
  momentOf,
  openMoment,
  slotId,
  type TimedSlot,
  verdictOn,
} from '../../src/domain/slot.ts';

const minute = (iso: string) => Temporal.PlainDateTime.from(iso);

test('a slot is named by its job, its minute and its unit', () => {
  expect(slotId({ job: 'nudge', unit: 'u3', at: minute('2026-11-23T17:00') })).toBe('nudge/2026-11-23T17:00/u3');
});

test('minutes are counted from 1970 by the local clock', () => {
  expect(minuteOf(minute('1970-01-02T00:01'))).toBe(1_441);
  expect(minuteOf(minute('2026-11-23T17:00'))).toBe(Date.UTC(2026, 10, 23, 17) / 60_000);
});

test.each([
  ['2026-11-23T17:00', 'Asia/Shanghai', '2026-11-23T09:00:00Z', 'an ordinary minute'],
  ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:00:00Z', 'jumped over: 03:00, the first valid minute'],
  ['2026-03-08T02:00', 'America/New_York', '2026-03-08T07:00:00Z', 'the first minute that was jumped over'],
  ['2026-03-08T03:00', 'America/New_York', '2026-03-08T07:00:00Z', 'the minute after the gap itself'],
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00Z', 'comes twice: the first time'],
  ['2026-09-27T02:50', 'Pacific/Chatham', '2026-09-26T14:00:00Z', 'a gap that begins at 02:45'],
])('%s in %s is %s: %s', (local, zone, moment) => {
  expect(momentOf(minute(local), zone).toString()).toBe(moment);
});

test('whatever the zone of the organisation, local times come about in their order', () => {
  const zones = fc.constantFrom(
    'Asia/Shanghai',
    'America/New_York',
    'Pacific/Chatham',
    'Europe/Dublin',
    'America/Santiago',
  );
  const start = minute('2026-01-01T00:00');
  fc.assert(
    fc.property(zones, fc.nat(525_600), fc.nat(300), (zone, n, later) => {
      const [a, b] = [start.add({ minutes: n }), start.add({ minutes: n + later })];
      expect(momentOf(a, zone).epochMilliseconds).toBeLessThanOrEqual(momentOf(b, zone).epochMilliseconds);
    }),
  );
});

const calendar = calendarFrom();
const quiet = { settings: { quietFrom: '18:30', quietTo: '08:30' } };
const at = (iso: string) => Temporal.Instant.from(iso);

test('a moment in open hours stays what it is, to the second', () => {
  const now = at('2026-11-23T09:00:17Z');
  expect(openMoment(now, 'Asia/Shanghai', quiet, calendar)).toBe(now);
});

test('in the evening before a weekend the next open moment is on Monday', () => {
  expect(openMoment(at('2026-11-20T11:00:00Z'), 'Asia/Shanghai', quiet, calendar)).toEqual(at('2026-11-23T00:30:00Z'));
});

test('the second pass of an hour that comes twice is not sent back to the first', () => {
  const everyDay = { ...calendar, isWorkday: () => true };
  const second = at('2026-11-01T06:30:00Z'); // 01:30 in New York, for the second time
  expect(openMoment(second, 'America/New_York', { settings: { quietFrom: '03:00', quietTo: '03:00' } }, everyDay)).toBe(
    second,
  );
});

const NOW = Date.UTC(2026, 10, 23, 12);
const slotAt = (minutesAgo: number, over: Partial<TimedSlot> = {}): TimedSlot => ({
  job: 'nudge',
  unit: 'u1',
  at: minute('2026-11-23T12:00').subtract({ seconds: Math.round(minutesAgo * 60) }),
  moment: NOW - minutesAgo * 60_000,
  ...over,
});
const verdicts = (...due: TimedSlot[]) => due.map(verdictOn(due, NOW, () => 60));

test.each([
  [0, 'run', 'this very minute'],
  [1.99, 'run', 'taken over from a copy that died with it'],
  [2, 'late', 'missed'],
  [60, 'late', 'missed by just the catch-up window'],
  [60.1, 'skip', 'missed by more'],
])('a slot of %s minutes ago: %s, %s', (ago, verdict) => {
  expect(verdicts(slotAt(ago))).toEqual([verdict]);
});

test('of several missed ones, the newest of a job and unit alone is caught up', () => {
  expect(verdicts(slotAt(50), slotAt(40), slotAt(30))).toEqual(['skip', 'skip', 'late']);
  expect(verdicts(slotAt(50), slotAt(40, { unit: 'u2' }), slotAt(30, { job: 'digest' }))).toEqual([
    'late',
    'late',
    'late',
  ]);
});

test('where each is for other people, each is caught up, inside the window', () => {
  const due = [slotAt(70), slotAt(50), slotAt(30), slotAt(0)];
  const each = verdictOn(
    due,
    NOW,
    () => 60,
    (job) => job === 'nudge',
  );
  expect(due.map(each)).toEqual(['skip', 'late', 'late', 'run']);
});

test('a missed one is not caught up beside one that is on time', () => {
  expect(verdicts(slotAt(30), slotAt(0))).toEqual(['skip', 'run']);
});

test('slots that are on time all run, however close they are', () => {
  expect(verdicts(slotAt(1), slotAt(0))).toEqual(['run', 'run']);
});

test('never more than one catch-up for a job and unit, and none outside the window', () => {
  const some = fc.array(
    fc.record({
      ago: fc.integer({ min: 0, max: 200 }),
      unit: fc.constantFrom('u1', 'u2'),
      job: fc.constantFrom('a', 'b'),
    }),
  );
  fc.assert(
    fc.property(some, (cases) => {
      const due = cases.map(({ ago, unit, job }) => slotAt(ago, { unit, job }));
      const late = due.filter((_, i) => verdicts(...due)[i] === 'late');
      const kinds = new Set(late.map(({ job, unit, moment }) => `${job}/${unit}/${moment}`));
      expect(new Set(late.map(({ job, unit }) => `${job}/${unit}`)).size).toBe(kinds.size);
      for (const { moment } of late) expect(NOW - moment).toBeLessThanOrEqual(60 * 60_000);
      for (const { moment } of late) expect(NOW - moment).toBeGreaterThanOrEqual(LATE_AFTER_MS);
    }),
  );
});

test('a counted minute is read back as the same local time', () => {
  for (const local of ['2026-11-23T00:00:00', '2026-11-23T17:05:00', '1969-12-31T23:59:00']) {
    expect(minuteFrom(minuteOf(Temporal.PlainDateTime.from(local))).toString()).toBe(local);
  }
});
