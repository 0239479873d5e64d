import type { Redis } from 'ioredis';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { chatKey } from '../message.ts';
import type { Post, PostStore } from '../ports.ts';
import { type Keys, keepSeconds, keptDays } from './keys.ts';
import { packPost, readFailed, readPost, readQueued } from './post-rows.ts';
import { LONGEST_WAIT_MS, postTurns } from './post-turns.ts';
import { confirmed, script } from './redis.ts';

/** Posts in one script call: Redis serves nobody else meanwhile. */
const MOST_AT_ONCE = 200;

const Strings = z.array(z.string());
const Closed = z.enum(['expired', 'unknown']);
const Counts = z.record(z.string(), z.coerce.number());

/** Posts and their states. `realNow` is real time in ms: waits and lifetimes know no moved clock. */
export const redisPosts = (redis: Redis, keys: Keys, realNow: () => number): PostStore => {
  const addPosts = script(redis, 'add-posts', ['lib-posts']);
  const dueChats = script(redis, 'due-chats');
  const next = postTurns(redis, keys, realNow);

  return {
    async add(posts) {
      const expired: string[] = [];
      for (let i = 0; i < posts.length; i += MOST_AT_ONCE) {
        const some = posts.slice(i, i + MOST_AT_ONCE);
        const [today, ...before] = keptDays(realNow());
        const answer = await addPosts(
          [
            keys.postNumber(),
            keys.dueChats(),
            keys.waitingChats(),
            keys.postCounts(),
            ...[today, ...before].map(keys.settledPosts),
            keys.failedPosts(today),
            ...some.map(({ chat }) => chatKey(chat)).flatMap((chat) => [keys.queue(chat), keys.posts(chat)]),
          ],
          [
            keepSeconds.posts,
            ...some.flatMap((post) => [
              post.id,
              chatKey(post.chat),
              post.notBefore.epochMilliseconds,
              post.expiresAt.epochMilliseconds,
              post.delivery,
              countedAs(post),
              packPost(post),
            ]),
          ],
        );
        expired.push(...Strings.parse(answer));
      }
      return expired;
    },

    async due(now, most) {
      const real = realNow();
      const chats = [keys.dueChats(), keys.waitingChats()];
      return Strings.parse(await dueChats(chats, [now.epochMilliseconds, real, most, real + LONGEST_WAIT_MS]));
    },

    async next(chat, turn) {
      const [held, packed, attempts, place, ...closed] = await next({ chat, turn });
      if (held < 0) throw new Error(`posts of ${chat}: ${packed}`);
      return {
        post: packed === '' ? null : readPost(packed, turn.now),
        attempts,
        place,
        isHeld: held === 1,
        closed: closed.flatMap((id, i) => (i % 2 === 0 ? [{ id, state: Closed.parse(closed[i + 1]) }] : [])),
      };
    },

    async nextDue(from, to) {
      const [after, upTo] = [`(${from.epochMilliseconds}`, String(to.epochMilliseconds)];
      const found = redis.zrangebyscore(keys.dueChats(), after, upTo, 'WITHSCORES', 'LIMIT', 0, 1);
      const [, at] = await confirmed(found);
      return at === undefined ? null : Temporal.Instant.fromEpochMilliseconds(Number(at));
    },

    async list() {
      // At one moment: a conversation goes from one to the other.
      const both = redis.multi().zrange(keys.dueChats(), 0, '-1').zrange(keys.waitingChats(), 0, '-1').exec();
      const chats = (await confirmed(both))?.map(([, found]) => Strings.parse(found)) ?? [];
      const queued = chats.flat().map(async (chat) => {
        const records = await confirmed(redis.hgetall(keys.posts(chat)));
        return Object.entries(records).map(([id, record]) => readQueued(id, chat, record));
      });
      const failed = keptDays(realNow()).map(async (day) => {
        const records = await confirmed(redis.hgetall(keys.failedPosts(day)));
        return Object.entries(records).map(([id, record]) => readFailed(id, record));
      });
      return (await Promise.all([...queued, ...failed])).flat();
    },

    async counts() {
      return new Map(Object.entries(Counts.parse(await confirmed(redis.hgetall(keys.postCounts())))));
    },
  };
};

/** As lib-posts.lua spells it, before the post is counted. */
const countedAs = ({ source, priority }: Post): string => {
  if (!source) return '-';
  return priority === 'procedure' ? 'alone' : 'fresh';
};
