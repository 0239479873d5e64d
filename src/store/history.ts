import type { Redis } from 'ioredis';
import { Temporal } from 'temporal-polyfill';
import type { Directory } from '../ports.ts';
import { type Keys, projections } from './keys.ts';
import { readEntry } from './log.ts';
import { readUnit } from './organisation-rows.ts';
import { confirmed } from './redis.ts';

/** Beyond so many entries nobody asks any more; people who join are most of them. */
const MOST_ENTRIES = 20_000;
const ENTRIES_AT_ONCE = 500;

/** Reads the organisation's log backwards, a batch at a time. */
export const historyReader = (redis: Redis, keys: Keys): Pick<Directory, 'history'> => ({
  async history(action, unit, most) {
    const found: Awaited<ReturnType<Directory['history']>>[number][] = [];
    let before = '+';
    for (let looked = 0; looked < MOST_ENTRIES && found.length < most; looked += ENTRIES_AT_ONCE) {
      const rows = await confirmed(redis.xrevrange(keys.log('org'), before, '-', 'COUNT', ENTRIES_AT_ONCE));
      for (const entry of rows.map(readEntry)) {
        if (entry.action !== action) continue;
        for (const [name, field, was, is] of entry.writes) {
          if (name !== projections.units || field !== unit || was === null || is === null) continue;
          const at = Temporal.Instant.fromEpochMilliseconds(entry.at);
          found.push({ by: entry.who, at, before: readUnit(unit, was), after: readUnit(unit, is) });
        }
      }
      const last = rows.at(-1)?.[0];
      if (last === undefined) break;
      before = `(${last}`;
    }
    return found.slice(0, most);
  },
});
