import type { Redis } from 'ioredis';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { fromEpochDay } from '../domain/calendar.ts';
import { chatKey } from '../message.ts';
import type { Post, PostStore, Settled, Turn } from '../ports.ts';
import { type Keys, keepSeconds, keptDays } from './keys.ts';
import { packPost, readFailed, readPost, readQueued } from './post-rows.ts';
import { confirmed, script } from './redis.ts';
import { together } from './together.ts';

/** A conversation whose holder died is drained by another copy after this. */
const CHAT_LEASE_MS = 60_000;
/** After so many sendings of which nobody knows the outcome, a post may stand there as often. */
const MOST_UNKNOWN = 3;
/** Posts in one script call: Redis serves nobody else meanwhile. */
const MOST_AT_ONCE = 200;
/** Turns in one script call. */
const MOST_TURNS = 50;
/** Of what waits for one moment one message is made up to this size (bytes); more nobody reads at once. */
const LONGEST_JOINED = 8_000;
/** No wait is longer: one that would be is taken up again. One that seems to be was begun before the clock was put back. */
const LONGEST_WAIT_MS = 10 * 60_000;

type Asked = { readonly chat: string; readonly turn: Turn };

const Strings = z.array(z.string());
const Answers = z.array(z.tuple([z.number(), z.string(), z.number(), z.number()], z.string()));
const Closed = z.enum(['expired', 'unknown']);
const Counts = z.record(z.string(), z.coerce.number());

/** Posts and their states. `realNow` is real time in ms: waits and lifetimes know no moved clock. */
export const redisPosts = (redis: Redis, keys: Keys, realNow: () => number): PostStore => {
  const addPosts = script(redis, 'add-posts', ['lib-posts']);
  const nextPosts = script(redis, 'next-posts', ['lib-posts']);
  const dueChats = script(redis, 'due-chats');

  const turnsOf = async (day: number, asked: readonly Asked[]) => {
    const real = realNow();
    const [today, ...before] = keptDays(real);
    const answer = await nextPosts(
      [
        keys.dueChats(),
        keys.waitingChats(),
        ...[today, ...before].map(keys.settledPosts),
        keys.failedPosts(today),
        keys.postCounts(),
        keys.startedPosts(day),
        keys.sentPosts(monthOf(day)),
        keys.sentNudges(monthOf(day)),
        ...asked.flatMap(({ chat }) => [keys.queue(chat), keys.posts(chat), keys.chatLease(chat)]),
      ],
      [
        CHAT_LEASE_MS,
        keepSeconds.posts,
        MOST_UNKNOWN,
        day,
        LONGEST_JOINED,
        keepSeconds.sentPosts,
        ...asked.flatMap(({ chat, turn: { holder, now, attempt, settled } }) => [
          chat,
          holder,
          now.epochMilliseconds,
          real,
          attempt ?? '',
          ...settlement(settled, real),
        ]),
      ],
    );
    const turns = Answers.parse(answer);
    return asked.map((each, i) => [each, turns[i]] as const);
  };

  /** Turns of different local days are counted under different keys; mostly there is one day. */
  const next = together(async (asked: readonly Asked[]) => {
    const days = [...Map.groupBy(asked, ({ turn }) => turn.day)];
    const answers = new Map((await Promise.all(days.map(([day, some]) => turnsOf(day, some)))).flat());
    return asked.map((each) => answers.get(each));
  }, MOST_TURNS);

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

/** The month, `2026-11`, in which a local day lies. */
const monthOf = (day: number): string => fromEpochDay(day).toString().slice(0, 7);

/** The last six arguments of a turn in next-posts. */
const settlement = (settled: Settled | null, real: number): readonly (string | number)[] => {
  if (!settled) return ['', '', '', '', '', ''];
  const { id, attempt, outcome } = settled;
  switch (outcome) {
    case 'sent':
    case 'moot':
      return [id, attempt, outcome, '', '', ''];
    case 'refused':
      return [id, attempt, outcome, oneLine(settled.code), '', ''];
    case 'retry':
    case 'unknown':
    case 'full':
      return [
        id,
        attempt,
        outcome,
        oneLine(settled.code),
        real + Math.min(Math.ceil(settled.waitMs), LONGEST_WAIT_MS),
        '',
      ];
    case 'postponed':
      return [id, attempt, outcome, '', settled.until.epochMilliseconds, settled.joins ? 'joins' : ''];
  }
};

const oneLine = (code: string): string => code.replace(/\s+/g, ' ');
