import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { calendarFrom } from '../../src/domain/calendar.ts';
import { openMinute } from '../../src/domain/quiet.ts';
import { defaults } from '../../src/domain/settings.ts';

const calendar = calendarFrom();
const at = (text: string) => Temporal.PlainDateTime.from(text);
const opens = (text: string, settings: { quietFrom: string; quietTo: string } = defaults) =>
  openMinute(at(text), settings, calendar).toString({ smallestUnit: 'minute' });

describe('quiet from 18:30 to 08:30', () => {
  test.each([
    ['2026-11-25T09:00', '2026-11-25T09:00', 'a workday’s morning is open'],
    ['2026-11-25T18:29', '2026-11-25T18:29', 'its last open minute'],
    ['2026-11-25T18:30', '2026-11-26T08:30', 'the evening waits for the morning'],
    ['2026-11-25T23:59', '2026-11-26T08:30', 'so does the night'],
    ['2026-11-26T00:00', '2026-11-26T08:30', 'after midnight it is the same morning'],
    ['2026-11-26T08:29', '2026-11-26T08:30', 'the last quiet minute'],
    ['2026-11-27T20:00', '2026-11-30T08:30', 'Friday’s evening waits for Monday'],
    ['2026-11-28T11:00', '2026-11-30T08:30', 'so does Saturday noon'],
    ['2026-09-20T11:00', '2026-09-20T11:00', 'a Sunday that is worked is open'],
    ['2026-09-30T19:00', '2026-10-08T08:30', 'the holiday is over before the bot speaks again'],
  ])('%s opens at %s: %s', (asked, answer) => {
    expect(opens(asked)).toBe(answer);
  });
});

test('quiet hours inside one day leave its morning and its evening open', () => {
  const noon = { quietFrom: '12:00', quietTo: '14:00' };
  expect(opens('2026-11-25T00:00', noon)).toBe('2026-11-25T00:00');
  expect(opens('2026-11-25T12:00', noon)).toBe('2026-11-25T14:00');
  expect(opens('2026-11-25T23:00', noon)).toBe('2026-11-25T23:00');
  expect(opens('2026-11-28T13:00', noon)).toBe('2026-11-30T00:00');
});

test('quiet hours that begin or end at midnight', () => {
  expect(opens('2026-11-25T19:00', { quietFrom: '18:30', quietTo: '00:00' })).toBe('2026-11-26T00:00');
  expect(opens('2026-11-25T07:00', { quietFrom: '00:00', quietTo: '08:00' })).toBe('2026-11-25T08:00');
  expect(opens('2026-11-25T23:30', { quietFrom: '00:00', quietTo: '08:00' })).toBe('2026-11-25T23:30');
});

test('equal hours mean that only days off are quiet', () => {
  expect(opens('2026-11-25T03:00', { quietFrom: '08:00', quietTo: '08:00' })).toBe('2026-11-25T03:00');
  expect(opens('2026-11-28T03:00', { quietFrom: '08:00', quietTo: '08:00' })).toBe('2026-11-30T00:00');
});

const hour = fc
  .integer({ min: 0, max: 47 })
  .map((half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`);
const settings = fc.record({ quietFrom: hour, quietTo: hour });
const minute = fc.integer({ min: 0, max: 400 * 1440 }).map((n) => at('2026-01-01T00:00').add({ minutes: n }));
const { compare } = Temporal.PlainDateTime;

test('an open minute is never before the one asked for, is a workday’s, and is itself open', () => {
  fc.assert(
    fc.property(minute, settings, (asked, hours) => {
      const opened = openMinute(asked, hours, calendar);
      expect(compare(opened, asked)).toBeGreaterThanOrEqual(0);
      expect(calendar.isWorkday(opened.toPlainDate())).toBe(true);
      expect(openMinute(opened, hours, calendar)).toEqual(opened);
    }),
  );
});

test('who comes earlier opens no later', () => {
  fc.assert(
    fc.property(minute, minute, settings, (a, b, hours) => {
      const order = compare(a, b);
      const opened = compare(openMinute(a, hours, calendar), openMinute(b, hours, calendar));
      expect(opened * order).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('no open minute between the one asked for and the answer was passed over', () => {
  fc.assert(
    fc.property(minute, settings, fc.double({ min: 0, max: 1, noNaN: true }), (asked, hours, share) => {
      const opened = openMinute(asked, hours, calendar);
      const between = asked.add({
        minutes: Math.floor(asked.until(opened, { largestUnit: 'minutes' }).minutes * share),
      });
      if (compare(between, opened) < 0) expect(openMinute(between, hours, calendar)).toEqual(opened);
    }),
  );
});
