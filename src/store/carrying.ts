import type { Redis } from 'ioredis';
import { z } from 'zod';
import { fromEpochDay } from '../domain/calendar.ts';
import type { Cause, HelpItem, HelpStore, ReportStore, Seat } from '../ports.ts';
import type { ChangeScope } from './change.ts';
import { type Keys, projections } from './keys.ts';
import { confirmed } from './redis.ts';
import { type OpenRow, openItem, openRows } from './rows.ts';

/**
 * Takes open items from one unit's log into another's, which is another slot: first they are entered there, then what
 * asked for help gets its number there, then they are taken out here. Cut off in between and told again, the first steps
 * answer as before and the rest is done.
 */
export const carrying = (
  redis: Redis,
  keys: Keys,
  change: ChangeScope,
  help: Pick<HelpStore, 'helpNumbers' | 'numberHelp'>,
): Pick<ReportStore, 'carry'> => {
  const row = ({ unit, member }: Seat) => confirmed(redis.hget(keys.projection({ unit }, projections.open), member));

  /** Enters the items of one day. The entry of the new unit's log in which they stand now. */
  const enter = (day: number, rows: readonly OpenRow[], to: Seat, cause: Cause): Promise<number> =>
    change<number>(
      { unit: to.unit },
      { ...cause, message: `${cause.message}\ncarry ${day}` },
      async (head) => {
        const before = await row(to);
        const known = openRows(before);
        const next = Math.max(0, ...known.map(([number]) => number)) + 1;
        const moved = rows.map(
          ([, , , , letter, text, ...answered], i): OpenRow => [
            ...([next + i, day, head + 1, i, letter, text] as const),
            ...answered,
          ],
        );
        const words = [rows.map(([, , , , letter]) => letter).join(''), rows.map(([, , , , , text]) => text)];
        return {
          action: 'carry',
          bucket: `${day}`,
          text: JSON.stringify(words),
          facts: head + 1,
          writes: [[projections.open, to.member, before, JSON.stringify([...known, ...moved])]],
        };
      },
      (facts) => z.int().parse(facts),
    );

  /** A request keeps its number and its answer. */
  const renumber = async (moved: readonly HelpItem[], cause: Cause): Promise<void> => {
    const were = moved.map((item) => ({ ...item, ...item.was }));
    const numbers = moved.length === 0 ? [] : await help.helpNumbers(were);
    // One that never got its number gets it when it is listed.
    const known = moved.filter((_, i) => numbers[i] !== null);
    if (known.length > 0) await help.numberHelp(known, { ...cause, message: `${cause.message}\ncarry help` });
  };

  return {
    async carry(from, to, cause) {
      const open = openRows(await row(from));
      if (open.length === 0) return;

      // An item's words are looked for under its own day: each day's are one entry there.
      const asking: HelpItem[] = [];
      for (const [day, rows] of Map.groupBy(open, ([, itemDay]) => itemDay)) {
        const entry = await enter(day, rows, to, cause);
        for (const [index, was] of rows.map(openItem).entries()) {
          if (was.kind === 'help')
            asking.push({ ...to, day: fromEpochDay(day), entry, index, was: { ...was, unit: from.unit } });
        }
      }
      await renumber(asking, cause);

      const numbers = new Set(open.map(([number]) => number));
      await change<null>(
        { unit: from.unit },
        { ...cause, message: `${cause.message}\ncarried` },
        async () => {
          const before = await row(from);
          const left = openRows(before).filter(([number]) => !numbers.has(number));
          const after = left.length === 0 ? null : JSON.stringify(left);
          const writes = [[projections.open, from.member, before, after] as const];
          return { action: 'carried', bucket: '', text: null, facts: null, writes };
        },
        () => null,
      );
    },
  };
};
