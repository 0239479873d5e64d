import { expect, test } from 'vitest';
import { comingFrom, earlier } from '../../src/scheduler/coming.ts';
import { slot } from '../engine.ts';
import { at, zone } from '../values.ts';

test('slots of one job and minute are one event, in the order in which they come', () => {
  const slots = [
    slot('2026-11-23 09:00', { job: 'digest' }),
    slot('2026-11-23 17:00'),
    slot('2026-11-23 17:00', { unit: 'u2' }),
    slot('2026-11-24 17:00'),
  ];
  expect(comingFrom(slots, zone)).toEqual([
    { at: at('2026-11-23 09:00'), job: 'digest', units: ['u1'] },
    { at: at('2026-11-23 17:00'), job: 'nudge', units: ['u1', 'u2'] },
    { at: at('2026-11-24 17:00'), job: 'nudge', units: ['u1'] },
  ]);
});

test('of two moments the earlier one, of one that never comes the other', () => {
  const [first, second] = [at('2026-11-23 09:00'), at('2026-11-23 09:01')];
  expect(earlier(second, first)).toBe(first);
  expect(earlier(first, second)).toBe(first);
  expect([earlier(null, first), earlier(first, null), earlier(null, null)]).toEqual([first, first, null]);
});
