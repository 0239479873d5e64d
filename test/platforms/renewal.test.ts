import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { untilNight } from '../../src/platforms/renewal.ts';

const at = (now: string, random: number) => {
  const from = Temporal.ZonedDateTime.from(`2026-11-23T${now}+08:00[Asia/Shanghai]`);
  return from
    .add({ milliseconds: untilNight(from, random) })
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
};

test.each([
  ['09:00', 0, '2026-11-24T03:00'],
  ['09:00', 0.5, '2026-11-24T04:00'],
  ['22:59', 0, '2026-11-24T03:00'],
  // Made anew tonight already, or too young to be.
  ['03:30', 0, '2026-11-24T03:00'],
  ['01:00', 0.999, '2026-11-24T04:59'],
  ['23:30', 0, '2026-11-25T03:00'],
])('a connection that came up at %s is made anew in the night (%s): %s', (now, random, then) => {
  expect(at(now, random)).toBe(then);
});
