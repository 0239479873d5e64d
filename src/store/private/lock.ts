import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { UserError } from '../../errors.ts';

/** Who holds a data directory: `bot.json` beside the lock, for people to read. */
const holderShape = z.object({ pid: z.int(), since: z.string() });
export type Holder = z.infer<typeof holderShape>;

export type Hold = { release(): void };

/** `isHeld` holds for an instant; who wants to hold waits it out. */
const lookMs = 200;

/**
 * Takes `dir` for this process alone, creating it where it is missing. Throws UserError when another living process has
 * it.
 *
 * The lock is the kernel's (fcntl, on an empty file that SQLite opens and never writes: Node has no flock of its own).
 * It ends with the process, however that ends: no stale file is ever judged, a pid that was given out again misleads
 * nobody, of two that start at once exactly one gets it, and two containers on one volume exclude each other.
 */
export const hold = async (dir: string): Promise<Hold> => {
  const lock = locked(dir);
  if (!lock) {
    const holder = await livingHolder(dir);
    throw new UserError('start.dir-taken', { dir, pid: holder?.pid ?? '?', since: holder?.since ?? '?' });
  }
  const holder: Holder = { pid: process.pid, since: new Date().toLocaleString('sv-SE') };
  writeFileSync(holderFile(dir), `${JSON.stringify(holder)}\n`);

  return {
    release() {
      rmSync(holderFile(dir), { force: true });
      lock.close();
    },
  };
};

/** Who holds `dir` according to `bot.json`, which outlives a crash; null when nobody does. */
export const holderOf = (dir: string): Holder | null => {
  try {
    return holderShape.parse(JSON.parse(readFileSync(holderFile(dir), 'utf8')));
  } catch {
    return null;
  }
};

/** Whether a process holds `dir` now. */
export const isHeld = (dir: string): boolean => {
  const lock = locked(dir);
  lock?.close();
  return lock === null;
};

/** Null when another process has it. */
const locked = (dir: string): DatabaseSync | null => {
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    lock = new DatabaseSync(join(dir, 'bot.lock'), { timeout: lookMs });
    // In memory: otherwise a journal would lie beside it.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (isBusy(error)) return null;
    throw unusable(dir, error);
  }
};

/** The winner writes its name a moment after it has locked; until then the file may name a dead one. */
const livingHolder = async (dir: string): Promise<Holder | null> => {
  for (let attempt = 0; attempt < 20; attempt++) {
    const holder = holderOf(dir);
    if (holder && isAlive(holder.pid)) return holder;
    await setTimeout(25);
  }
  return holderOf(dir);
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It lives, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const holderFile = (dir: string): string => join(dir, 'bot.json');

const sqliteBusy = 5;
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;

/** For an error of the system: full, read-only, not ours. */
export const unusable = (dir: string, error: unknown): UserError =>
  new UserError('start.dir-unusable', { dir, reason: error instanceof Error ? error.message : String(error) });
