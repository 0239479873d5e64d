import type { Redis } from 'ioredis';
import { compareDays, type Day, daysOf, epochDay, fromEpochDay, mondayOf } from '../domain/calendar.ts';
import { turns } from '../gate.ts';
import type { ReportStore } from '../ports.ts';
import { type Keys, projections } from './keys.ts';
import { confirmed } from './redis.ts';
import { monthOf } from './report-keys.ts';
import { closedItem, closedRows, dutyDays, leave, leaveRows, openItem, openRows, readDay, readWeek } from './rows.ts';

/** Reads of whole projections, many at a time. */
export const periodReader = (redis: Redis, keys: Keys): Pick<ReportStore, 'period' | 'open' | 'newest'> => {
  const spelt = spelling();
  const turn = turns();
  return {
    newest: async (unit) => (await confirmed(redis.xrevrange(keys.log({ unit }), '+', '-', 'COUNT', 1)))[0]?.[0] ?? '',

    async period(unit, from, to) {
      const read = (name: string) => confirmed(redis.hgetall(keys.projection({ unit }, name)));
      const { days, mondays } = spelt(from, to);
      const newest = await newestDay(redis, keys, unit);
      // A clock put back makes the newest entry older than others: the period's own months are read whatever it says.
      const months = monthsSince(from, compareDays(newest, to) < 0 ? to : newest);

      const [open, leaves, duties, dayRows, weekRows, closings] = await Promise.all([
        read(projections.open),
        read(projections.leave),
        read(projections.duty),
        Promise.all(days.map(({ number }) => read(projections.day(number)))),
        Promise.all(mondays.map(({ number }) => read(projections.week(number)))),
        Promise.all(months.map((month) => read(projections.closed(month)))),
      ]);

      await turn();
      const closed = new Map<string, ReturnType<typeof closedItem>[]>();
      for (const [member, rows] of closings.flatMap(Object.entries<string>)) {
        const since = closedRows(rows)
          .map(closedItem)
          .filter(({ closedOn }) => closedOn.since(from).days >= 0);
        closed.set(member, [...(closed.get(member) ?? []), ...since]);
      }

      return {
        unit,
        from,
        to,
        days: new Map(days.map(({ iso }, i) => [iso, mapped(dayRows[i], readDay)] as const)),
        open: mapped(open, (rows) => openRows(rows).map(openItem)),
        closed,
        leave: mapped(leaves, (rows) => leaveRows(rows).map(leave)),
        duty: mapped(duties, dutyDays),
        weeks: new Map(mondays.map(({ iso }, i) => [iso, mapped(weekRows[i], (row) => readWeek(row).onTime)] as const)),
      };
    },

    open: async (unit, member) =>
      openRows(await confirmed(redis.hget(keys.projection({ unit }, projections.open), member))).map(openItem),
  };
};

type Spelt = { readonly number: number; readonly iso: string };

/** The days of a span as the store spells them. A board asks for the same ones of each unit: they are kept. */
const spelling = () => {
  let kept: { of: string; days: readonly Spelt[]; mondays: readonly Spelt[] } | null = null;
  const spell = (day: Day): Spelt => ({ number: epochDay(day), iso: day.toString() });
  return (from: Day, to: Day) => {
    const of = `${epochDay(from)} ${epochDay(to)}`;
    if (kept?.of === of) return kept;
    const days = daysOf(from, to);
    const mondays = new Map(days.map((day) => [epochDay(mondayOf(day)), mondayOf(day)]));
    kept = { of, days: days.map(spell), mondays: [...mondays.values()].map(spell) };
    return kept;
  };
};

const mapped = <T>(rows: Record<string, string> | undefined, read: (row: string) => T): ReadonlyMap<string, T> =>
  new Map(Object.entries(rows ?? {}).map(([member, row]) => [member, read(row)]));

/** No closing can lie in a later month than this day's: the newest entry's, one day on for the time zone. */
const newestDay = async (redis: Redis, keys: Keys, unit: string) => {
  const [last] = await confirmed(redis.xrevrange(keys.log({ unit }), '+', '-', 'COUNT', 1));
  const at = last?.[1][5];
  return fromEpochDay(Math.floor(Number(at ?? 0) / 86_400_000) + 1);
};

const monthsSince = (from: { year: number; month: number }, to: { year: number; month: number }): string[] => {
  const months: string[] = [];
  for (let n = from.year * 12 + from.month - 1; n <= to.year * 12 + to.month - 1; n += 1) {
    months.push(monthOf({ year: Math.floor(n / 12), month: (n % 12) + 1 }));
  }
  return months;
};
