import type { Redis } from 'ioredis';
import type { ReportStore } from '../ports.ts';
import type { ChangeScope } from './change.ts';
import { type Keys, projections } from './keys.ts';
import { confirmed } from './redis.ts';
import { type OpenRow, openRows } from './rows.ts';

/**
 * Takes open items from one unit's log into another's, which is another slot: first they are entered there, then taken
 * out here. Cut off in between and told again, the first step answers as before and the second is done.
 */
export const carrying = (redis: Redis, keys: Keys, change: ChangeScope): Pick<ReportStore, 'carry'> => ({
  async carry(from, to, cause) {
    const row = (unit: string, member: string) =>
      confirmed(redis.hget(keys.projection({ unit }, projections.open), member));
    const open = openRows(await row(from.unit, from.member));
    if (open.length === 0) return;

    // An item's words are looked for under its own day: each day's are one entry there.
    for (const [day, rows] of Map.groupBy(open, ([, itemDay]) => itemDay)) {
      await change<null>(
        { unit: to.unit },
        { ...cause, message: `${cause.message}\ncarry ${day}` },
        async (head) => {
          const before = await row(to.unit, to.member);
          const known = openRows(before);
          const next = Math.max(0, ...known.map(([number]) => number)) + 1;
          const moved = rows.map(
            ([, , , , letter, text, ...answered], i): OpenRow => [
              next + i,
              day,
              head + 1,
              i,
              letter,
              text,
              ...answered,
            ],
          );
          const words = [rows.map(([, , , , letter]) => letter).join(''), rows.map(([, , , , , text]) => text)];
          return {
            action: 'carry',
            bucket: `${day}`,
            text: JSON.stringify(words),
            facts: null,
            writes: [[projections.open, to.member, before, JSON.stringify([...known, ...moved])]],
          };
        },
        () => null,
      );
    }
    const numbers = new Set(open.map(([number]) => number));
    await change<null>(
      { unit: from.unit },
      { ...cause, message: `${cause.message}\ncarried` },
      async () => {
        const before = await row(from.unit, from.member);
        const left = openRows(before).filter(([number]) => !numbers.has(number));
        const after = left.length === 0 ? null : JSON.stringify(left);
        const writes = [[projections.open, from.member, before, after] as const];
        return { action: 'carried', bucket: '', text: null, facts: null, writes };
      },
      () => null,
    );
  },
});
