import type { Redis } from 'ioredis';
import { z } from 'zod';
import { type Day, epochDay } from '../domain/calendar.ts';
import type { DayRoll } from '../domain/missing.ts';
import type { UnitId } from '../domain/organisation.ts';
import type { ReportStore } from '../ports.ts';
import { type Keys, projections } from './keys.ts';
import { confirmed, script } from './redis.ts';
import { dutyDays, leave, leaveRows } from './rows.ts';

/** A quarter of a millisecond of Redis' time. On a cluster each unit may lie on another node, and goes alone. */
const UNITS_AT_ONCE = 32;

type Asked = {
  readonly unit: UnitId;
  readonly day: Day;
  readonly resolve: (roll: DayRoll) => void;
  readonly reject: (error: unknown) => void;
};

/** Reads as much of a unit's day as a missing list needs; what is asked for at the same time goes together. */
export const filedReader = (redis: Redis, keys: Keys): Pick<ReportStore, 'filedOn'> => {
  const read = script(redis, 'filed-on');
  const atOnce = redis.isCluster ? 1 : UNITS_AT_ONCE;
  let asked: Asked[] = [];

  const send = async () => {
    const together = asked;
    if (together.length === 0) return;
    asked = [];
    try {
      const found = Answer.parse(
        await read(
          together.flatMap(({ unit, day }) => [
            dayKey(unit, day),
            key(unit, projections.leave),
            key(unit, projections.duty),
          ]),
          [],
        ),
      );
      const counts = String(found[together.length]).split(',');
      const away = new Map<unknown, readonly [leave: unknown, duty: unknown]>();
      for (let i = together.length + 1; i < found.length; i += 3) away.set(found[i], [found[i + 1], found[i + 2]]);
      for (const [i, { unit, day, resolve, reject }] of together.entries()) {
        const filed = String(found[i]);
        const rest = away.get(i) ?? nobody;
        // An id may hold anything, a NUL too: then it joins more parts than there are, and each id is read by itself.
        if (partsIn(filed) === Number(counts[i])) resolve(rollOf(amongJoined(filed), ...rest));
        else confirmed(redis.hkeys(dayKey(unit, day))).then((ids) => resolve(rollOf(new Set(ids), ...rest)), reject);
      }
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  };

  const key = (unit: UnitId, name: string) => keys.projection({ unit }, name);
  const dayKey = (unit: UnitId, day: Day) => key(unit, projections.day(epochDay(day)));

  return {
    filedOn: (unit, day) =>
      new Promise((resolve, reject) => {
        asked.push({ unit, day, resolve, reject });
        if (asked.length === 1) queueMicrotask(send);
        if (asked.length === atOnce) send();
      }),
  };
};

const Answer = z.array(z.unknown());
const nobody = [[], []] as const;

/** How many parts NULs separate; an empty text has none. */
const partsIn = (joined: string): number => {
  let parts = joined === '' ? 0 : 1;
  for (let at = joined.indexOf('\0'); at >= 0; at = joined.indexOf('\0', at + 1)) parts += 1;
  return parts;
};

/** The parts of a joined text as a set. Looked for where they stand: to make ten thousand sets takes longer. */
const amongJoined = (joined: string): DayRoll['filed'] => ({
  has(part) {
    for (let at = joined.indexOf(part); at >= 0; at = joined.indexOf(part, at + 1)) {
      const end = at + part.length;
      if ((at === 0 || joined[at - 1] === '\0') && (end === joined.length || joined[end] === '\0')) return true;
    }
    return false;
  },
});

const rollOf = (filed: DayRoll['filed'], leaves: unknown, duties: unknown): DayRoll => ({
  filed,
  leave: (member) => leaveRows(fieldIn(leaves, member)).map(leave),
  duty: (member) => dutyDays(fieldIn(duties, member) ?? '[]'),
});

/** The value of a field, in fields and values one after the other. A few of them, and mostly nobody asks. */
const fieldIn = (flat: unknown, field: string): string | undefined => {
  if (!Array.isArray(flat)) throw new TypeError('a hash was no list of fields');
  for (let i = 0; i + 1 < flat.length; i += 2) if (flat[i] === field) return String(flat[i + 1]);
  return undefined;
};
