import type { Redis } from 'ioredis';
import { daysOf, epochDay } from '../domain/calendar.ts';
import type { ReportStore } from '../ports.ts';
import { type Keys, projections } from './keys.ts';
import { confirmed } from './redis.ts';
import { readDay } from './rows.ts';

/** One person's days without those of the colleagues: a field each, all asked for at once. */
export const ownDays = (redis: Redis, keys: Keys): Pick<ReportStore, 'daysOf'> => ({
  async daysOf(unit, member, from, to) {
    const days = daysOf(from, to);
    const rows = await Promise.all(
      days.map((day) => confirmed(redis.hget(keys.projection({ unit }, projections.day(epochDay(day))), member))),
    );
    return days.flatMap((day, i) => {
      const row = rows[i];
      return row == null ? [] : [{ day, record: readDay(row) }];
    });
  },
});
