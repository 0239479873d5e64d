import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../../errors.ts';
import type { Log } from '../../ports.ts';
import { spawnServer } from './binary.ts';
import { probe } from './probe.ts';
import { commandOf, gone } from './process.ts';
import {
  dropRecord,
  freshLogFile,
  type Home,
  lastTrouble,
  logFile,
  recordedAt,
  recordedPid,
  recordPid,
  recordStarting,
} from './records.ts';
import { serverArguments } from './settings.ts';

/** A server that answers and has loaded its data. */
export type Server = {
  readonly pid: number;
  /** Resolves with how it ended, whoever ended it. */
  readonly ended: Promise<string>;
};

/** How long one that listens may be silent, or one that lives may not listen yet. Loading takes as long as it takes. */
const patienceMs = 10_000;

/**
 * The server that an earlier bot left behind; null when there is none. Throws UserError when it lives and says nothing.
 */
export const findServer = async (home: Home, log: Log): Promise<Server | null> => {
  const recorded = recordedPid(home);
  const pid = await settled(home, log, () => mayYetListen(home, recorded));
  if (pid === null) return null;
  // In another container, say: it could not be watched from here, and a second one would write into its files.
  if (!commandOf(pid)?.includes(home.socket)) throw new UserError('start.redis-foreign', { dir: home.dir, pid });
  return { pid, ended: gone(pid, home.socket).then(() => 'gone') };
};

/** Starts a server for `home`, on which nobody else may be running. Throws UserError when it does not come up. */
export const launchServer = async (home: Home, log: Log): Promise<Server> => {
  recordStarting(home);
  const child = await spawned(home);
  const pid = child.pid ?? 0;
  recordPid(home, pid);

  let end: string | null = null;
  const ended = once(child, 'exit').then(([code, signal]: (string | number | null)[]) => {
    const how = signal ? String(signal) : `exit ${code}`;
    end = how;
    return how;
  });
  child.unref();
  try {
    if ((await settled(home, log, () => end === null)) === pid) return { pid, ended };
    throw new UserError('start.redis-broken', { reason: lastTrouble(home, pid) ?? end ?? '?', file: logFile(home) });
  } catch (error) {
    // Nobody would watch it, and the next one would write into its files.
    if (end === null) child.kill('SIGKILL');
    await ended;
    throw error;
  }
};

/** Ends a server as its own SHUTDOWN does: what it has answered is on the disk. By force after `withinMs`. */
export const endServer = async (server: Server, home: Home, log: Log, withinMs: number): Promise<void> => {
  signal(server.pid, home, 'SIGTERM');
  const force = setTimeout(() => {
    log.warn({ pid: server.pid }, 'redis: does not end, killed');
    signal(server.pid, home, 'SIGKILL');
  }, withinMs);
  await server.ended;
  clearTimeout(force);
  dropRecord(home);
};

/**
 * Waits until the server has loaded its data and gives its pid; null when nobody listens and `mayStill` says nobody
 * will.
 */
const settled = async (home: Home, log: Log, mayStill: () => boolean): Promise<number | null> => {
  let deadline = performance.now() + patienceMs;
  let hasSaid = false;
  for (;;) {
    const answer = await probe(home.socket);
    if (typeof answer === 'object') {
      if (!answer.isLoading) return answer.pid;
      if (!hasSaid) log.info({ pid: answer.pid }, 'redis: loading its data');
      hasSaid = true;
      deadline = performance.now() + patienceMs;
    } else if (answer === 'absent' && !mayStill()) {
      return null;
    }
    if (performance.now() > deadline) {
      throw new UserError('start.redis-silent', { dir: home.dir, pid: recordedPid(home) ?? '?' });
    }
    await pause(10);
  }
};

/** Whether the process on record lives, or one may have been started in the second before its bot died. */
const mayYetListen = (home: Home, recorded: number | 'starting' | null): boolean => {
  if (recorded === 'starting') return Date.now() - recordedAt(home) < 1_000;
  return recorded !== null && (commandOf(recorded)?.includes(home.socket) ?? false);
};

/**
 * Detached: Ctrl-C in the terminal and the bot's own death do not reach it. Its output goes to a file, for the same
 * reason.
 */
const spawned = async (home: Home): Promise<ChildProcess> => {
  // Redis itself would let everybody on the machine read the files.
  mkdirSync(join(home.dir, 'appendonlydir'), { recursive: true, mode: 0o700 });
  const output = openSync(freshLogFile(home), 'a', 0o600);
  try {
    const args = serverArguments({ dir: home.dir, unixsocket: home.socket });
    const child = await spawnServer(args, { detached: true, stdio: ['ignore', output, output] });
    if (!child) throw new UserError('start.redis-missing');
    return child;
  } finally {
    closeSync(output);
  }
};

const signal = (pid: number, home: Home, name: NodeJS.Signals): void => {
  try {
    if (commandOf(pid)?.includes(home.socket)) process.kill(pid, name);
  } catch {
    // It has ended in between.
  }
};
