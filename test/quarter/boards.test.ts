import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { boardOf, boardRule } from '../../src/domain/board.ts';
import { epochDay } from '../../src/domain/calendar.ts';
import { figuresOf } from '../../src/domain/figures.ts';
import type { MemberFacts, Reckoning } from '../../src/domain/owing.ts';
import { monthPeriodOf, type Period, periodBefore, quarterPeriodOf, weekPeriodOf } from '../../src/domain/period.ts';
import type { ClosedItem, Item, OpenItem } from '../../src/domain/report.ts';
import { sumOf, type UnitFigures } from '../../src/domain/score.ts';
import { readBoard } from '../../src/wording/read-board.ts';
import { calendar } from '../house.ts';
import { county, person } from '../town.ts';
import { at, day, zone } from '../values.ts';
import { type Doing, isoOf, isWorked, LAST_DAY, numberOf, placesOf } from './oracle.ts';

/** What people are like: some never miss, which makes ties; some are seldom there. */
const habits = [
  { files: 100, late: 0, open: 0, clears: 100 },
  { files: 100, late: 10, open: 20, clears: 60 },
  { files: 80, late: 20, open: 40, clears: 40 },
  { files: 30, late: 50, open: 60, clears: 10 },
  { files: 0, late: 0, open: 0, clears: 0 },
];

/** A person's half-year, drawn from dice: `first` and `last` bound the days on which something happens. */
const doingFrom = (
  roll: (most: number) => number,
  { first, last, joined }: { readonly first: number; readonly last: number; readonly joined: number },
): Doing => {
  const habit = habits[roll(habits.length)] ?? { files: 0, late: 0, open: 0, clears: 0 };
  const reports = new Map<number, { late: boolean; items: string }>();
  const clears: number[] = [];
  for (let n = first; n <= last; n += 1) {
    // Now and then somebody reports on a day off.
    if (!isWorked(n) && roll(20) > 0) continue;
    if (roll(100) < habit.clears) clears.push(n);
    if (roll(100) >= habit.files) continue;
    const items = Array.from({ length: roll(3) }, () => (roll(100) < habit.open ? 'o' : 'd')).join('');
    reports.set(n, { late: roll(100) < habit.late, items });
  }
  const leave = Array.from({ length: roll(3) }, (): readonly [number, number] => {
    const from = first + roll(last - first);
    return [from, from + roll(9)];
  });
  return { joined, leave, reports, clears };
};

const dice = (seed: number) => {
  let state = seed;
  return (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
};

const factsFrom = ({ joined, leave, reports, clears }: Doing): MemberFacts => {
  const items = [...reports].flatMap(([n, { items: letters }]) =>
    [...letters].flatMap((letter, index): (OpenItem & { closed: number | undefined })[] => {
      if (letter !== 'o') return [];
      const closed = clears.toSorted((a, b) => a - b).find((one) => one > n);
      return [{ number: 1, entry: n, index, day: day(isoOf(n)), kind: 'open', text: '台账', closed }];
    }),
  );
  return {
    since: day(isoOf(joined)),
    leave: leave.map(([from, to]) => ({ from: day(isoOf(from)), to: day(isoOf(to)), part: null })),
    duty: new Set(),
    days: new Map(
      [...reports].map(([n, { late, items: letters }]) => [
        isoOf(n),
        { at: 0, onTime: !late, entries: [{ entry: n, letters }] },
      ]),
    ),
    open: items.filter(({ closed }) => closed === undefined),
    closed: items.flatMap(({ closed, ...item }): ClosedItem[] =>
      closed === undefined ? [] : [{ ...item, closedOn: day(isoOf(closed)), closedBy: 9999 }],
    ),
    weeks: new Map(),
  };
};

const reckoning: Reckoning = {
  calendar,
  cadenceOn: () => 'daily',
  deadline: '20:00',
  now: Temporal.PlainDateTime.from('2026-12-31T23:00'),
};
const toDays = ({ from, to }: Period) => [numberOf(from.toString()), numberOf(to.toString())] as const;

test('scores, places and changes of any half-year are those of a calculation that shares no line with ours', () => {
  const seen = { ties: 0, unranked: 0, ranked: 0, changes: 0 };
  fc.assert(
    fc.property(
      fc.nat(2 ** 31),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 6 }),
      (seed, units, most) => {
        const roll = dice(seed);
        const story = Array.from({ length: units }, () =>
          Array.from({ length: roll(most + 1) }, () =>
            doingFrom(roll, { first: 0, last: LAST_DAY, joined: roll(3) > 0 ? -1 : roll(LAST_DAY) }),
          ),
        );
        const facts = story.map((people) => people.map(factsFrom));
        const figures = (span: Period): UnitFigures[] =>
          facts.map((people, i) => ({
            ...{ unit: `u${i + 1}`, name: '', members: people.length },
            ...sumOf(people.map((one) => figuresOf(one, span, reckoning))),
          }));
        const any = day(isoOf(100 + roll(LAST_DAY - 100)));
        for (const period of [weekPeriodOf(any), monthPeriodOf(any), quarterPeriodOf(any)]) {
          // The last week of December goes on into a year that is not this story's.
          if (epochDay(period.to) > epochDay(day('2026-12-31'))) continue;
          const before = periodBefore(period, calendar);
          const rows = boardOf(figures(period), figures(before));
          const [now, then] = [placesOf(story, ...toDays(period)), placesOf(story, ...toDays(before))];
          for (const { figures: one, score, rank, change } of rows) {
            const i = Number(one.unit.slice(1)) - 1;
            expect({ score, rank }).toEqual(now[i]);
            const [mine, was] = [now[i], then[i]];
            const moved =
              mine?.rank == null || was?.rank == null
                ? null
                : { places: was.rank - mine.rank, tenths: (mine.score ?? 0) - (was.score ?? 0) };
            expect(change).toEqual(moved);
            seen[rank === null ? 'unranked' : 'ranked'] += 1;
            if (change) seen.changes += 1;
          }
          seen.ties += rows.filter(({ rank }, n) => rank !== null && rank === rows[n - 1]?.rank).length;
          const order = rows.map(({ score }) => score ?? -1);
          expect(order).toEqual(order.toSorted((a, b) => b - a));
        }
      },
    ),
    { numRuns: 120 },
  );
  // A calculation that is never asked anything hard agrees with everything.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
});

test('what is filed, cleared and taken off through the store makes the board that the same calculation makes', async () => {
  const joined = numberOf('2026-11-20');
  await fc.assert(
    fc.asyncProperty(fc.nat(2 ** 31), async (seed) => {
      const roll = dice(seed);
      const home = county();
      const story: Doing[][] = [];
      for (let u = 0; u < 3; u += 1) {
        const people = Array.from({ length: 1 + roll(3) }, (_, n) => person(`p${u}${n}`));
        const unit = await home.unit(`单位${u}`, people);
        const doings = people.map(() => doingFrom(roll, { first: joined + 3, last: LAST_DAY, joined }));
        story.push(doings);
        for (const [n, doing] of doings.entries()) await act(home, unit.id, `playground:p${u}${n}`, doing);
      }
      const units = await home.directory.units();
      const now = at('2026-12-31 23:00').toZonedDateTimeISO(zone);
      for (const period of [monthPeriodOf(day('2026-12-01')), weekPeriodOf(day('2026-12-16'))]) {
        const board = await readBoard(units, period, boardRule, { boards: home.boards, calendar, now });
        const places = placesOf(story, ...toDays(period));
        const found = board.rows.map(({ figures, score, rank }) => [
          Number(figures.unit.slice(1)) - 1,
          { score, rank },
        ]);
        expect(Object.fromEntries(found)).toEqual({ ...places });
      }
    }),
    // In the first one somebody's leave of November is the newest entry: all else was written before, of later days.
    { numRuns: 6, examples: [[912_221_680]] },
  );
});

/** Day by day, as it would come: leave first, in the morning what is cleared, then the report. */
const act = async (home: ReturnType<typeof county>, unit: string, by: string, doing: Doing) => {
  const when = (n: number, hour: string) => ({ message: randomUUID(), by, at: at(`${isoOf(n)} ${hour}`) });
  for (const [from, to] of doing.leave) {
    const span = { from: day(isoOf(from)), to: day(isoOf(to)), part: null, reason: '' };
    await home.reports.leave(unit, by, span, when(from, '08:00'));
  }
  for (let n = 0; n <= LAST_DAY; n += 1) {
    const on = day(isoOf(n));
    if (doing.clears.includes(n)) await home.reports.clear(unit, 'all', on, when(n, '09:00'));
    const report = doing.reports.get(n);
    if (!report) continue;
    const items: Item[] = [...report.items].map((one) => ({ kind: one === 'd' ? 'done' : 'open', text: randomUUID() }));
    const filing = { unit, day: on, onTime: !report.late, items, listCarried: false };
    await home.reports.file(filing, when(n, report.late ? '21:00' : '16:00'));
  }
};
