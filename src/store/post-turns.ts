import type { Redis } from 'ioredis';
import { z } from 'zod';
import { fromEpochDay } from '../domain/calendar.ts';
import type { Settled, Turn } from '../ports.ts';
import { type Keys, keepSeconds, keptDays } from './keys.ts';
import { script } from './redis.ts';
import { together } from './together.ts';

/** A conversation whose holder died is drained by another copy after this. */
const CHAT_LEASE_MS = 60_000;
/** After so many sendings of which nobody knows the outcome, a post may stand there as often. */
const MOST_UNKNOWN = 3;
/** Turns in one script call. */
const MOST_TURNS = 50;
/** Of what waits for one moment one message is made up to this size (bytes); more nobody reads at once. */
const LONGEST_JOINED = 8_000;
/** No wait is longer: one that would be is taken up again. One that seems to be was begun before the clock was put back. */
export const LONGEST_WAIT_MS = 10 * 60_000;

type Asked = { readonly chat: string; readonly turn: Turn };

/** As next-posts.lua answers a turn. */
const Answers = z.array(z.tuple([z.number(), z.string(), z.number(), z.number()], z.string()));

/** Turns of many conversations, made in few calls. `realNow` in ms. */
export const postTurns = (redis: Redis, keys: Keys, realNow: () => number) => {
  const nextPosts = script(redis, 'next-posts', ['lib-posts']);

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
  return together(async (asked: readonly Asked[]) => {
    const days = [...Map.groupBy(asked, ({ turn }) => turn.day)];
    const answers = new Map((await Promise.all(days.map(([day, some]) => turnsOf(day, some)))).flat());
    return asked.map((each) => answers.get(each));
  }, MOST_TURNS);
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
    case 'full': {
      const untilMs = real + Math.min(Math.ceil(settled.waitMs), LONGEST_WAIT_MS);
      return [id, attempt, outcome, oneLine(settled.code), untilMs, ''];
    }
    case 'postponed':
      return [id, attempt, outcome, '', settled.until.epochMilliseconds, settled.joins ? 'joins' : ''];
  }
};

const oneLine = (code: string): string => code.replace(/\s+/g, ' ');
