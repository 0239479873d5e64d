import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { ReplyLeases } from '../ports.ts';
import { type Keys, keepSeconds, keptDays } from './keys.ts';
import { script } from './redis.ts';

/** A reply whose poster died is posted by whoever is asked after this. */
export const LEASE_MS = 10_000;

/** Leases of replies, spread over 256 shards. `realNow` is real time in ms: a lease knows no moved clock. */
export const redisReplyLeases = (redis: Redis, keys: Keys, realNow: () => number): ReplyLeases => {
  const claimReply = script(redis, 'claim-reply');

  const run = async (reply: string, until: (now: number) => number | 's' | 'r') => {
    const now = realNow();
    // One byte of the hash names the shard, eight the reply: two replies of three days never share them in practice.
    const hash = createHash('sha256').update(reply).digest();
    const shard = hash.subarray(0, 1).toString('hex');
    const answer = await claimReply(
      keptDays(now).map((day) => keys.replies(shard, day)),
      [hash.subarray(1, 9), now, until(now), keepSeconds.replies],
    );
    return z.enum(['go', 'busy', 'sent']).parse(answer);
  };

  return {
    claim: (reply) => run(reply, (now) => now + LEASE_MS),
    async sent(reply) {
      await run(reply, () => 's');
    },
    async giveBack(reply) {
      await run(reply, () => 'r');
    },
  };
};
