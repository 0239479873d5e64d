import type { Redis } from 'ioredis';
import { epochDay } from '../domain/calendar.ts';
import type { ReportStore } from '../ports.ts';
import { type Keys, projections } from './keys.ts';
import { unsalted } from './log.ts';
import { confirmed } from './redis.ts';
import { readDay, Words } from './rows.ts';

/** Entries whose texts are read in one go: some hundred kilobytes. */
const ENTRIES_AT_ONCE = 500;

/** Reads what a whole unit told of one day, in two steps however many people it has. */
export const toldReader = (redis: Redis, keys: Keys): Pick<ReportStore, 'told'> => ({
  async told(unit, day) {
    const on = epochDay(day);
    const rows = await confirmed(redis.hgetall(keys.projection({ unit }, projections.day(on))));
    const records = Object.entries(rows).map(([member, row]) => [member, readDay(row)] as const);
    const entries = records.flatMap(([, record]) => record.entries.map(({ entry }) => entry));
    const texts = new Map<number, readonly string[]>();
    for (let from = 0; from < entries.length; from += ENTRIES_AT_ONCE) {
      const some = entries.slice(from, from + ENTRIES_AT_ONCE);
      const found = await confirmed(redis.hmget(keys.data({ unit }, `${on}`), ...some.map(String)));
      for (const [i, entry] of some.entries()) {
        const words = unsalted(found[i]);
        if (words !== null) texts.set(entry, Words.parse(JSON.parse(words))[1]);
      }
    }
    return new Map(
      records.map(([member, { at, entries }]) => {
        const items = entries.flatMap(({ entry, letters }) =>
          [...letters].flatMap((letter, i) => (letter === 'd' || letter === 'x' ? (texts.get(entry)?.[i] ?? []) : [])),
        );
        return [member, { at, items }] as const;
      }),
    );
  },
});
