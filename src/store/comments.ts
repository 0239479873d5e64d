import type { Redis } from 'ioredis';
import { z } from 'zod';
import { compareDays, epochDay, fromEpochDay } from '../domain/calendar.ts';
import type { ReportStore } from '../ports.ts';
import type { ChangeScope } from './change.ts';
import { type Keys, projections } from './keys.ts';
import { unsalted } from './log.ts';
import { confirmed } from './redis.ts';
import { monthOf } from './report-keys.ts';

/** Where their words lie, beside the unit's log. */
const BUCKET = 'comments';

/** member, day, by whom */
const Row = z.tuple([z.string(), z.int(), z.string()]);

/** What leaders said to members of a unit. */
export const commentStore = (
  redis: Redis,
  keys: Keys,
  change: ChangeScope,
): Pick<ReportStore, 'comment' | 'comments'> => ({
  comment: (unit, member, text, day, cause) =>
    change<null>(
      { unit },
      cause,
      async (head) => {
        const row = JSON.stringify([member, epochDay(day), cause.by]);
        const writes = [[projections.comments(monthOf(day)), `${head + 1}`, null, row]] as const;
        return { action: 'comment', bucket: BUCKET, text, facts: null, writes };
      },
      () => null,
    ),

  async comments(unit, member, from, to) {
    const months = [...monthsFrom(from, to)];
    const rows = await Promise.all(
      months.map((month) => confirmed(redis.hgetall(keys.projection({ unit }, projections.comments(month))))),
    );
    const found = rows
      .flatMap(Object.entries<string>)
      .map(([entry, row]) => [Number(entry), Row.parse(JSON.parse(row))] as const)
      .map(([entry, [to, day, by]]) => ({ entry, to, day: fromEpochDay(day), by }))
      .filter((one) => one.to === member && compareDays(from, one.day) <= 0 && compareDays(one.day, to) <= 0)
      .sort((a, b) => a.entry - b.entry);
    if (found.length === 0) return [];
    const texts = await confirmed(redis.hmget(keys.data({ unit }, BUCKET), ...found.map(({ entry }) => `${entry}`)));
    return found.map(({ day, by }, i) => ({ day, by, text: unsalted(texts[i]) }));
  },
});

function* monthsFrom(from: { year: number; month: number }, to: { year: number; month: number }): Generator<string> {
  for (let n = from.year * 12 + from.month - 1; n <= to.year * 12 + to.month - 1; n += 1) {
    yield monthOf({ year: Math.floor(n / 12), month: (n % 12) + 1 });
  }
}
