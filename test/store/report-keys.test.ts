import { expect, test } from 'vitest';
import { keysIn } from '../../src/store/keys.ts';
import { reportKeys } from '../../src/store/report-keys.ts';

const DAY_MS = 86_400_000;
const realDay = 20_780;

test('keys are those of the unit and the day asked for, whatever was asked before', () => {
  let now = realDay * DAY_MS;
  const keys = reportKeys(keysIn('k'), () => now);
  const asked = [
    ['u1', 20_780],
    ['u2', 20_780],
    ['u1', 20_779],
    ['u1', 20_780],
    ['u1', 20_780],
  ] as const;
  for (const [unit, day] of asked) {
    expect(keys(unit, day)).toEqual(reportKeys(keysIn('k'), () => now)(unit, day));
    expect(keys(unit, day)[1]).toBe(`k:{u:${unit}}:data:${day}`);
  }
  // The real day goes on while the product's day stands.
  now += DAY_MS;
  expect(keys('u1', 20_780).slice(2, 5)).toEqual([1, 0, -1].map((n) => `k:{u:u1}:seen:${realDay + n}`));
});

test('a report of the last of a month closes in that month', () => {
  const [, , , , , , open, closed] = reportKeys(keysIn('k'), () => 0)('u1', 20_787);
  expect([open, closed]).toEqual(['k:{u:u1}:open', 'k:{u:u1}:closed:2026-11']);
});
