import type { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log, Waker } from '../ports.ts';
import type { Keys } from './keys.ts';
import { patient } from './patient.ts';

/** Until then the start is left to what people wait for, unless something is to be sent. */
const OPEN_AFTER_MS = 3_000;
/** A job whose copy died is handed out again after this: BullMQ looks so often for locks that were not renewed. */
const LOCK_MS = 30_000;
/** Between two attempts while Redis is away; BullMQ's own 15 s would leave places empty long after it is back. */
const AGAIN_MS = 1_000;
/** Nobody reads BullMQ's stream of events. */
const EVENTS_KEPT = 100;

type Drain = (chat: string) => Promise<unknown>;
type Open = { readonly queue: Queue<string>; readonly worker: Worker<string> };

/**
 * A BullMQ queue in which a job means only: drain this conversation. A conversation that waits for its turn is queued
 * once; its job is forgotten when it has ended. `redis` is where the queue lies; its connections are its own.
 */
export const redisWaker = (redis: Redis, keys: Keys, log: Log): Waker => {
  let begun: { readonly drain: Drain; readonly atOnce: number } | null = null;
  let opening: Promise<Open | null> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let close = async () => {};

  const open = async (): Promise<Open | null> => {
    const { Queue, Worker } = await import('bullmq');
    if (!begun) return null;
    const { drain, atOnce } = begun;
    const connection = patient(redis);
    connection.on('error', () => {}); // the house's own connection tells
    const { prefix, name } = keys.drainQueue();
    const options = { connection, prefix };
    const queue = new Queue<string>(name, { ...options, streams: { events: { maxLen: EVENTS_KEPT } } });
    const worker = new Worker<string>(name, ({ data }) => drain(data), {
      ...options,
      concurrency: atOnce,
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS,
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: AGAIN_MS,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    const trouble = (err: Error) => log.debug({ err }, 'outbox: queue');
    queue.on('error', trouble);
    worker.on('error', trouble);
    close = async () => {
      await worker.close();
      await queue.close();
      connection.disconnect();
    };
    return { queue, worker };
  };

  const opened = (): Promise<Open | null> => {
    clearTimeout(timer);
    opening ??= open().catch((err) => {
      log.error({ err }, 'outbox: the queue cannot be opened');
      return null;
    });
    return opening;
  };

  const add = async (chats: readonly string[], afterMs: number) => {
    const open = await opened();
    // While Redis is away nothing is kept for later: what is due is looked at again.
    if (!open || redis.status !== 'ready') return;
    const until = afterMs > 0 ? `~${Math.round(performance.timeOrigin + performance.now() + afterMs)}` : '';
    const jobs = chats.map((chat) => ({
      name: 'drain',
      data: chat,
      opts: { jobId: `${keys.drainJob(chat)}${until}`, ...(afterMs > 0 && { delay: Math.ceil(afterMs) }) },
    }));
    const [only] = jobs;
    if (only && jobs.length === 1) await open.queue.add(only.name, only.data, only.opts);
    else await open.queue.addBulk(jobs);
  };

  return {
    wake(chats, afterMs = 0) {
      if (!begun || chats.length === 0) return;
      add(chats, afterMs).catch((err) => log.debug({ err }, 'outbox: not woken'));
    },

    start(drain, atOnce) {
      begun = { drain, atOnce };
      timer = setTimeout(opened, OPEN_AFTER_MS);
      timer.unref();
    },

    async stop() {
      begun = null;
      clearTimeout(timer);
      await opening;
      await close();
      opening = null;
      close = async () => {};
    },
  };
};
