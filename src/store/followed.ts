import type { Redis } from 'ioredis';
import { z } from 'zod';
import { type Keys, projections } from './keys.ts';
import { readEntry, type Write } from './log.ts';
import { confirmed } from './redis.ts';

/** What another copy of the bot changed is seen after this at the latest: rights must change within 5 seconds. */
const MAX_AGE_MS = 3_000;
/** When more has changed since the last look, everything is read anew. */
const MOST_ENTRIES = 50;
/** A city's people and their units twice over; at some 300 bytes each. */
const MOST_KEPT = 500_000;

/** Names under which records of the organisation are kept. */
export const kept = {
  units: 'units',
  officers: 'officers',
  member: (id: string) => `m:${id}`,
  people: (index: string) => `p:${index}`,
};

/**
 * Remembers what was read of the organisation until its log tells of a change: one look at the log serves all readers
 * for three seconds, however many people there are. Callers at the same time share one load; a failure is not kept.
 */
export const followed = (redis: Redis, keys: Keys, realNow: () => number) => {
  const values = new Map<string, Promise<unknown>>();
  /** Lists count with all that is in them. */
  let weight = 0;
  /** The newest entry that has been seen. Null: none yet, and nothing is kept. */
  let head: string | null = null;
  let freshUntil = Number.NEGATIVE_INFINITY;
  let changes = 0;
  let era = 0;
  let looking: Promise<void> | null = null;

  const forget = () => {
    era += 1;
    values.clear();
    weight = 0;
    head = null;
    freshUntil = Number.NEGATIVE_INFINITY;
  };

  const catchUp = async () => {
    const [began, known, mine] = [realNow(), changes, era];
    const log = keys.log('org');
    const news = head === null ? [] : await confirmed(redis.xrange(log, `(${head}`, '+', 'COUNT', MOST_ENTRIES));
    if (era !== mine) return;
    if (head === null || news.length === MOST_ENTRIES) {
      const [last] = await confirmed(redis.xrevrange(log, '+', '-', 'COUNT', 1));
      if (era !== mine) return;
      forget();
      head = last?.[0] ?? '0-0';
    } else {
      for (const name of news.flatMap((entry) => readEntry(entry).writes.flatMap(namesTouched))) values.delete(name);
      head = news.at(-1)?.[0] ?? head;
    }
    // Our own change while we looked may not be in what we saw.
    if (known === changes) freshUntil = began + MAX_AGE_MS;
  };

  const look = (): Promise<void> => {
    looking ??= catchUp().finally(() => {
      looking = null;
    });
    return looking;
  };

  const keep = <T>(name: string, load: () => Promise<T>): Promise<T> => {
    const hit = values.get(name);
    if (hit) return hit as Promise<T>;
    if (weight >= MOST_KEPT) {
      values.clear();
      weight = 0;
    }
    const value = load();
    values.set(name, value);
    value.then(
      (found) => {
        weight += Array.isArray(found) ? found.length + 1 : 1;
      },
      () => {
        if (values.get(name) === value) values.delete(name);
      },
    );
    return value;
  };

  /** What `load` gave, no older than three seconds. Every message asks: what is known and fresh waits for nothing. */
  const read = <T>(name: string, load: () => Promise<T>): Promise<T> =>
    realNow() < freshUntil ? keep(name, load) : look().then(() => read(name, load));

  return {
    read,
    /** What is read from now on is no older than now. */
    changed(): void {
      changes += 1;
      freshUntil = Number.NEGATIVE_INFINITY;
    },
    /** The store was emptied. */
    forget,
  };
};

const Row = z.object({ unit: z.string().nullable(), roles: z.array(z.unknown()) });

/** What can no longer be right after a write. */
const namesTouched = ([projection, field, before, after]: Write): readonly string[] => {
  if (projection === projections.units) return [kept.units];
  if (projection === projections.officers) return [kept.officers];
  if (projection !== projections.members) return [kept.people(projection)];
  const rows = [before, after].flatMap((row) => (row === null ? [] : [Row.parse(JSON.parse(row))]));
  return [
    kept.member(field),
    ...rows.flatMap(({ unit }) => (unit === null ? [] : [kept.people(projections.membersOf(unit))])),
    ...(rows.some(({ roles }) => roles.length > 0) ? [kept.officers] : []),
  ];
};
