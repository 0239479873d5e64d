import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item, ItemKind } from '../../src/domain/report.ts';
import { storedBoards } from '../../src/store/boards.ts';
import { calendar } from '../house.ts';
import { county, person } from '../town.ts';
import { at, day, zone } from '../values.ts';

const people = [person('a'), person('b'), person('c')];
const names = people.map(({ id }) => id);

/** A fortnight from Monday, 23 November 2026: what each person does on each day, in order. */
type Act =
  | {
      readonly do: 'file';
      readonly who: string;
      readonly date: number;
      readonly hour: number;
      readonly kinds: readonly ItemKind[];
    }
  | { readonly do: 'clear'; readonly who: string; readonly date: number }
  | { readonly do: 'leave'; readonly who: string; readonly date: number; readonly days: number };

const who = fc.constantFrom(...names);
const date = fc.integer({ min: 0, max: 11 });
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('file' as const),
      who,
      date,
      hour: fc.constantFrom(9, 16, 21),
      kinds: fc.array(fc.constantFrom<ItemKind>('done', 'done', 'open', 'waiting', 'plan', 'help'), { maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('clear' as const), who, date }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), who, date, days: fc.nat(2) }) },
);

const iso = (n: number) => day('2026-11-23').add({ days: n }).toString();
const isWeekday = (n: number) => n % 7 < 5;

/** The figures of the first week, seen on the second Saturday: from the acts alone, one person after the other. */
const byHand = (acts: readonly Act[]) => {
  const total = { expected: 0, onTime: 0, late: 0, leave: 0, named: 0, cleared: 0, carried: 0, waiting: 0 };
  for (const name of names) {
    const mine = acts.filter((act) => act.who === name);
    const items: { date: number; kind: ItemKind; closed: number | null }[] = [];
    const filed = new Map<number, boolean>();
    const isAway = (n: number) => mine.some((act) => act.do === 'leave' && act.date <= n && n <= act.date + act.days);
    // Nothing falls due while somebody is on leave.
    const nextDay = (n: number): number => (isWeekday(n + 1) && !isAway(n + 1) ? n + 1 : nextDay(n + 1));
    for (const act of mine) {
      if (act.do === 'file') {
        if (!filed.has(act.date)) filed.set(act.date, act.hour < 20);
        for (const kind of act.kinds) items.push({ date: act.date, kind, closed: null });
      }
      if (act.do === 'clear') {
        for (const item of items) if (['open', 'waiting', 'help'].includes(item.kind)) item.closed ??= act.date;
      }
    }
    for (const { date, kind, closed } of items) {
      if (date > 6) continue;
      if (kind === 'waiting' || kind === 'help') total.waiting += 1;
      if (kind === 'done' || kind === 'open') total.named += 1;
      if (kind === 'done' || (kind === 'open' && closed !== null && closed <= nextDay(date))) total.cleared += 1;
    }
    for (let n = 0; n < 5; n += 1) {
      if (filed.get(n)) total.onTime += 1;
      else if (isAway(n)) total.leave += 1;
      else if (filed.has(n)) total.late += 1;
      if (filed.get(n) || !isAway(n)) total.expected += 1;
    }
  }
  return total;
};

test('the figures of any week, filed through the store, are those that pencil and paper give', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { maxLength: 40 }), async (unsorted) => {
      const acts = unsorted.toSorted((a, b) => a.date - b.date);
      const home = county();
      const unit = await home.unit('城关镇', people);
      for (const act of acts) {
        const by = `playground:${act.who}`;
        const on = day(iso(act.date));
        const hour = act.do === 'file' ? act.hour : 10;
        const cause = { message: randomUUID(), by, at: at(`${iso(act.date)} ${String(hour).padStart(2, '0')}:00`) };
        if (act.do === 'file') {
          const items: Item[] = act.kinds.map((kind) => ({ kind, text: randomUUID() }));
          await home.reports.file({ unit: unit.id, day: on, onTime: hour < 20, items, listCarried: false }, cause);
        }
        if (act.do === 'clear') await home.reports.clear(unit.id, 'all', on, cause);
        if (act.do === 'leave') {
          await home.reports.leave(
            unit.id,
            by,
            { from: on, to: on.add({ days: act.days }), part: null, reason: '' },
            cause,
          );
        }
      }
      const now = at('2026-12-05 12:00').toZonedDateTimeISO(zone);
      const [figures] = await home.boards.units([unit], day(iso(0)), day(iso(6)), now);
      expect(figures).toMatchObject({ ...byHand(acts), unit: 'u1', name: '城关镇', members: 3 });
      const members = await home.boards.members(unit, day(iso(0)), day(iso(6)), now);
      expect(members.map(({ member }) => member)).toEqual(names.map((name) => `playground:${name}`));
      for (const field of ['expected', 'onTime', 'named', 'cleared'] as const) {
        expect(members.reduce((sum, one) => sum + one[field], 0)).toBe(figures?.[field]);
      }
    }),
    { numRuns: 40 },
  );
});

test('units come in the order of their codes, and whoever moved away is counted where he is now', async () => {
  const home = county();
  const [first, second] = [await home.unit('一镇', people.slice(0, 2)), await home.unit('二镇', [])];
  await home.tell(person('a'), '2026-11-23 10:00', '/日清 走访');
  await home.member(person('a'), second);
  const now = at('2026-11-24 12:00').toZonedDateTimeISO(zone);
  const figures = await home.boards.units([second, first], day('2026-11-23'), day('2026-11-29'), now);
  expect(figures.map(({ unit, members, named }) => [unit, members, named])).toEqual([
    ['u1', 1, 0],
    ['u2', 1, 0],
  ]);
});

test('boards that are asked for at the same moment read each unit once', async () => {
  let reads = 0;
  const home = county();
  const units = await Promise.all(['城关镇', '白石镇', '柳塘镇'].map((name) => home.unit(name, [person(`${name}1`)])));
  await home.tell(person('城关镇1'), '2026-11-23 16:00', '/日清 走访');
  const counted: typeof home.reports.period = (...asked) => {
    reads += 1;
    return home.reports.period(...asked);
  };
  const { directory, indicators } = home;
  const boards = storedBoards({
    reports: { ...home.reports, period: counted },
    directory,
    indicators,
    frozen: home.boards.frozen,
    calendar,
  });
  const now = at('2026-11-24 09:30').toZonedDateTimeISO(zone);
  const ask = () => boards.units(units, day('2026-11-23'), day('2026-11-29'), now);

  const all = await Promise.all(Array.from({ length: 20 }, ask));
  expect(reads).toBe(3);
  expect(new Set(all.map((board) => JSON.stringify(board))).size).toBe(1);
  expect(all[0]?.map(({ onTime }) => onTime)).toEqual([1, 0, 0]);

  // Asked again a minute later, nothing is read again but what has changed: a report later is another board.
  await boards.units(units, day('2026-11-23'), day('2026-11-29'), now.add({ minutes: 1 }));
  expect(reads).toBe(3);
  await home.tell(person('白石镇1'), '2026-11-23 16:00', '/日清 走访');
  expect((await ask()).map(({ onTime }) => onTime)).toEqual([1, 1, 0]);
  expect(reads).toBe(4);

  // The deadline passes, midnight comes, somebody joins: nobody has written anything to the unit's log.
  const onTime = async (when: string) => {
    const at8 = at(when).toZonedDateTimeISO(zone);
    const [figures] = await boards.units(units, day('2026-11-23'), day('2026-11-29'), at8);
    return [figures?.expected, figures?.pending, figures?.members];
  };
  expect(await onTime('2026-11-24 20:00')).toEqual([1, 1, 1]);
  expect(await onTime('2026-11-24 20:01')).toEqual([2, 0, 1]);
  expect(await onTime('2026-11-25 00:00')).toEqual([2, 1, 1]);
  await home.member(person('城关镇2'), units[0] ?? null);
  expect(await onTime('2026-11-25 00:00')).toEqual([4, 2, 2]);
});
