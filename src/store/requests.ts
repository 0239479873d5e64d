import type { Redis } from 'ioredis';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { epochDay, fromEpochDay } from '../domain/calendar.ts';
import type { HelpItem, HelpRequest, HelpStore } from '../ports.ts';
import type { ChangeScope } from './change.ts';
import { type Keys, projections } from './keys.ts';
import { unsalted, type Write } from './log.ts';
import { confirmed } from './redis.ts';
import { openRows } from './rows.ts';

/** The field in which the newest number stands. */
const NEWEST = '#';
/** Where the words of answers lie, beside the organisation's log. */
const BUCKET = 'help';

/** unit, member, day, entry, index, asked at (ms); and once answered: by whom, at (ms), entry of the organisation's log. */
const Asked = [z.string(), z.string(), z.int(), z.int(), z.int(), z.int()] as const;
const Row = z.union([z.tuple(Asked), z.tuple([...Asked, z.tuple([z.string(), z.int(), z.int()])])]);
const Answered = z.union([
  z.object({ state: z.literal('unknown') }),
  z.object({ state: z.enum(['done', 'before']), by: z.string(), at: z.int() }),
]);

/**
 * Requests are the organisation's: their numbers are unique in it, and a leader of a county answers for its towns. The
 * item itself stays open in its unit; once answered its clock runs again.
 */
export const helpStore = (redis: Redis, keys: Keys, change: ChangeScope): HelpStore => {
  const byNumber = keys.projection('org', projections.help);
  const byItem = keys.projection('org', projections.helpNumbers);
  const read = (key: string, field: string) => confirmed(redis.hget(key, field));

  const requestIn = async (number: number, json: string): Promise<HelpRequest> => {
    const [unit, member, day, entry, index, at, answer] = Row.parse(JSON.parse(json));
    const words = answer ? await read(keys.data('org', BUCKET), `${answer[2]}`) : null;
    return {
      ...{ number, unit, member, day: fromEpochDay(day), entry, index },
      at: Temporal.Instant.fromEpochMilliseconds(at),
      answer: answer
        ? { by: answer[0], at: Temporal.Instant.fromEpochMilliseconds(answer[1]), text: unsalted(words) }
        : null,
    };
  };

  /** The item's clock runs from the answer on. Cut off before, the same message does it when it comes again. */
  const waitEnds = (
    item: { unit: string; member: string; entry: number; index: number; since: number },
    cause: Parameters<HelpStore['answerHelp']>[3],
  ): Promise<null> => {
    const { unit, member, entry, index, since } = item;
    return change<null>(
      { unit },
      { ...cause, message: `${cause.message}\nanswered` },
      async () => {
        const before = await read(keys.projection({ unit }, projections.open), member);
        const isMeant = ([, , inEntry, at]: readonly unknown[]) => inEntry === entry && at === index;
        const rows = openRows(before);
        if (!rows.some(isMeant)) return { refuse: null };
        const after = rows.map((row) => (isMeant(row) ? [...row.slice(0, 6), since] : row));
        const writes: Write[] = [[projections.open, member, before, JSON.stringify(after)]];
        return { action: 'answered', bucket: '', text: null, facts: null, writes };
      },
      () => null,
    );
  };

  return {
    async helpNumbers(items) {
      const numbers = items.length === 0 ? [] : await confirmed(redis.hmget(byItem, ...items.map(itemKey)));
      return numbers.map((number) => (number === null ? null : Number(number)));
    },

    async numberHelp(items, cause) {
      const numbers = await change<readonly number[]>(
        'org',
        cause,
        async () => {
          const newest = await read(byNumber, NEWEST);
          let next = Number(newest ?? 0);
          const writes: Write[] = [];
          const numbers: number[] = [];
          for (const item of items) {
            const [known, earlier] = await Promise.all([
              read(byItem, itemKey(item)),
              item.was ? read(byItem, itemKey(placeBefore(item, item.was))) : null,
            ]);
            const before = known === null && earlier !== null ? await read(byNumber, earlier) : null;
            const number = Number(known ?? earlier ?? next + 1);
            next = Math.max(next, number);
            numbers.push(number);
            if (known !== null) continue;
            const { unit, member, day, entry, index } = item;
            const [, , , , , at = cause.at.epochMilliseconds, ...answer] = before ? Row.parse(JSON.parse(before)) : [];
            const row = [unit, member, epochDay(day), entry, index, at, ...answer];
            writes.push([projections.help, `${number}`, before, JSON.stringify(row)]);
            writes.push([projections.helpNumbers, itemKey(item), null, `${number}`]);
          }
          if (writes.length === 0) return { refuse: numbers };
          if (next > Number(newest ?? 0)) writes.push([projections.help, NEWEST, newest, `${next}`]);
          return { action: 'ask-help', bucket: '', text: null, facts: numbers, writes };
        },
        (facts) => z.array(z.int()).parse(facts),
      );
      for (const [i, { was, unit, member, entry, index }] of items.entries()) {
        const row = was ? await read(byNumber, `${numbers[i]}`) : null;
        const at = row === null ? undefined : Row.parse(JSON.parse(row))[6]?.[1];
        if (at === undefined) continue;
        // Cut off before, the day of the answer is not known here; in the zone it may be one later.
        const since = was?.answered ? epochDay(was.answered) : Math.floor(at / 86_400_000);
        await waitEnds({ unit, member, entry, index, since }, { ...cause, message: `${cause.message} ${index}` });
      }
      return numbers;
    },

    async helpRequest(number) {
      const row = await read(byNumber, `${number}`);
      return row === null ? null : requestIn(number, row);
    },

    async answerHelp(number, text, today, cause) {
      const outcome = await change<z.infer<typeof Answered>>(
        'org',
        cause,
        async (head) => {
          const before = await read(byNumber, `${number}`);
          if (before === null) return { refuse: { state: 'unknown' as const } };
          const [unit, member, day, entry, index, asked, answer] = Row.parse(JSON.parse(before));
          if (answer) return { refuse: { state: 'before' as const, by: answer[0], at: answer[1] } };
          const at = cause.at.epochMilliseconds;
          const after = JSON.stringify([unit, member, day, entry, index, asked, [cause.by, at, head + 1]]);
          const writes: Write[] = [[projections.help, `${number}`, before, after]];
          return { action: 'answer-help', bucket: BUCKET, text, facts: { state: 'done', by: cause.by, at }, writes };
        },
        (facts) => Answered.parse(facts),
      );
      if (outcome.state === 'unknown') return { state: 'unknown' };

      const row = await read(byNumber, `${number}`);
      if (row !== null && outcome.state === 'done') {
        const { unit, member, entry, index } = await requestIn(number, row);
        await waitEnds({ unit, member, entry, index, since: epochDay(today) }, cause);
      }
      return { ...outcome, at: Temporal.Instant.fromEpochMilliseconds(outcome.at) };
    },
  };
};

const placeBefore = ({ unit }: HelpItem, was: NonNullable<HelpItem['was']>) => ({ unit, ...was });

const itemKey = ({ unit, entry, index }: Pick<HelpItem, 'unit' | 'entry' | 'index'>): string =>
  `${unit} ${entry} ${index}`;
