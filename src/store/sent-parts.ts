import type { Redis } from 'ioredis';
import type { SentParts } from '../ports.ts';
import { type Keys, keepSeconds } from './keys.ts';
import { confirmed, script } from './redis.ts';

/** Parts of long texts, known to every copy of the bot and after a restart. */
export const redisSentParts = (redis: Redis, keys: Keys): SentParts => {
  const confirmPart = script(redis, 'confirm-part');

  return {
    of: async (id) => new Set(await confirmed(redis.smembers(keys.sentParts(id)))),
    async confirm(id, part) {
      await confirmPart([keys.sentParts(id)], [part, keepSeconds.parts]);
    },
  };
};
