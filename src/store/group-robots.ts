import type { Redis } from 'ioredis';
import type { GroupRobots } from '../ports.ts';
import type { Keys } from './keys.ts';
import { confirmed, script } from './redis.ts';

/** Of a key, that people tell one from another. */
const SHOWN = 4;

/** The robots of groups. Their keys stand here alone: in no log, no record and no answer. */
export const redisGroupRobots = (redis: Redis, keys: Keys): GroupRobots => {
  const setRobot = script(redis, 'set-robot');
  const keyOf = (row: string | null): string => row?.split(' ')[1] ?? '';

  return {
    keyOf: async (chat) => keyOf(await confirmed(redis.hget(keys.groupRobots(), chat))) || null,
    async all() {
      const rows = Object.entries(await confirmed(redis.hgetall(keys.groupRobots())));
      return new Map(rows.flatMap(([chat, row]) => (keyOf(row) ? [[chat, keyOf(row).slice(-SHOWN)] as const] : [])));
    },
    async set(chat, key, at) {
      await setRobot([keys.groupRobots()], [chat, at.epochMilliseconds, key ?? '']);
    },
  };
};
