import type { Redis } from 'ioredis';
import type { Allowances } from '../ports.ts';
import type { Keys } from './keys.ts';

/**
 * Counts in Redis, by rate-limiter-flexible. Its fixed windows serve here, where nobody is harmed by twice as many around
 * the end of one; and a reply that was lost may count twice. It is read when it is first needed: an ordinary day needs
 * it never, and it takes Node 30 ms.
 */
export const redisAllowances =
  (redis: Redis, keys: Keys): Allowances =>
  (kind, { most, seconds }) => {
    const opening = async () => {
      const { RateLimiterRedis, RateLimiterRes } = await import('rate-limiter-flexible');
      const rate = { points: most, duration: seconds, keyPrefix: '' };
      const limiter = new RateLimiterRedis({ ...rate, storeClient: redis, rejectIfRedisNotReady: true });
      return { limiter, RateLimiterRes };
    };
    let opened: ReturnType<typeof opening> | null = null;

    return {
      async spend(who, times) {
        opened ??= opening();
        const { limiter, RateLimiterRes } = await opened;
        try {
          const { msBeforeNext: msLeft } = await limiter.consume(keys.arrivals(kind, who), times);
          return { isOver: false, isFirst: false, msLeft };
        } catch (error) {
          if (!(error instanceof RateLimiterRes)) throw error;
          const { consumedPoints, msBeforeNext: msLeft } = error;
          return { isOver: true, isFirst: consumedPoints - times <= most, msLeft };
        }
      },
    };
  };
