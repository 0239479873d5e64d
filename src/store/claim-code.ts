import { randomInt } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Directory } from '../ports.ts';
import type { Keys } from './keys.ts';
import { confirmed } from './redis.ts';

/** Without 0 and O, 1 and I, which people mistake for each other. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LETTERS = 8;

/**
 * The one-time code with which the first administrator claims the bot, such as `8F3K-22QD`: the same for all copies of
 * the bot until it has been used. Null as soon as there is an administrator.
 */
export const storedClaimCode =
  (redis: Redis, keys: Keys, directory: Pick<Directory, 'officers'>) => async (): Promise<string | null> => {
    const officers = await directory.officers();
    if (officers.some(({ roles }) => roles.some(({ role }) => role === 'admin'))) return null;
    const fresh = Array.from({ length: LETTERS }, () => ALPHABET[randomInt(ALPHABET.length)] ?? '').join('');
    const code = (await confirmed(redis.set(keys.claimCode(), fresh, 'NX', 'GET'))) ?? fresh;
    return `${code.slice(0, LETTERS / 2)}-${code.slice(LETTERS / 2)}`;
  };
