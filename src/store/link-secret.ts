import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Keys } from './keys.ts';
import { confirmed } from './redis.ts';

/** As long as the hash that it goes into. */
const BYTES = 32;

/**
 * What links to pages are signed with: the same for all copies of the bot, made by whoever asks first. It stands beside
 * the log and not in it: whoever may read what was done need not be able to sign, and nothing is lost when it goes but
 * the links that are out.
 */
export const storedLinkSecret = (redis: Redis, keys: Keys) => async (): Promise<string> => {
  const fresh = randomBytes(BYTES).toString('base64url');
  return (await confirmed(redis.set(keys.linkSecret(), fresh, 'NX', 'GET'))) ?? fresh;
};
