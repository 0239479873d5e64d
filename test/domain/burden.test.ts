import fc from 'fast-check';
import { expect, test } from 'vitest';
import { burdenOf, type Nudged, nudgeOutcome } from '../../src/domain/burden.ts';
import type { Unit } from '../../src/domain/organisation.ts';

const MINUTE = 60_000;
const unit = (id: string): Unit => ({ id, name: id, parent: null, settings: {}, chats: [] });
const nothing = { chats: new Map(), kinds: new Map(), nudged: [], units: [unit('u1')], silent: new Set<string>() };

test.each([
  ['filed twelve minutes later', 12 * MINUTE, false, { outcome: 'answered', minutes: 12 }],
  ['filed before it went out', -MINUTE, false, { outcome: 'before', minutes: 0 }],
  ['filed in the same moment', 0, false, { outcome: 'before', minutes: 0 }],
  ['filed after the day was over', 500 * MINUTE, false, { outcome: 'ignored', minutes: 0 }],
  ['on leave', null, true, { outcome: 'away', minutes: 0 }],
  ['on leave, and filed all the same', 5 * MINUTE, true, { outcome: 'answered', minutes: 5 }],
  ['nothing at all', null, false, { outcome: 'ignored', minutes: 0 }],
])('a reminder to somebody who %s', (_, after, isAway, outcome) => {
  const at = 1_000 * MINUTE;
  const filed = after === null ? null : at + after;
  expect(nudgeOutcome(at, { filed, isAway, end: at + 420 * MINUTE })).toEqual(outcome);
});

test('people and groups are counted apart, with the mean and the most', () => {
  const chats = new Map([
    ['wecom:direct:a', 3],
    ['wecom:direct:b', 5],
    ['wecom:group:g', 7],
  ]);
  const { people, groups } = burdenOf({ ...nothing, chats });
  expect(people).toEqual({ messages: 8, chats: 2, most: 5 });
  expect(groups).toEqual({ messages: 7, chats: 1, most: 7 });
});

test('the median of the minutes is that of a sorted list', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 600 }), { minLength: 1 }), (minutes) => {
      const nudged = minutes.map((each): Nudged => ({ unit: 'u1', outcome: 'answered', minutes: each }));
      const { median } = burdenOf({ ...nothing, nudged });
      const below = minutes.filter((each) => median !== null && each < median).length;
      const above = minutes.filter((each) => median !== null && each > median).length;
      expect(below).toBeLessThanOrEqual(minutes.length / 2);
      expect(above).toBeLessThanOrEqual(minutes.length / 2);
    }),
  );
  expect(burdenOf(nothing).median).toBeNull();
});

test('a unit is proposed when fewer than a fifth of at least ten reminders are answered', () => {
  const of = (answered: number, ignored: number) => {
    const each = (count: number, outcome: Nudged['outcome']) =>
      Array.from({ length: count }, (): Nudged => ({ unit: 'u1', outcome, minutes: 1 }));
    return burdenOf({ ...nothing, nudged: [...each(answered, 'answered'), ...each(ignored, 'ignored')] }).deaf.length;
  };
  expect([of(1, 9), of(2, 8), of(0, 9), of(0, 10)]).toEqual([1, 0, 0, 1]);
});
