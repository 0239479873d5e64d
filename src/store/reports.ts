import type { Redis } from 'ioredis';
import { z } from 'zod';
import { epochDay, fromEpochDay } from '../domain/calendar.ts';
import type { Cause, ReportStore, WeekFiled } from '../ports.ts';
import { absenceStore } from './absences.ts';
import { carrying } from './carrying.ts';
import { type ChangeScope, scopeChanges } from './change.ts';
import { commentStore } from './comments.ts';
import { filedReader } from './filed.ts';
import { type Keys, projections } from './keys.ts';
import { type Entry, messageKey, readEntry, seenKeys, unsalted, type Write } from './log.ts';
import { ownDays } from './own-days.ts';
import { periodReader } from './period.ts';
import { confirmed } from './redis.ts';
import { monthOf } from './report-keys.ts';
import { reportScripts } from './report-scripts.ts';
import { helpStore } from './requests.ts';
import { closedRows, openItem, openRows, readWeek, Words } from './rows.ts';
import { toldReader } from './told.ts';

/** Reports of all units. Every method that changes something is one idempotent script call. */
export const redisReports = (redis: Redis, keys: Keys, realNow: () => number): ReportStore => {
  const scripts = reportScripts(redis, keys, realNow);
  const change: ChangeScope = scopeChanges(redis, keys, realNow);
  const help = helpStore(redis, keys, change);
  const field = (unit: string, name: string, member: string) =>
    confirmed(redis.hget(keys.projection({ unit }, name), member));

  return {
    file: scripts.file,
    replace: scripts.replace,

    clear: (unit, numbers, today, cause) =>
      change<Answer<'clear'>>(
        { unit },
        cause,
        async (head) => {
          const month = projections.closed(monthOf(today));
          const [before, closedBefore] = await Promise.all([
            field(unit, projections.open, cause.by),
            field(unit, month, cause.by),
          ]);
          const open = openRows(before);
          const wanted = new Set(numbers === 'all' ? open.map(([number]) => number) : numbers);
          const unknown = [...wanted].filter((number) => !open.some(([known]) => known === number));
          if (unknown.length > 0 || wanted.size === 0) return { refuse: { unknown } };

          const closing = open.filter(([number]) => wanted.has(number));
          const left = open.filter(([number]) => !wanted.has(number));
          const day = epochDay(today);
          const closed = [...closedRows(closedBefore), ...closing.map((row) => [...row, day, head + 1])];
          return {
            action: 'clear',
            bucket: `${day}`,
            text: null,
            facts: [closing, left.length],
            writes: [
              [projections.open, cause.by, before, left.length === 0 ? null : JSON.stringify(left)],
              [month, cause.by, closedBefore, JSON.stringify(closed)],
            ],
          };
        },
        (facts) => {
          const [rows, left] = z.tuple([z.unknown(), z.int()]).parse(facts);
          return { closed: openRows(JSON.stringify(rows)).map(openItem), left };
        },
      ),

    undo: (unit, since, cause) =>
      change<Answer<'undo'>>(
        { unit },
        cause,
        async (head) => {
          const last = await lastEntryOf(redis, keys, unit, cause);
          if (!last || !undoable.has(last.action)) return { refuse: { refused: 'nothing' } };
          if (last.at < since.epochMilliseconds) return { refuse: { refused: 'too-old' } };
          const day = Number(last.bucket);
          const facts = { undone: last.action, day };
          if (last.writes.length === 0) {
            return { run: () => scripts.undo(unit, { n: last.n, day }, head, JSON.stringify(facts), cause) };
          }
          if (await hasMoved(last, (name, of) => field(unit, name, of))) return { refuse: { refused: 'nothing' } };
          const writes: Write[] = last.writes.map(([name, of, before, after]) => [name, of, after, before]);
          return { action: 'undo', bucket: last.bucket, text: null, facts, writes };
        },
        (facts) => {
          const { undone, day } = z.object({ undone: z.string(), day: z.int() }).parse(facts);
          return { undone, day: fromEpochDay(day) };
        },
      ),

    week: (unit, decide, cause) =>
      change<WeekFiled>(
        { unit },
        cause,
        async (head) => {
          const { monday, onTime, text } = await decide();
          const day = epochDay(monday);
          const before = await field(unit, projections.week(day), cause.by);
          const stays = before === null ? onTime : readWeek(before).onTime;
          return {
            action: 'week',
            bucket: `${day}`,
            text,
            facts: { monday: day, onTime: stays, first: before === null },
            writes: [[projections.week(day), cause.by, before, JSON.stringify([head + 1, stays ? 1 : 0])]],
          };
        },
        (facts) => {
          const { monday, ...rest } = WeekFacts.parse(facts);
          return { ...rest, monday: fromEpochDay(monday) };
        },
      ),

    ...absenceStore(redis, keys, change),
    ...carrying(redis, keys, change, help),
    ...commentStore(redis, keys, change),
    ...help,
    ...ownDays(redis, keys),
    ...periodReader(redis, keys),
    ...filedReader(redis, keys),
    ...toldReader(redis, keys),

    async hasSeen(unit, cause) {
      const message = messageKey(cause);
      const found = await Promise.all(
        seenKeys(keys, { unit }, realNow()).map((key) => confirmed(redis.hexists(key, message))),
      );
      return found.includes(1);
    },

    async texts(unit, refs) {
      if (refs.length === 0) return [];
      const byDay = Map.groupBy(refs, ({ day }) => epochDay(day));
      const found = new Map<number, string | null>();
      await Promise.all(
        [...byDay].map(async ([day, group]) => {
          const entries = [...new Set(group.map(({ entry }) => entry))];
          const rows = await confirmed(redis.hmget(keys.data({ unit }, `${day}`), ...entries.map(String)));
          for (const [i, entry] of entries.entries()) found.set(entry, unsalted(rows[i]));
        }),
      );
      return refs.map(({ entry, index }) => {
        const words = found.get(entry);
        return words == null ? null : (Words.parse(JSON.parse(words))[1][index] ?? null);
      });
    },

    async weekText(unit, monday, member) {
      const row = await field(unit, projections.week(epochDay(monday)), member);
      if (row === null) return null;
      const data = keys.data({ unit }, `${epochDay(monday)}`);
      return unsalted(await confirmed(redis.hget(data, `${readWeek(row).entry}`)));
    },
  };
};

type Answer<Method extends keyof ReportStore> = Awaited<ReturnType<ReportStore[Method]>>;

const WeekFacts = z.object({ monday: z.int(), onTime: z.boolean(), first: z.boolean() });

const undoable = new Set(['report', 'late', 'replace', 'clear', 'week', 'leave', 'ask-leave', 'back']);

/** Whether somebody else has changed since what the entry wrote: taking it back would undo that as well. */
const hasMoved = async (
  { writes }: Entry,
  read: (name: string, of: string) => Promise<string | null>,
): Promise<boolean> => {
  const now = await Promise.all(writes.map(([name, of]) => read(name, of)));
  return writes.some(([, , , after], i) => now[i] !== after);
};

/** Far more than a unit writes in the longest time in which an action can be taken back. */
const SEARCHED_ENTRIES = 1_000;
/** Whoever takes something back has mostly done it just now. */
const ENTRIES_AT_ONCE = 50;

/** The newest entry that the person made. */
const lastEntryOf = async (redis: Redis, keys: Keys, unit: string, cause: Cause): Promise<Entry | undefined> => {
  let before = '+';
  for (let searched = 0; searched < SEARCHED_ENTRIES; searched += ENTRIES_AT_ONCE) {
    const rows = await confirmed(redis.xrevrange(keys.log({ unit }), before, '-', 'COUNT', ENTRIES_AT_ONCE));
    const found = rows.map(readEntry).find(({ who }) => who === cause.by);
    const last = rows.at(-1)?.[0];
    if (found || last === undefined) return found;
    before = `(${last}`;
  }
  return undefined;
};
