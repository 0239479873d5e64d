import type { Redis } from 'ioredis';
import { z } from 'zod';
import { type Day, epochDay } from '../domain/calendar.ts';
import type { DayRoll } from '../domain/missing.ts';
import type { UnitId } from '../domain/organisation.ts';
import type { ReportStore } from '../ports.ts';
import { type Keys, projections } from './keys.ts';
import { confirmed, script } from './redis.ts';
import { dutyDays, leave, leaveRows } from './rows.ts';

/** Half a millisecond of Redis' time. On a cluster each unit may lie on another node, and goes alone. */
const UNITS_AT_ONCE = 64;

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
        const [joined = '', count, leaves, duties] = found.slice(4 * i, 4 * i + 4);
        membersIn(String(joined), Number(count), unit, day).then(
          (members) => resolve(rollOf(members, leaves, duties)),
          reject,
        );
      }
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  };

  const key = (unit: UnitId, name: string) => keys.projection({ unit }, name);
  const dayKey = (unit: UnitId, day: Day) => key(unit, projections.day(epochDay(day)));

  /** An id may hold anything, a NUL too: then the parts are not as many as the members, who are read one by one. */
  const membersIn = async (joined: string, count: number, unit: UnitId, day: Day): Promise<ReadonlySet<string>> => {
    const parts = count === 0 ? [] : joined.split('\0');
    return new Set(parts.length === count ? parts : await confirmed(redis.hkeys(dayKey(unit, day))));
  };

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
const Rows = z.array(z.string());

const rollOf = (filed: ReadonlySet<string>, leaves: unknown, duties: unknown): DayRoll => {
  const [leaveOf, dutyOf] = [fieldsOf(leaves), fieldsOf(duties)];
  return {
    filed,
    leave: (member) => leaveRows(leaveOf.get(member)).map(leave),
    duty: (member) => dutyDays(dutyOf.get(member) ?? '[]'),
  };
};

const fieldsOf = (flat: unknown): ReadonlyMap<string, string> => {
  const rows = Rows.parse(flat);
  return new Map(rows.flatMap((field, i) => (i % 2 === 0 ? [[field, rows[i + 1] ?? ''] as const] : [])));
};
