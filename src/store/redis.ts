import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Redis, type RedisOptions } from 'ioredis';
import { Unconfirmed } from '../errors.ts';
import type { Log } from '../ports.ts';
import { openCluster } from './cluster.ts';

/** Longer than this without an answer, and whether a command ran is unknown. */
const commandTimeoutMs = 2_000;

const options = {
  commandTimeout: commandTimeoutMs,
  // Nothing is sent by the client itself a second time: the inbox repeats a message under its id, within its own
  // patience.
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  // Finds a peer that takes bytes and never answers; its commands have timed out before.
  socketTimeout: 2 * commandTimeoutMs,
  connectTimeout: commandTimeoutMs,
  // After a failover the old master answers READONLY until the connection is made anew.
  reconnectOnError: (error: Error) => (error.message.startsWith('READONLY') ? 1 : false),
} as const satisfies RedisOptions;

/**
 * Opens a connection to `url` (redis://, rediss://, redis+cluster://a:1,b:2 or the path of a unix socket) and keeps it
 * open, for ever if need be. While it is down every command rejects at once; see `confirmed`.
 */
export const connect = (url: string, log: Log): Redis => {
  const redis = url.startsWith('redis+cluster:') ? openCluster(url, options) : openOne(url);

  // One line a trouble, not one an attempt.
  const said = new Set<string>();
  redis.on('error', (error: Error) => {
    if (said.has(error.message)) return;
    said.add(error.message);
    log.error({ err: bare(error) }, 'redis: connection');
  });
  redis.on('ready', () => {
    if (said.size > 0) log.info({}, 'redis: connected again');
    said.clear();
  });
  return redis;
};

const openOne = (url: string): Redis => {
  const alone = {
    ...options,
    enableOfflineQueue: false,
    retryStrategy: (attempt: number) => Math.min(50 * attempt, 500),
  };
  return url.startsWith('/') ? new Redis({ ...alone, path: url }) : new Redis(url, alone);
};

/** Resolves when commands can be sent; throws Unconfirmed when that has not come about after `withinMs`. */
export const ready = (redis: Redis, withinMs: number): Promise<void> =>
  new Promise((resolve, reject) => {
    if (redis.status === 'ready') return resolve();
    const onReady = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      redis.off('ready', onReady);
      reject(new Unconfirmed(`redis is not ready after ${withinMs} ms`));
    }, withinMs);
    redis.once('ready', onReady);
  });

/**
 * Reads scripts/`name`.lua, with the `libraries` it calls before it, and gives a function that runs it in one round
 * trip. Throws Unconfirmed as `confirmed` does. The same call may be made again after that, so a script must change
 * nothing the second time. `constants` are known in it by their names.
 */
export const script = (
  redis: Redis,
  name: string,
  libraries: readonly string[] = [],
  constants: Readonly<Record<string, number>> = {},
) => {
  const known = Object.entries(constants).map(([constant, value]) => `local ${constant} = ${value}`);
  const lua = [...known, ...[...libraries, name].map(source)].join('\n');
  const sha = createHash('sha1').update(lua).digest('hex');

  return async (keys: readonly string[], args: readonly (string | number | Buffer)[]): Promise<unknown> => {
    try {
      together(redis);
      return await redis.evalsha(sha, keys.length, ...keys, ...args);
    } catch (error) {
      // The server was restarted or its scripts were flushed; nothing has run yet.
      if (codeOf(error) === 'NOSCRIPT') return confirmed(redis.eval(lua, keys.length, ...keys, ...args));
      throw judged(error);
    }
  };
};

/**
 * What is sent in one turn of the event loop goes out in one write: a rush of reports costs a system call a turn, here
 * and in Redis, instead of one a report.
 */
const together = (redis: Redis): void => {
  // A cluster has a stream for each of its nodes.
  const stream: Redis['stream'] | undefined = redis.stream;
  if (!stream || stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
};

const source = (name: string) => readFileSync(new URL(`scripts/${name}.lua`, import.meta.url), 'utf8');

/** For reads: the answer of `reply`; throws Unconfirmed where Redis gave none or could not take the command. */
export const confirmed = async <Value>(reply: Promise<Value>): Promise<Value> => {
  try {
    return await reply;
  } catch (error) {
    throw judged(error);
  }
};

/** What Redis says when it is up and still cannot do its work. Any other code is a defect of ours. */
const refusals = new Set([
  'MISCONF',
  'OOM',
  'READONLY',
  'LOADING',
  'BUSY',
  'NOREPLICAS',
  'MASTERDOWN',
  'CLUSTERDOWN',
  'TRYAGAIN',
  'NOAUTH',
  'WRONGPASS',
  'NOPERM',
  'UNBLOCKED',
]);

const judged = (error: unknown): unknown => {
  const code = codeOf(error);
  // An error without a code was not made by the server: the connection is closed, was lost, or the answer is late.
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) return error;
  return code === null || refusals.has(code) ? new Unconfirmed(error.message) : bare(error);
};

/** A reply error begins with its code in capitals. */
const codeOf = (error: unknown): string | null =>
  error instanceof Error && error.name === 'ReplyError' ? (/^[A-Z]+/.exec(error.message)?.[0] ?? null) : null;

/** ioredis hangs the command with its arguments on the error: what people wrote does not belong into a log. */
const bare = (error: unknown): unknown => {
  if (error instanceof Error && 'command' in error) delete error.command;
  return error;
};
