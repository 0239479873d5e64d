import type { Redis } from 'ioredis';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { Unconfirmed } from '../errors.ts';
import { chatKey, chatOf } from '../message.ts';
import type { DeadLetter, DeadLetters, Resent } from '../ports.ts';
import { type Keys, keepSeconds, keptDays } from './keys.ts';
import { readFailed, readPost, readQueued } from './post-rows.ts';
import { confirmed, script } from './redis.ts';

/** At once: Redis serves nobody else meanwhile. Who asks for all may ask again. */
const MOST_RESENT = 200;
/** Among so many a number is looked for. */
const MOST_LOOKED_AT = 1_000;
/** As what a command tells people: over the longest holiday, in which nobody is written to. */
const AGAIN = { hours: 14 * 24 };
/** Somebody else may be sending the same ones again. */
const MAX_TRIES = 5;

const Listed = z.tuple([z.number()], z.union([z.number(), z.string()]));
const Facts = z.object({ numbers: z.array(z.number()), doubtful: z.number() }) satisfies z.ZodType<Resent>;

/** What failed for good lies in the outbox for three real days; see lib-posts.lua. `realNow` in ms. */
export const redisDeadLetters = (redis: Redis, keys: Keys, realNow: () => number): DeadLetters => {
  const failedPosts = script(redis, 'failed-posts');
  const resendPosts = script(redis, 'resend-posts', ['lib-posts']);

  const list: DeadLetters['list'] = async (most) => {
    const days = [...keptDays(realNow())].reverse().map(keys.failedPosts);
    const answer = await failedPosts([...days, keys.failedNumbers()], [keepSeconds.posts, most]);
    const [total, ...rows] = Listed.parse(answer);
    const letters = rows.flatMap((number, i) =>
      i % 3 === 0 ? [readLetter(Number(number), String(rows[i + 1]), String(rows[i + 2]))] : [],
    );
    return { total, letters };
  };

  const answered = async (message: string): Promise<Resent | null> => {
    const found = await confirmed(
      Promise.all(keptDays(realNow()).map((day) => redis.hget(keys.resentPosts(day), message))),
    );
    const facts = found.find((each) => each !== null);
    return facts ? Facts.parse(JSON.parse(facts)) : null;
  };

  return {
    list,

    async waiting(most) {
      const zsets = [keys.dueChats(), keys.waitingChats()];
      const all = await Promise.all(zsets.map((key) => confirmed(redis.zrange(key, 0, '-1'))));
      const names = [...new Set(all.flat())];
      const sizes = await Promise.all(names.map((chat) => confirmed(redis.zcard(keys.queue(chat)))));
      const heads = await Promise.all(
        names.slice(0, most).map(async (chat, i) => {
          const [place, due] = await confirmed(redis.zrange(keys.queue(chat), 0, '0', 'WITHSCORES'));
          // A post's number and a space stand before its id; it may have gone out meanwhile.
          const id = place?.slice(16);
          const record = id ? await confirmed(redis.hget(keys.posts(chat), id)) : null;
          if (!id || !record) return [];
          const { attempts, code } = readQueued(id, chat, record);
          return [{ chat: chatOf(chat), posts: sizes[i] ?? 1, due: moment(Number(due)), attempts, code }];
        }),
      );
      return { total: sizes.reduce((sum, size) => sum + size, 0), chats: heads.flat() };
    },

    async resend(choose, { message, at }) {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const before = await answered(message);
        if (before) return before;
        const { again: all, doubtful } = choose((await list(MOST_LOOKED_AT)).letters);
        const again = all.slice(0, MOST_RESENT);
        if (again.length === 0) return { numbers: [], doubtful };
        const days = keptDays(realNow());
        const facts: Resent = { numbers: again.map(({ number }) => number), doubtful };
        const stored = z
          .array(z.string())
          .parse(
            await resendPosts(
              [
                ...[keys.postNumber(), keys.dueChats(), keys.waitingChats(), keys.postCounts()],
                ...[...days.map(keys.settledPosts), ...days.map(keys.failedPosts), ...days.map(keys.resentPosts)],
                ...again.map(({ chat }) => chatKey(chat)).flatMap((chat) => [keys.queue(chat), keys.posts(chat)]),
              ],
              [
                ...[message, at.epochMilliseconds, at.add(AGAIN).epochMilliseconds, keepSeconds.posts],
                JSON.stringify(facts),
                ...again.flatMap((letter) => [letter.id, chatKey(letter.chat), letter.delivery, countedAs(letter)]),
              ],
            ),
          );
        const [told] = stored;
        if (told !== undefined) return Facts.parse(JSON.parse(told));
      }
      throw new Unconfirmed('the failed posts kept changing');
    },
  };
};

const moment = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms);

/** The record is the state of it, then the post, and those that were to go out with it; the first names them. */
const readLetter = (number: number, id: string, record: string): DeadLetter => {
  const { state, attempts, code } = readFailed(id, record);
  const body = record.slice(record.indexOf('\n') + 1);
  const { chat, source, delivery, notBefore: due, priority } = readPost(body, moment(0));
  const known = z.enum(['refused', 'unknown', 'expired']).parse(state);
  return { number, id, chat, source, delivery, due, attempts, code, state: known, ...(priority && { priority }) };
};

/** As lib-posts.lua spells it: a step of a procedure is no message of several. */
const countedAs = ({ source, priority }: DeadLetter): string => {
  if (!source) return '-';
  return priority === 'procedure' ? 'alone' : 'fresh';
};
