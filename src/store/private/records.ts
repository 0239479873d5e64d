import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a private server lives. */
export type Home = { readonly dir: string; readonly socket: string };

/** Who serves `home`: a pid; `starting` when a bot was about to start one; null when nobody is on record. */
export const recordedPid = (home: Home): number | 'starting' | null => {
  try {
    const text = readFileSync(pidFile(home), 'utf8').trim();
    return text === 'starting' ? text : Number(text) || null;
  } catch {
    return null;
  }
};

/**
 * Said before a server is started: a bot that dies between the two leaves word that somebody may be about to listen.
 */
export const recordStarting = (home: Home): void => record(home, 'starting');
export const recordPid = (home: Home, pid: number): void => record(home, String(pid));
export const dropRecord = (home: Home): void => rmSync(pidFile(home), { force: true });

/** Whole or not at all: half a record would be none, with a server perhaps about to listen. */
const record = (home: Home, text: string): void => {
  writeFileSync(`${pidFile(home)}.new`, `${text}\n`);
  renameSync(`${pidFile(home)}.new`, pidFile(home));
};

/** When the record was written, in ms since the epoch. */
export const recordedAt = (home: Home): number => statSync(pidFile(home)).mtimeMs;

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

const keptLogBytes = 1_000_000;

/** The log of earlier runs is kept once. */
export const freshLogFile = (home: Home): string => {
  const size = statSync(logFile(home), { throwIfNoEntry: false })?.size ?? 0;
  if (size > keptLogBytes) renameSync(logFile(home), `${logFile(home)}.1`);
  return logFile(home);
};

const pidFile = (home: Home): string => join(home.dir, 'redis.pid');
export const logFile = (home: Home): string => join(home.dir, 'redis.log');
