import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Log } from '../ports.ts';
import { hold, unusable } from './private/lock.ts';
import { probe } from './private/probe.ts';
import { type Home, lastTrouble } from './private/records.ts';
import { endServer, findServer, launchServer, type Server } from './private/server.ts';
import { dropSocket, socketFor } from './private/socket.ts';

export type PrivateRedis = {
  /** The path of its unix socket. */
  readonly socket: string;
  /** Ends it cleanly and gives the directory free. */
  stop(): Promise<void>;
};

/** A server that ran this long had started well; what ended it is a new trouble. */
const stableMs = 2_000;
/**
 * Doubled with each end that follows soon. One that had been up must be back within 5 s; one that cannot start has no
 * hurry.
 */
const firstPauseMs = 100;
const longestPauseMs = { up: 1_000, failing: 10_000 };
/** The whole bot has 10 s to stop. */
const endMs = 5_000;

/**
 * A redis-server of the bot's own, with its files in `dir`; started, or adopted from a bot that died, and started again
 * whenever it ends. Resolves when it answers and has loaded its data. Throws UserError in words for the operator, such
 * as when another living bot has `dir`.
 */
export const privateRedis = async ({ dir, log }: { dir: string; log: Log }): Promise<PrivateRedis> => {
  const held = await hold(resolve(dir));
  try {
    const home = { dir: resolve(dir), socket: socketFor(resolve(dir)) };
    const left = await findServer(home, log);
    if (left) log.warn({ pid: left.pid }, 'redis: adopted from a bot that died');
    const kept = keepUp(home, left ?? (await launchServer(home, log)), log);
    return {
      socket: home.socket,
      async stop() {
        await kept.stop();
        dropSocket(home.dir);
        held.release();
      },
    };
  } catch (error) {
    held.release();
    // The system said no, as on a full disk or a read-only one.
    throw error instanceof Error && 'syscall' in error ? unusable(dir, error) : error;
  }
};

/** For the operator's commands: the server of the bot that is running on `dir`, or one for the time of the command. */
export const livingOrPrivateRedis = async ({ dir, log }: { dir: string; log: Log }): Promise<PrivateRedis> => {
  const socket = socketFor(resolve(dir));
  const isLiving = typeof (await probe(socket)) === 'object';
  return isLiving ? { socket, stop: async () => {} } : privateRedis({ dir, log });
};

const keepUp = (home: Home, first: Server, log: Log): { stop(): Promise<void> } => {
  const stopping = new AbortController();
  let server: Server | null = first;

  const startAgain = async (pauseMs: number): Promise<void> => {
    await setTimeout(pauseMs, undefined, { signal: stopping.signal });
    try {
      server = await launchServer(home, log);
      log.info({ pid: server.pid }, 'redis: started again');
    } catch (error) {
      log.error({ err: error, nextInMs: nextPause(pauseMs) }, 'redis: does not start');
    }
  };

  const watch = async (): Promise<void> => {
    let pauseMs = firstPauseMs;
    while (!stopping.signal.aborted) {
      const since = performance.now();
      const end: string = server ? await server.ended : 'not started';
      if (stopping.signal.aborted) return;
      if (server) {
        pauseMs = performance.now() - since > stableMs ? firstPauseMs : Math.min(pauseMs, longestPauseMs.up);
        log.error(
          { pid: server.pid, end, trouble: lastTrouble(home, server.pid), inMs: pauseMs },
          'redis: ended, starting it again',
        );
      }
      server = null;
      await startAgain(pauseMs);
      pauseMs = nextPause(pauseMs);
    }
  };
  const watching = watch().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });

  return {
    async stop() {
      stopping.abort();
      // Without one, the next may be starting at this moment.
      if (!server) await watching;
      if (server) await endServer(server, home, log, endMs);
      await watching;
    },
  };
};

const nextPause = (pauseMs: number): number => Math.min(2 * pauseMs, longestPauseMs.failing);
