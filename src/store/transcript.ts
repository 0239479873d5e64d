import type { Redis } from 'ioredis';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { chatKey } from '../message.ts';
import type { Line, Transcript } from '../ports.ts';
import { type Keys, keepSeconds, keptDays } from './keys.ts';
import { Blocks, Source, StoredChat } from './message-rows.ts';
import { confirmed, script } from './redis.ts';

/** What a page shows at once, and what is kept: older conversation is for the log alone. */
const SHOWN = 100;
const MOST_LINES = 300;
const MOST_POSTS = 5_000;

/** The playground's conversations. `realNow` is real time in ms: the memory of ids knows no moved clock. */
export const redisTranscript = (redis: Redis, keys: Keys, realNow: () => number): Transcript => {
  const keepLines = script(redis, 'keep-lines', ['lib-log']);
  const { kept, chat, posts, heads, count, clock, seeded } = keys.playground;

  const keptKeys = () => keptDays(realNow()).map(kept);

  return {
    async record(id, lines) {
      const answer = await keepLines(
        [count(), heads(), ...keptKeys(), posts(), ...lines.map((line) => chat(chatKey(line.chat)))],
        [
          ...[id, keepSeconds.playgroundLines, keepSeconds.playgroundChat, MOST_LINES, MOST_POSTS],
          ...lines.flatMap((line) => [chatKey(line.chat), line.source ? 1 : 0, pack(line)]),
        ],
      );
      const [fresh, rows] = z.tuple([z.number(), z.string()]).parse(answer);
      return { fresh: fresh === 1, lines: readRows(rows) };
    },

    async recall(id) {
      const found = await confirmed(Promise.all(keptKeys().map((key) => redis.hget(key, id))));
      const rows = found.find((value) => value !== null);
      return rows ? readRows(rows) : null;
    },

    async chat(of, before) {
      const newest = before === null ? '+' : `(${before}-0`;
      const rows = await confirmed(redis.xrevrange(chat(chatKey(of)), newest, '-', 'COUNT', SHOWN));
      return rows.map(readEntry).reverse();
    },

    posts: async (after) => (await confirmed(redis.xrange(posts(), `(${after}-0`, '+'))).map(readEntry),

    heads: async () => Object.values(await confirmed(redis.hgetall(heads()))).map((row) => readRow(JSON.parse(row))),

    async clockOffset() {
      const offset = await confirmed(redis.get(clock()));
      return offset === null ? null : z.coerce.number().parse(offset);
    },
    setClockOffset: async (offsetMs) => void (await confirmed(redis.set(clock(), offsetMs))),

    async seeded() {
      const value = await confirmed(redis.get(seeded()));
      return value === null ? null : SeededRow.parse(JSON.parse(value));
    },
    setSeeded: async (value) => void (await confirmed(redis.set(seeded(), JSON.stringify(value)))),
  };
};

const SeededRow = z.object({ seed: z.enum(['county', 'empty']), done: z.boolean() });

const LineRow = z.object({
  id: z.string(),
  at: z.number(),
  chat: StoredChat,
  from: z.object({ id: z.string(), name: z.string().exactOptional() }).nullable(),
  said: Blocks,
  source: Source,
});

const pack = (line: Omit<Line, 'n'>): string => JSON.stringify({ ...line, at: line.at.epochMilliseconds });

const readLine = (n: number, row: unknown): Line => {
  const { at, ...line } = LineRow.parse(row);
  return { ...line, n, at: Temporal.Instant.fromEpochMilliseconds(at) };
};

const readRow = (row: unknown): Line => {
  const [n, line] = z.tuple([z.number(), z.unknown()]).parse(row);
  return readLine(n, line);
};

const readRows = (rows: string): readonly Line[] => z.array(z.unknown()).parse(JSON.parse(rows)).map(readRow);

const readEntry = ([id, fields]: [id: string, fields: string[]]): Line =>
  readLine(Number.parseInt(id, 10), JSON.parse(fields[1] ?? ''));
