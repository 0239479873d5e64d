import type { Redis } from 'ioredis';
import { z } from 'zod';
import { epochDay } from '../domain/calendar.ts';
import type { OfferStore } from '../ports.ts';
import { type Keys, keepSeconds } from './keys.ts';
import { messageKey } from './log.ts';
import { script } from './redis.ts';

/** As long as an action can be taken back by default: after that a “yes” answers something else. */
const OFFER_STANDS_MS = 10 * 60 * 1000;

/** What members may still say yes to. No truth of its own: it is gone within the hour, and only a report is logged. */
export const redisOffers = (redis: Redis, keys: Keys): OfferStore => {
  const keepOffer = script(redis, 'keep-offer');
  const takeOffer = script(redis, 'take-offer');

  return {
    async keep({ day, entries, text }, { by, at }) {
      await keepOffer([keys.offer(by)], [at.epochMilliseconds, epochDay(day), entries, text, keepSeconds.offers]);
    },
    async take({ day, entries }, cause) {
      const { by, at } = cause;
      const text = z
        .string()
        .parse(
          await takeOffer(
            [keys.offer(by), keys.takenOffers(by)],
            [at.epochMilliseconds, epochDay(day), entries, OFFER_STANDS_MS, keepSeconds.seen, messageKey(cause)],
          ),
        );
      return text === '' ? null : text;
    },
  };
};
