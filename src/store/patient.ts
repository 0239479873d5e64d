import { Cluster, type Redis } from 'ioredis';

/** Longer than BullMQ lets a command block (10 s): a peer that is silent for so long is gone. */
const SILENT_MS = 30_000;

/**
 * One more connection to where `redis` is, as BullMQ wants it: commands wait until it is there, and may block. That some
 * may be sent twice does no harm: a job moves nobody's data.
 */
export const patient = (redis: Redis): Redis => {
  const either: unknown = redis;
  return either instanceof Cluster
    ? (either.duplicate([], { enableOfflineQueue: true, redisOptions: options }) as unknown as Redis)
    : redis.duplicate({ ...options, enableOfflineQueue: true });
};

const options = {
  maxRetriesPerRequest: null,
  autoResendUnfulfilledCommands: true,
  socketTimeout: SILENT_MS,
  // A little more than the socket's: it counts in the time for which a command waits to be sent.
  commandTimeout: 2 * SILENT_MS,
};
