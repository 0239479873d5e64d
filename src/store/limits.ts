import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { PlatformName } from '../message.ts';
import type { Limits, Urgency, Window } from '../ports.ts';
import { type Keys, keepSeconds } from './keys.ts';
import { confirmed, script } from './redis.ts';
import { together } from './together.ts';

/**
 * A window is kept a little longer than the platform's: what was taken first may be long on its way and what was taken
 * last short, and the nodes of a cluster may differ in time. A minute by a second, a second by a quarter.
 */
export const marginOf = (ms: number): number => Math.min(Math.max(Math.ceil(ms / 60), 250), Math.ceil(ms / 4), 1_000);

/** So often the server is asked what time it is: quartz drifts by a few ms in that time. */
const ASK_AGAIN_MS = 60_000;

/** In one call: Redis serves nobody else meanwhile. */
const MOST_TAKERS = 50;

export type LimitTime = {
  /** This process's own, in ms: only what passes on it counts. Setting the machine's clock does not move it. */
  own(): number;
  /** The one that all copies share, in ms since 1970. */
  shared(): Promise<number>;
};

/** The limits of one platform, shared by all copies. They count in the server's time, whatever the copies' clocks say. */
export const redisLimits = (
  redis: Redis,
  keys: Keys,
  platform: PlatformName,
  { own, shared }: LimitTime = { own: () => performance.now(), shared: serverTime(redis) },
): Limits => {
  const takePlaces = script(redis, 'take-places');
  let known: { readonly asked: number; ahead: number } | null = null;
  let asking: Promise<void> | null = null;

  // By our clock after the answer: time on the way counts as not having passed.
  const ask = async () => {
    const time = await shared();
    known = { asked: own(), ahead: time - own() };
  };

  const now = async (): Promise<number> => {
    if (known === null || own() - known.asked >= ASK_AGAIN_MS) {
      asking ??= ask().finally(() => {
        asking = null;
      });
      if (known === null) await asking;
      else asking.catch(() => {});
    }
    return known === null ? 0 : own() + known.ahead;
  };

  const take = together(async (takers: readonly Taker[]): Promise<readonly number[]> => {
    const logs = new Map<string, number>();
    const sizes = takers.flatMap(({ windows, urgency }) => [
      windows.length,
      ...[...Map.groupBy(windows, ({ key }) => key)].flatMap(([key, own]) => {
        const number = logs.get(key) ?? logs.size + 2;
        logs.set(key, number);
        return own.flatMap((window) => [number, ...sizesOf(window, urgency)]);
      }),
    ]);
    const answer = await takePlaces(
      [keys.limitTime(platform), ...[...logs.keys()].map((log) => keys.limitLog(platform, log))],
      [await now(), keepSeconds.limitTime * 1_000, ...sizes],
    );
    const [moment, ...waits] = Answer.parse(answer);
    // Another copy was ahead of us, or the server's clock was put back: time goes on from there.
    if (known) known.ahead = Math.max(known.ahead, moment - own());
    return waits;
  }, MOST_TAKERS);

  return { take: (windows, urgency = 'post') => take({ windows, urgency }) };
};

type Taker = { readonly windows: readonly Window[]; readonly urgency: Urgency };

const Answer = z.tuple([z.coerce.number()], z.number());

/** Length, places, and how many of these may be filled. */
const sizesOf = ({ ms, most, reserve = 0 }: Window, urgency: Urgency) => [
  ms + marginOf(ms),
  most,
  urgency === 'reply' ? most : Math.max(1, most - reserve),
];

const Time = z.tuple([z.coerce.number(), z.coerce.number()]);

const serverTime = (redis: Redis) => async (): Promise<number> => {
  const [seconds, micros] = Time.parse(await confirmed(redis.time()));
  return seconds * 1_000 + micros / 1_000;
};
