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
      for (const [i, { unit, day, resolve, reject }] of together.entries()) {
        const parts = partsOf(found[4 * i]);
        const rest = [found[4 * i + 2], found[4 * i + 3]] as const;
        // An id may hold anything, a NUL too: then the parts are not as many as the members, who are read one by one.
        if (parts.length === found[4 * i + 1]) resolve(rollOf(parts, ...rest));
        else confirmed(redis.hkeys(dayKey(unit, day))).then((members) => resolve(rollOf(members, ...rest)), reject);
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

const partsOf = (joined: unknown): readonly string[] =>
  typeof joined === 'string' && joined !== '' ? joined.split('\0') : [];

const rollOf = (filed: readonly string[], leaves: unknown, duties: unknown): DayRoll => ({
  filed: new Set(filed),
  leave: (member) => leaveRows(fieldIn(leaves, member)).map(leave),
  duty: (member) => dutyDays(fieldIn(duties, member) ?? '[]'),
});

/** The value of a field, in fields and values one after the other. A few of them, and mostly nobody asks. */
const fieldIn = (flat: unknown, field: string): string | undefined => {
  if (!Array.isArray(flat)) throw new TypeError('a hash was no list of fields');
  for (let i = 0; i + 1 < flat.length; i += 2) if (flat[i] === field) return String(flat[i + 1]);
  return undefined;
};
