import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cadence } from '../../src/domain/cadence.ts';
import { figuresOf } from '../../src/domain/figures.ts';
import type { MemberFacts } from '../../src/domain/owing.ts';
import { noFigures, perMille, ratesOf } from '../../src/domain/score.ts';
import { afterwards, away, calendar, closedOn, filed, on, reckoning, someone, unfinished, week } from './facts.ts';

const figures = (member: MemberFacts, time = afterwards, span = week) => figuresOf(member, span, time);
const fiveDays = [16, 17, 18, 19, 20];

test('a full week: five expected, filed on time, every item done', () => {
  const member = someone(fiveDays.map((day) => filed(day, 'dd')));
  expect(figures(member)).toEqual({ ...noFigures, expected: 5, onTime: 5, named: 10, cleared: 10 });
});

test('今日无 on every day is a full week too, without items', () => {
  expect(figures(someone(fiveDays.map((day) => filed(day))))).toEqual({ ...noFigures, expected: 5, onTime: 5 });
});

test('late, missing, leave and the day of joining are told apart', () => {
  // Joined on Monday; Tuesday on time, Wednesday late, Thursday on leave, Friday missing.
  const member = someone([filed(16), filed(17), filed(18, 'd', false)], { since: on(16), leave: [away(19)] });
  expect(figures(member)).toMatchObject({ expected: 3, onTime: 1, late: 1, leave: 1, joining: 1, pending: 0 });
});

test('plans, repeats, closings, waiting items and calls for help are in neither number', () => {
  expect(figures(someone([filed(16, 'dp-xwhd')]))).toMatchObject({ named: 2, cleared: 2, waiting: 2 });
});

test.each<[string, number, number | null, { cleared: number; inTime: number }]>([
  ['closed on its own day', 17, 17, { cleared: 1, inTime: 0 }],
  ['closed on the next workday', 17, 18, { cleared: 1, inTime: 0 }],
  ['closed two workdays later', 17, 19, { cleared: 0, inTime: 0 }],
  ['closed on the Saturday after a Friday', 20, 21, { cleared: 1, inTime: 0 }],
  ['closed on the Monday after a Friday', 20, 23, { cleared: 1, inTime: 0 }],
  ['closed on the Tuesday after a Friday', 20, 24, { cleared: 0, inTime: 0 }],
  ['still open long after', 17, null, { cleared: 0, inTime: 0 }],
])('an unfinished item %s', (_title, day, closed, expected) => {
  const item = unfinished(day);
  const over = closed === null ? { open: [item] } : { closed: [closedOn(item, closed)] };
  expect(figures(someone([filed(day, 'o')], over))).toMatchObject({ named: 1, carried: 0, ...expected });
});

test('an item of the last day counts as named at once, and is within its time until the next workday is over', () => {
  const member = someone([filed(20, 'o')], { open: [unfinished(20)] });
  expect(figures(member, reckoning('2026-11-23T18:00'))).toMatchObject({ named: 1, cleared: 0, inTime: 1 });
  expect(figures(member, reckoning('2026-11-24T00:00'))).toMatchObject({ named: 1, cleared: 0, inTime: 0 });
});

test('an item carried into the week counts in it until it is done', () => {
  const item = unfinished(13);
  expect(figures(someone([], { open: [item] }))).toMatchObject({ named: 1, carried: 1, cleared: 0 });
  expect(figures(someone([], { closed: [closedOn(item, 18)] }))).toMatchObject({ named: 1, carried: 1, cleared: 0 });
  // Named on Friday the 13th, its next workday is this Monday.
  expect(figures(someone([], { closed: [closedOn(item, 16)] }))).toMatchObject({ named: 1, carried: 1, cleared: 1 });
  expect(figures(someone([], { closed: [closedOn(item, 14)] }))).toMatchObject({ named: 0, carried: 0 });
  // Closed after the week: it was open all through it.
  expect(figures(someone([], { closed: [closedOn(item, 23)] }))).toMatchObject({ named: 1, carried: 1, cleared: 0 });
});

test('what waits on somebody else stays out when it is carried, and when it is closed', () => {
  const item = unfinished(13, 0, 'waiting');
  expect(figures(someone([], { open: [item, unfinished(12, 0, 'help')] }))).toMatchObject({ named: 0, carried: 0 });
  expect(figures(someone([], { closed: [closedOn(item, 18)] }))).toMatchObject({ named: 0, carried: 0 });
});

test('items named after the week are not its own', () => {
  const member = someone([filed(20, 'd'), filed(23, 'dd')], { open: [unfinished(23)] });
  expect(figures(member)).toMatchObject({ named: 1, cleared: 1 });
});

test('what was done on a day off counts as done, and its report as nothing', () => {
  expect(figures(someone([filed(21, 'd')]))).toMatchObject({ expected: 5, onTime: 0, named: 1, cleared: 1 });
});

test('the running day counts once it is filed, or over', () => {
  const three = fiveDays.slice(0, 3).map((day) => filed(day));
  const thursday = (time: string) => reckoning(`2026-11-19T${time}`);
  expect(figures(someone(three), thursday('10:00'))).toMatchObject({ expected: 3, onTime: 3, pending: 1 });
  expect(figures(someone([...three, filed(19)]), thursday('10:00'))).toMatchObject({
    expected: 4,
    onTime: 4,
    pending: 0,
  });
  expect(figures(someone(three), thursday('20:01'))).toMatchObject({ expected: 4, onTime: 3, pending: 0 });
});

test('a unit that reports weekly owes one report a week, one that is off none; items count all the same', () => {
  const member = someone([filed(16, 'do')], { weeks: new Map([['2026-11-16', true]]), open: [unfinished(16, 1)] });
  const under = (cadence: Cadence) => reckoning('2026-11-24T09:00', { cadenceOn: () => cadence });
  expect(figuresOf(member, week, under('weekly'))).toMatchObject({ expected: 1, onTime: 1, named: 2, cleared: 1 });
  expect(figuresOf(member, week, under('off'))).toMatchObject({ expected: 0, onTime: 0, named: 2 });
  const fortnight = { from: on(9), to: on(22) };
  expect(figuresOf(member, fortnight, under('weekly'))).toMatchObject({ expected: 2, onTime: 1 });
});

test('the week of 28 September 2026 has three workdays, the next one three with a Saturday', () => {
  const october = reckoning('2026-10-12T09:00');
  const weekFrom = (from: string, to: string) => figures(someone(), october, { from: on(from), to: on(to) });
  expect(weekFrom('2026-09-28', '2026-10-04').expected).toBe(3);
  expect(weekFrom('2026-10-05', '2026-10-11').expected).toBe(3);
  expect(weekFrom('2026-09-14', '2026-09-20').expected).toBe(6);
  expect(weekFrom('2026-02-16', '2026-02-22').expected).toBe(0);
});

/* What anybody could do with pencil and paper: November 2026 has only plain weeks, so workdays are Monday to Friday. */

type Plan = {
  readonly since: number;
  readonly now: { readonly date: number; readonly hour: number };
  readonly leave: readonly { readonly from: number; readonly to: number }[];
  /** date → letters, and whether on time */
  readonly reports: readonly { readonly date: number; readonly letters: string; readonly onTime: boolean }[];
  /** By position among all unfinished items: closed so many days after its own, or never. */
  readonly closedAfter: readonly (number | null)[];
};

const date = fc.integer({ min: 2, max: 29 });
const anyPlan: fc.Arbitrary<Plan> = fc.record({
  since: fc.integer({ min: 1, max: 20 }),
  now: fc.record({ date: fc.integer({ min: 16, max: 30 }), hour: fc.nat(23) }),
  leave: fc.array(
    fc.tuple(date, fc.nat(3)).map(([from, days]) => ({ from, to: Math.min(from + days, 29) })),
    { maxLength: 2 },
  ),
  reports: fc.uniqueArray(
    fc.record({
      date,
      letters: fc.string({ unit: fc.constantFrom(...'doowphx-'), maxLength: 5 }),
      onTime: fc.boolean(),
    }),
    { selector: (report) => report.date, maxLength: 20 },
  ),
  closedAfter: fc.array(fc.option(fc.nat(8)), { minLength: 100, maxLength: 100 }),
});

const unfinishedIn = ({ reports, closedAfter, now }: Plan) =>
  reports
    .filter((report) => report.date <= now.date)
    .flatMap((report) => [...report.letters].map((letter, index) => ({ ...report, letter, index })))
    .filter(({ letter }) => 'owh'.includes(letter))
    .map((item, i) => {
      const after = closedAfter[i] ?? null;
      const closed = after === null || item.date + after > Math.min(now.date, 29) ? null : item.date + after;
      return { ...item, closed };
    });

const kinds = { o: 'open', w: 'waiting', h: 'help' } as const;
const memberOf = (plan: Plan): MemberFacts => {
  const items = unfinishedIn(plan).map(({ letter, closed, ...item }) => {
    const kind = kinds[letter as keyof typeof kinds];
    return { item: unfinished(item.date, item.index, kind), closed };
  });
  return someone(
    plan.reports.filter((r) => r.date <= plan.now.date).map((r) => filed(r.date, r.letters, r.onTime)),
    {
      since: on(plan.since),
      leave: plan.leave.map(({ from, to }) => away(from, to)),
      open: items.flatMap(({ item, closed }) => (closed === null ? [item] : [])),
      // The store gives what was closed since the period began.
      closed: items.flatMap(({ item, closed }) => (closed !== null && closed >= 16 ? [closedOn(item, closed)] : [])),
    },
  );
};
const timeOf = ({ now }: Plan) => reckoning(`2026-11-${now.date}T${`${now.hour}`.padStart(2, '0')}:30`);

const isWeekday = (n: number) => ![0, 6].includes(new Date(Date.UTC(2026, 10, n)).getUTCDay());
const nextWeekday = (n: number): number => (isWeekday(n + 1) ? n + 1 : nextWeekday(n + 1));

const byHand = (plan: Plan) => {
  const { since, now, leave, reports } = plan;
  const count = { expected: 0, onTime: 0, late: 0, leave: 0, pending: 0, named: 0, cleared: 0, carried: 0, waiting: 0 };
  for (let n = 16; n <= 22; n += 1) {
    if (n > now.date) continue;
    const report = reports.find((one) => one.date === n);
    for (const letter of report?.letters ?? '') {
      if (letter === 'd') count.cleared += 1;
      if (letter === 'd' || letter === 'o') count.named += 1;
      if (letter === 'w' || letter === 'h') count.waiting += 1;
    }
    if (!isWeekday(n) || n <= since) continue;
    const isAway = leave.some(({ from, to }) => from <= n && n <= to);
    if (report?.onTime) {
      count.expected += 1;
      count.onTime += 1;
    } else if (isAway) count.leave += 1;
    else if (report) {
      count.expected += 1;
      count.late += 1;
    } else if (n === now.date && now.hour < 20) count.pending += 1;
    else count.expected += 1;
  }
  const isAway = (n: number) => leave.some(({ from, to }) => from <= n && n <= to);
  const nextDayThere = (n: number): number => (isAway(nextWeekday(n)) ? nextDayThere(nextWeekday(n)) : nextWeekday(n));
  for (const item of unfinishedIn(plan)) {
    if (item.letter !== 'o' || item.date > 22) continue;
    const isCarried = item.date < 16 && (item.closed === null || item.closed >= 16);
    if (isCarried) {
      count.named += 1;
      count.carried += 1;
    }
    const counts = isCarried || item.date >= 16;
    if (counts && item.closed !== null && item.closed <= nextDayThere(item.date)) count.cleared += 1;
  }
  return count;
};

test('the figures of any week are those that pencil and paper give', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      expect(figures(memberOf(plan), timeOf(plan))).toMatchObject(byHand(plan));
    }),
    { numRuns: 2_000 },
  );
});

const ratesFor = (plan: Plan) => ratesOf(figures(memberOf(plan), timeOf(plan)));

test('leave never lowers a rate', () => {
  fc.assert(
    fc.property(anyPlan, date, fc.nat(7), (plan, from, days) => {
      const [before, after] = [plan, { ...plan, leave: [...plan.leave, { from, to: Math.min(from + days, 29) }] }].map(
        ratesFor,
      );
      // The clock of an item stands while its owner is away.
      expect(after?.cleared?.whole).toBe(before?.cleared?.whole);
      expect(after?.cleared?.part ?? 0).toBeGreaterThanOrEqual(before?.cleared?.part ?? 0);
      if (before?.onTimeReport && after?.onTimeReport) {
        expect(perMille(after.onTimeReport)).toBeGreaterThanOrEqual(perMille(before.onTimeReport));
      } else {
        // The rate may go away altogether, when nothing was filed on time in what is left.
        expect(before?.onTimeReport?.part ?? 0).toBe(0);
      }
    }),
  );
});

test('a report in more messages, with more plans and repeats, changes no figure', () => {
  fc.assert(
    fc.property(anyPlan, fc.nat(3), (plan, more) => {
      const longer = plan.reports.map((report) => ({ ...report, letters: `${report.letters}${'p-x'.repeat(more)}` }));
      expect(figures(memberOf({ ...plan, reports: longer }), timeOf(plan))).toEqual(
        figures(memberOf(plan), timeOf(plan)),
      );

      const whole = memberOf(plan);
      const split = new Map(
        [...whole.days].map(([day, record]) => [
          day,
          { ...record, entries: [...record.entries, { entry: 900, letters: '' }, { entry: 901, letters: '--' }] },
        ]),
      );
      expect(figures({ ...whole, days: split }, timeOf(plan))).toEqual(figures(whole, timeOf(plan)));
    }),
  );
});

test('two halves of a week add up to the week, except what the second carries in from the first', () => {
  fc.assert(
    fc.property(anyPlan, fc.integer({ min: 16, max: 21 }), (plan, cut) => {
      const [member, time] = [memberOf(plan), timeOf(plan)];
      const first = figures(member, time, { from: on(16), to: on(cut) });
      const second = figures(member, time, { from: on(cut + 1), to: on(22) });
      const whole = figures(member, time);
      for (const name of ['expected', 'onTime', 'late', 'leave', 'pending', 'joining', 'waiting'] as const) {
        expect(first[name] + second[name]).toBe(whole[name]);
      }
      expect(first.named - first.carried + second.named - second.carried).toBe(whole.named - whole.carried);
    }),
  );
});

test('days that nobody could know leave a rate as it is', () => {
  const march = { from: on('2031-03-03'), to: on('2031-03-09') };
  const time = reckoning('2031-03-10T09:00');
  expect(calendar.isKnown(march.from)).toBe(false);
  expect(figures(someone(), time, march)).toMatchObject({ expected: 0, provisional: 5 });
});
