import { expect, test } from 'vitest';
import { digestOn } from '../../src/domain/digest.ts';
import { calendar, on } from './facts.ts';

const about = (day: string, digestAt: string) => {
  const digest = digestOn(on(day), digestAt, calendar);
  if (!digest) return null;
  return digest.kind === 'day' ? `${digest.day} after ${digest.before}` : `week ${digest.week.from}`;
};

test.each([
  ['2026-11-23', '09:00', 'week 2026-11-16'],
  ['2026-11-24', '09:00', '2026-11-23 after 2026-11-20'],
  ['2026-11-25', '09:00', '2026-11-24 after 2026-11-23'],
  ['2026-11-28', '09:00', null],
  // After the National Day holiday: Thursday is the first workday of its week.
  ['2026-10-08', '09:00', 'week 2026-09-28'],
  ['2026-10-10', '09:00', '2026-10-09 after 2026-10-08'],
  // After Spring Festival, whose week had none.
  ['2026-02-24', '09:00', 'week 2026-02-09'],
  // In the evening it is about the day itself, and on the last workday about its week.
  ['2026-11-24', '18:05', '2026-11-24 after 2026-11-23'],
  ['2026-11-23', '18:05', '2026-11-23 after 2026-11-20'],
  ['2026-11-27', '18:05', 'week 2026-11-23'],
  ['2026-09-20', '18:05', 'week 2026-09-14'],
])('the digest of %s at %s is about %s', (day, at, expected) => {
  expect(about(day, at)).toBe(expected);
});

test('every workday of a year is told of once, by the day or by its week, in the morning and in the evening', () => {
  for (const at of ['09:00', '18:05']) {
    const days = Array.from({ length: 365 }, (_, n) => on('2026-01-01').add({ days: n }));
    const digests = days.flatMap((day) => digestOn(day, at, calendar) ?? []);
    const told = digests.map((digest) => (digest.kind === 'day' ? `${digest.day}` : `week ${digest.week.from}`));
    expect(new Set(told).size).toBe(told.length);
    const workdays = days.filter(calendar.isWorkday);
    expect(digests.length).toBe(workdays.length);
  }
});
