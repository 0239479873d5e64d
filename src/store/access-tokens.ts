import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { AccessTokens } from '../ports.ts';
import { type Keys, keepSeconds } from './keys.ts';
import { script } from './redis.ts';

const Answer = z.union([
  z.tuple([z.literal('token'), z.string(), z.number()]),
  z.tuple([z.literal('fetch')]),
  z.tuple([z.literal('wait'), z.number()]),
]);

/** Access tokens that all copies of the bot share. They leave no trace in any log. */
export const redisAccessTokens = (redis: Redis, keys: Keys): AccessTokens => {
  const askToken = script(redis, 'ask-token');
  const keepToken = script(redis, 'keep-token');
  const of = (account: string) => [keys.accessToken(account), keys.freshToken(account), keys.tokenLease(account)];

  return {
    async ask(account, stale) {
      const lease = randomUUID();
      const answer = Answer.parse(await askToken(of(account), [stale ?? '', lease, keepSeconds.tokenLease * 1_000]));
      if (answer[0] === 'token') return { token: answer[1], freshMs: answer[2] };
      return answer[0] === 'fetch' ? { lease } : { waitMs: Math.max(1, answer[1]) };
    },
    async keep(account, { value, lifeMs, freshMs }, lease) {
      await keepToken(of(account), [lease, value, Math.max(1, Math.floor(lifeMs)), Math.max(1, Math.floor(freshMs))]);
    },
    async giveUp(account, lease) {
      await keepToken(of(account), [lease, '', 0, 0]);
    },
  };
};
