import type { Redis } from 'ioredis';
import { byUnitCode } from '../domain/organisation.ts';
import { Unconfirmed } from '../errors.ts';
import { type Keys, projections, type Scope, tagOf } from './keys.ts';
import { digestOf, type Entry, fits } from './log.ts';
import { confirmed, script } from './redis.ts';
import { dataOf, entriesOf, replayer } from './replay.ts';

/** What does not fit. `entry` is the number of the first log entry, `projection` the name of a derived hash. */
export type Fault =
  | { readonly scope: Scope; readonly entry: number; readonly why: 'gap' | 'unreadable' | 'hash' | 'lost' }
  | { readonly scope: Scope; readonly projection: string };

/** The organisation and every unit that its log names: the log, since a projection may be gone. */
export const scopesOf = async (redis: Redis, keys: Keys): Promise<readonly Scope[]> => {
  const units = new Set<string>();
  for await (const entries of entriesOf(redis, keys, 'org')) {
    for (const [name, field] of entries.flatMap(({ writes }) => writes))
      if (name === projections.units) units.add(field);
  }
  return ['org', ...[...units].sort((a, b) => byUnitCode({ id: a }, { id: b })).map((unit) => ({ unit }))];
};

/** The first entry of the log that does not fit the one before it or its own data; null when all do. */
export const verifyLog = async (redis: Redis, keys: Keys, scope: Scope): Promise<Fault | null> => {
  let previous: Entry | null = null;
  const fault = (entry: number, why: 'gap' | 'unreadable' | 'hash' | 'lost'): Fault => ({ scope, entry, why });
  try {
    for await (const entries of entriesOf(redis, keys, scope)) {
      const data = await dataOf(redis, keys, scope, entries);
      for (const [i, entry] of entries.entries()) {
        if (entry.n !== (previous?.n ?? 0) + 1) return fault((previous?.n ?? 0) + 1, 'gap');
        if (!fits(entry, previous?.hash ?? '', digestOf(data[i] ?? ''))) {
          return fault(entry.n, data[i] === null && entry.action !== 'undo' ? 'lost' : 'hash');
        }
        previous = entry;
      }
    }
  } catch (error) {
    if (error instanceof Unconfirmed) throw error;
    return fault((previous?.n ?? 0) + 1, 'unreadable');
  }
  return null;
};

/** So often the log may move while its projections are compared; a bot at work writes now and then. */
const MAX_TRIES = 20;

/** Makes the projections again beside the real ones; `settle` compares or swaps them, and answers null to try again. */
const withShadows = async <T>(
  redis: Redis,
  keys: Keys,
  scope: Scope,
  settle: (head: number, names: readonly string[]) => Promise<T | null>,
): Promise<T> => {
  const replay = replayer(redis, keys);
  const names = new Set(await namesOf(redis, keys.projection(scope, '')));
  const drop = async () => {
    for (const name of await namesOf(redis, keys.shadow(scope, '')))
      await confirmed(redis.unlink(keys.shadow(scope, name)));
  };
  await drop();
  try {
    for (let tries = 0, head = 0; tries < MAX_TRIES; tries += 1) {
      const made = await replay(scope, head);
      head = made.head;
      for (const name of made.names) names.add(name);
      const outcome = await settle(head, [...names].sort());
      if (outcome !== null) return outcome;
    }
    throw new Unconfirmed(`the log of ${tagOf(scope)} kept moving`);
  } finally {
    await drop();
  }
};

/** What a scope keeps besides projections. */
const OTHERS = /^(log$|data:|seen:|claim-code$|link-secret$|robots$|places:|rows:)/;

/** The names of the projections that exist under `prefix`. */
const namesOf = async (redis: Redis, prefix: string): Promise<string[]> => {
  const names = new Set<string>();
  const pattern = `${prefix.replace(/[\\[\]?*]/g, '\\$&')}*`;
  for (let cursor = '0'; ; ) {
    const [next, found] = await confirmed(redis.scan(cursor, 'MATCH', pattern, 'COUNT', 1000));
    for (const key of found) if (!OTHERS.test(key.slice(prefix.length))) names.add(key.slice(prefix.length));
    if (next === '0') return [...names];
    cursor = next;
  }
};

/** The projections that differ from what the log makes of them. */
export const verifyProjections = (redis: Redis, keys: Keys, scope: Scope): Promise<readonly Fault[]> =>
  withShadows(redis, keys, scope, async (head, names) => {
    const faults: Fault[] = [];
    for (const projection of names) {
      const [real, made] = await Promise.all([
        confirmed(redis.hgetall(keys.projection(scope, projection))),
        confirmed(redis.hgetall(keys.shadow(scope, projection))),
      ]);
      if (!sameFields(real, made)) faults.push({ scope, projection });
    }
    const [last] = await confirmed(redis.xrevrange(keys.log(scope), '+', '-', 'COUNT', 1));
    return Number.parseInt(last?.[0] ?? '0', 10) === head ? faults : null;
  });

const sameFields = (a: Record<string, string>, b: Record<string, string>) =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([field, value]) => b[field] === value);

/** Makes all projections of a scope again from its log and puts them in place in one step. Answers how many. */
export const rebuild = (redis: Redis, keys: Keys, scope: Scope): Promise<number> => {
  const swap = script(redis, 'swap', ['lib-log']);
  return withShadows(redis, keys, scope, async (head, names) => {
    const pairs = names.flatMap((name) => [keys.shadow(scope, name), keys.projection(scope, name)]);
    const done = await swap([keys.log(scope), ...pairs], [head]);
    return done === 1 ? names.length : null;
  });
};
