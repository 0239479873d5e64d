import type { Redis } from 'ioredis';
import type { Keys, Scope } from './keys.ts';
import { type Entry, readEntry } from './log.ts';
import { confirmed, script } from './redis.ts';
import { reportProjections } from './report-keys.ts';

/** Entries a script call: some milliseconds of Redis' time, so that people are answered in between. */
const BATCH = 100;

/** The entries after number `after`, in order, a batch at a time. */
export async function* entriesOf(redis: Redis, keys: Keys, scope: Scope, after = 0): AsyncGenerator<Entry[]> {
  for (let last = after; ; ) {
    const rows = await confirmed(redis.xrange(keys.log(scope), `${last + 1}-0`, '+', 'COUNT', BATCH));
    const newest = rows.at(-1);
    if (!newest) return;
    yield rows.map(readEntry);
    last = Number.parseInt(newest[0], 10);
  }
}

const isReport = ({ action }: Entry) => action === 'report' || action === 'late';

/** The names of the projections an entry wrote. */
export const touchedBy = (entry: Entry): readonly string[] =>
  isReport(entry) ? reportProjections(Number(entry.bucket)) : entry.writes.map(([name]) => name);

/** The stored data of entries, in order; null where there are none. */
export const dataOf = async (redis: Redis, keys: Keys, scope: Scope, entries: readonly Entry[]) => {
  const found = new Map<number, string | null>();
  const buckets = Map.groupBy(entries, ({ bucket }) => bucket);
  await Promise.all(
    [...buckets].map(async ([bucket, group]) => {
      const rows = await confirmed(redis.hmget(keys.data(scope, bucket), ...group.map(({ n }) => `${n}`)));
      for (const [i, { n }] of group.entries()) found.set(n, rows[i] ?? null);
    }),
  );
  return entries.map(({ n }) => found.get(n) ?? null);
};

/**
 * Makes the projections of a scope once more from its log, as shadows beside the real ones, and answers the number of
 * the newest entry that is in them and their names. Reports go through the very script code that filed them.
 */
export const replayer = (redis: Redis, keys: Keys) => {
  const replay = script(redis, 'replay', ['lib-report']);

  const apply = async (scope: Scope, entries: readonly Entry[]) => {
    const used: string[] = [];
    const numberOf = (key: string) => (used.includes(key) ? used.indexOf(key) : used.push(key) - 1) + 1;
    const words = await dataOf(redis, keys, scope, entries);

    const args = entries.flatMap((entry, i) => {
      const { n, who, at, bucket, writes, action } = entry;
      if (!isReport(entry)) {
        return writes.flatMap(([name, field, , value]) => {
          const key = numberOf(keys.shadow(scope, name));
          return ['w', key, field, value === null ? '-' : `=${value}`];
        });
      }
      const [day, open, closed] = reportProjections(Number(bucket)).map((name) => numberOf(keys.shadow(scope, name)));
      const data = numberOf(keys.data(scope, bucket));
      return [
        'r',
        day ?? 0,
        data,
        open ?? 0,
        closed ?? 0,
        n,
        who,
        at,
        bucket,
        action === 'report' ? 1 : 0,
        words[i] ?? '',
      ];
    });
    await replay(used, args);
  };

  return async (scope: Scope, after = 0): Promise<{ readonly head: number; readonly names: ReadonlySet<string> }> => {
    let head = after;
    const names = new Set<string>();
    for await (const entries of entriesOf(redis, keys, scope, after)) {
      await apply(scope, entries);
      for (const name of entries.flatMap(touchedBy)) names.add(name);
      head = entries.at(-1)?.n ?? head;
    }
    return { head, names };
  };
};
