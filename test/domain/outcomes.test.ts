import { expect, test } from 'vitest';
import { openNow, outcomesOf } from '../../src/domain/outcomes.ts';
import { afterwards, away, calendar, closedOn, filed, on, someone, unfinished, week } from './facts.ts';

const day = { from: on(18), to: on(18) };

test('a day has what was reported as done, and what was closed on it', () => {
  const members = [
    someone([filed(17, 'dd'), filed(18, 'ddox-p')], {
      closed: [closedOn(unfinished(16), 18)],
      open: [unfinished(18, 2)],
    }),
    someone([filed(18, 'wh')], { closed: [closedOn(unfinished(16), 17)] }),
  ];
  expect(outcomesOf(members, day, afterwards)).toMatchObject({
    done: 3,
    unfinished: 1,
    figures: { expected: 2, onTime: 2 },
  });
  expect(outcomesOf(members, week, afterwards)).toMatchObject({
    done: 6,
    figures: { expected: 10, onTime: 3 },
  });
});

test('what stands open is told by lamp; what waits, or belongs to somebody on leave, is no one’s fault', () => {
  const members = [
    someone([], { open: [unfinished(16), unfinished(19), unfinished(20), unfinished(17, 0, 'waiting')] }),
    someone([], { open: [unfinished(16)], leave: [away(24)] }),
    someone([], { open: [unfinished(19, 0, 'help'), unfinished(18, 1, 'help')] }),
  ];
  const open = openNow(members, on(24), calendar);
  // The 16th was due on the 17th: five workdays over. The 19th was due on the 20th: two. The 20th on the 23rd: one.
  expect(open).toMatchObject({ red: 1, yellow: 2, waiting: 1, oldest: 6 });
  expect(openNow([], on(24), calendar)).toEqual({ silent: 0, waiting: 0, yellow: 0, red: 0, oldest: 0 });
});
