import type { Redis } from 'ioredis';
import type { Absences } from '../domain/leave-request.ts';
import { isTaken, withLeave } from '../domain/leaving.ts';
import type { ReportStore } from '../ports.ts';
import type { ChangeScope } from './change.ts';
import { type Keys, projections } from './keys.ts';
import type { Write } from './log.ts';
import { confirmed } from './redis.ts';
import { dutyDays, dutyOf, leave, leaveRow, leaveRows, requestRow, requests } from './rows.ts';

/** The field in which the newest request's number stands; no member's id is spelt so. */
const NEWEST = '#';

const packed = (rows: readonly unknown[]): string | null => (rows.length === 0 ? null : JSON.stringify(rows));

/** Leave, duty and requests: one field a member and kind. */
export const absenceStore = (
  redis: Redis,
  keys: Keys,
  change: ChangeScope,
): Pick<ReportStore, 'leave' | 'absences' | 'leaveRequests'> => {
  const field = (unit: string, name: string, of: string) => confirmed(redis.hget(keys.projection({ unit }, name), of));

  const absences: ReportStore['absences'] = (unit, member, action, decide, cause) =>
    change<never>(
      { unit },
      cause,
      async () => {
        const [leaveBefore, dutyBefore, requestsBefore, newest] = await Promise.all([
          field(unit, projections.leave, member),
          field(unit, projections.duty, member),
          field(unit, projections.leaveRequests, member),
          field(unit, projections.leaveRequests, NEWEST),
        ]);
        const now: Absences = {
          leave: leaveRows(leaveBefore).map(leave),
          duty: dutyBefore === null ? new Set() : dutyDays(dutyBefore),
          requests: requests(requestsBefore),
        };
        const next = Number(newest ?? 0) + 1;
        const { to, facts } = decide({ ...now, next });
        if (!to) return { refuse: facts as never };

        const newestThen = Math.max(next - 1, ...(to.requests ?? []).map(({ number }) => number));
        const writes: Write[] = [
          ...written(projections.leave, member, leaveBefore, to.leave?.map(leaveRow)),
          ...written(projections.duty, member, dutyBefore, to.duty && dutyOf(to.duty)),
          ...written(projections.leaveRequests, member, requestsBefore, to.requests?.map(requestRow)),
          ...(newestThen >= next ? [[projections.leaveRequests, NEWEST, newest, `${newestThen}`] as const] : []),
        ];
        return { action, bucket: '', text: null, facts, writes };
      },
      (facts) => facts as never,
    );

  return {
    absences,

    leave: (unit, member, span, cause) =>
      absences<{ readonly added: boolean }>(
        unit,
        member,
        'leave',
        (now) =>
          isTaken(span, now.leave)
            ? { facts: { added: false } }
            : { to: { leave: withLeave(now.leave, span) }, facts: { added: true } },
        cause,
      ),

    async leaveRequests(unit) {
      const rows = await confirmed(redis.hgetall(keys.projection({ unit }, projections.leaveRequests)));
      return new Map(
        Object.entries(rows).flatMap(([member, row]) => (member === NEWEST ? [] : [[member, requests(row)] as const])),
      );
    },
  };
};

const written = (name: string, of: string, before: string | null, rows: readonly unknown[] | undefined): Write[] => {
  const after = rows && packed(rows);
  return after === undefined || after === before ? [] : [[name, of, before, after]];
};
