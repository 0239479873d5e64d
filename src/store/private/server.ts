import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../../errors.ts';
import type { Log } from '../../ports.ts';
import { spawnServer } from './binary.ts';
import { probe } from './probe.ts';
import { commandOf, gone } from './process.ts';
import { serverArguments } from './settings.ts';

/** Where a private server lives. */
export type Home = { readonly dir: string; readonly socket: string };

/** A server that answers and has loaded its data. */
export type Server = {
  readonly pid: number;
  /** Resolves with how it ended, whoever ended it. */
  readonly ended: Promise<string>;
};

/** How long one that listens may be silent, or one that lives may not listen yet. Loading takes as long as it takes. */
const patienceMs = 10_000;

/** The server that an earlier bot left behind; null when there is none. Throws UserError when it lives and says nothing. */
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
  // Said before it is done: a bot that dies between the two leaves word that somebody may be about to listen.
  writeFileSync(pidFile(home), 'starting\n');
  const child = await spawned(home);
  const pid = child.pid ?? 0;
  writeFileSync(pidFile(home), `${pid}\n`);

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
  rmSync(pidFile(home), { force: true });
};

/** The last trouble that server `pid` wrote into the log; null when it wrote none. */
export const lastTrouble = (home: Home, pid: number): string | null => {
  try {
    const lines = readFileSync(logFile(home), 'utf8').trimEnd().split('\n').slice(-30);
    // What it says of a bad setting stands without a pid. A warning about the machine is the same at each start.
    const own = lines.filter(
      (line) => !/^\d+:/.test(line) || (line.startsWith(`${pid}:`) && !line.includes('WARNING')),
    );
    const trouble = own
      .filter((line) => /error|fail|fatal|can't|cannot|denied|invalid|bad |no space/i.test(line))
      .at(-1);
    return trouble?.replace(/^\d+:\w .*? [#*] /, '') ?? null;
  } catch {
    return null;
  }
};

/** Waits until the server has loaded its data and gives its pid; null when nobody listens and `mayStill` says nobody will. */
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
  if (recorded === 'starting') return Date.now() - statSync(pidFile(home)).mtimeMs < 1_000;
  return recorded !== null && (commandOf(recorded)?.includes(home.socket) ?? false);
};

/** Detached: Ctrl-C in the terminal and the bot's own death do not reach it. Its output goes to a file, for the same reason. */
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

const recordedPid = (home: Home): number | 'starting' | null => {
  try {
    const text = readFileSync(pidFile(home), 'utf8').trim();
    return text === 'starting' ? text : Number(text) || null;
  } catch {
    return null;
  }
};

const keptLogBytes = 1_000_000;

/** The log of earlier runs is kept once. */
const freshLogFile = (home: Home): string => {
  const size = statSync(logFile(home), { throwIfNoEntry: false })?.size ?? 0;
  if (size > keptLogBytes) renameSync(logFile(home), `${logFile(home)}.1`);
  return logFile(home);
};

const pidFile = (home: Home): string => join(home.dir, 'redis.pid');
const logFile = (home: Home): string => join(home.dir, 'redis.log');
