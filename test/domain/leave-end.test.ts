import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { calendarFrom, compareDays, daysOf } from '../../src/domain/calendar.ts';
import { endLeave } from '../../src/domain/leave-end.ts';
import type { LeaveRequest } from '../../src/domain/leave-request.ts';
import { isTaken, type Leave, withLeave } from '../../src/domain/leaving.ts';

const today = Temporal.PlainDate.from('2026-11-23');
const rules = { today, calendar: calendarFrom(), reach: 3, cause: 'm1' };
const dayOf = (n: number) => today.add({ days: n });
const span = (from: number, to = from): Leave => ({ from: dayOf(from), to: dayOf(to), part: null, reason: '' });
const daysIn = (leave: readonly Leave[]) =>
  [...new Set(leave.flatMap(({ from, to }) => daysOf(from, to).map((day) => today.until(day).days)))].sort(
    (a, b) => a - b,
  );

const act = fc.oneof(
  fc.record({ kind: fc.constant('take' as const), from: fc.nat(20), days: fc.nat(5) }),
  fc.record({ kind: fc.constant('back' as const), from: fc.nat(20), days: fc.constant(0) }),
  fc.record({ kind: fc.constant('drop' as const), from: fc.nat(20), days: fc.integer({ min: 1, max: 5 }) }),
);

test('whatever is taken and ended in whatever order, the days on leave are those of a plain set', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      let leave: readonly Leave[] = [];
      const plain = new Set<number>();
      for (const { kind, from, days } of acts) {
        if (kind === 'take') {
          leave = withLeave(leave, span(from, from + days));
          for (let n = from; n <= from + days; n += 1) plain.add(n);
          continue;
        }
        const ended = endLeave({ leave, requests: [] }, span(from, from + days), rules);
        if ('refused' in ended) {
          for (let n = from; n <= from + days; n += 1) expect(plain.has(n)).toBe(false);
          continue;
        }
        leave = ended.leave;
        // One day named: from then on as long as the leave goes on. Several: exactly these.
        for (let n = from; kind === 'back' ? plain.has(n) : n <= from + days; n += 1) plain.delete(n);
      }
      expect(daysIn(leave)).toEqual([...plain].sort((a, b) => a - b));
      for (let n = 0; n < 30; n += 1) expect(isTaken(span(n), leave)).toBe(plain.has(n));
    }),
    { numRuns: 1_000 },
  );
});

test('without a day the leave of today ends today, else the only one ahead', () => {
  const ended = (...leave: Leave[]) => {
    const outcome = endLeave({ leave, requests: [] }, null, rules);
    return 'refused' in outcome ? outcome.refused : daysIn(outcome.leave);
  };
  expect(ended(span(-2, 3))).toEqual([-2, -1]);
  expect(ended(span(-2, 3), span(7, 8))).toEqual([-2, -1, 7, 8]);
  expect(ended(span(7, 8))).toEqual([]);
  expect(ended(span(2), span(7, 8))).toBe('several');
  expect(ended(span(-5, -3))).toBe('none');
  expect(ended()).toBe('none');
});

test('a day whose report can no longer be filed stays on leave', () => {
  const leave = [span(-10, 3)];
  expect(endLeave({ leave, requests: [] }, span(-6), rules)).toMatchObject({ refused: 'too-early' });
  const ended = endLeave({ leave, requests: [] }, span(-5), rules);
  expect('refused' in ended ? ended : compareDays(ended.from, dayOf(-5))).toBe(0);
});

test('a request that waits is withdrawn as a whole; a settled one stays', () => {
  const request = (number: number, state: LeaveRequest['state']): LeaveRequest => ({
    ...span(2, 5),
    number,
    state,
    why: '',
    settledBy: '',
  });
  const outcome = endLeave({ leave: [], requests: [request(1, 'declined'), request(2, 'asked')] }, span(4), rules);
  expect(outcome).toMatchObject({
    withdrawn: 1,
    requests: [
      { number: 1, state: 'declined' },
      { number: 2, state: 'withdrawn', settledBy: 'm1' },
    ],
  });
});
