import type { Redis } from 'ioredis';
import { chatOf, memberId } from '../message.ts';
import type { BurdenStore } from '../ports.ts';
import type { Keys } from './keys.ts';
import { confirmed } from './redis.ts';

const FIELDS_AT_ONCE = 1_000;
const MINUTE_MS = 60_000;

/** next-posts.lua writes what is read here: a message that went out is counted where it is settled, once. */
export const burdenStore = (redis: Redis, keys: Keys): BurdenStore => {
  const fields = async (key: string): Promise<ReadonlyMap<string, string>> => {
    const all = new Map<string, string>();
    let cursor = '0';
    do {
      const [next, batch] = await confirmed(redis.hscan(key, cursor, 'COUNT', FIELDS_AT_ONCE));
      for (let i = 0; i < batch.length; i += 2) all.set(batch[i] ?? '', batch[i + 1] ?? '');
      cursor = next;
    } while (cursor !== '0');
    return all;
  };

  return {
    async sent(month) {
      const all = [...(await fields(keys.sentPosts(month)))].map(([name, count]) => [name, Number(count)] as const);
      const isKind = ([name]: readonly [string, number]) => name.startsWith('#');
      return {
        chats: new Map(all.filter((field) => !isKind(field))),
        kinds: new Map(all.filter(isKind).map(([name, count]) => [name.slice(1), count])),
      };
    },

    async nudged(month) {
      const all = await fields(keys.sentNudges(month));
      return new Map(
        [...all].map(([chat, minutes]) => {
          const { platform, id } = chatOf(chat);
          return [
            memberId(platform, { id }),
            minutes
              .trim()
              .split(' ')
              .map((minute) => Number(minute) * MINUTE_MS),
          ] as const;
        }),
      );
    },
  };
};
