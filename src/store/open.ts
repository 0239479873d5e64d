import type { Redis } from 'ioredis';
import { UserError } from '../errors.ts';
import type { Log } from '../ports.ts';
import { connect, ready } from './redis.ts';
import { type Finding, findingsOf } from './redis-checks.ts';

/** A private Redis is loaded when it is handed over; an outside one may still be reading its files. */
const READY_MS = 10_000;

type Place = {
  /** An outside Redis; null for a private one in `dir`. */
  readonly url: string | null;
  readonly dir: string;
  readonly log: Log;
};

export type Opened = {
  readonly redis: Redis;
  /** How an outside Redis could lose what it confirmed. */
  readonly warnings: readonly Finding[];
  /** Closes the connection, and ends a private server. */
  stop(): Promise<void>;
};

/**
 * For the bot: holds `dir` for itself alone where the Redis is private. Throws UserError for the operator, or
 * Unconfirmed.
 */
export const openRedis = (place: Place): Promise<Opened> => opened(place, 'privateRedis');

/** For the operator's commands: beside a living bot, or alone. */
export const openRedisBeside = (place: Place): Promise<Opened> => opened(place, 'livingOrPrivateRedis');

const opened = async ({ url, dir, log }: Place, serve: 'privateRedis' | 'livingOrPrivateRedis'): Promise<Opened> => {
  // Read where there is one, with Node’s SQLite that holds the directory.
  const server = url === null ? await (await import('./private-redis.ts'))[serve]({ dir, log }) : null;
  const redis = connect(server?.socket ?? url ?? '', log);
  const stop = async () => {
    redis.disconnect();
    await server?.stop();
  };
  try {
    await ready(redis, READY_MS);
    const found = url === null ? [] : await findingsOf(redis);
    const stopper = found.find(({ severity }) => severity === 'stop');
    if (stopper) throw new UserError(stopper.key, stopper.params);
    return { redis, warnings: found, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
