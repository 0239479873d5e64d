import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Log } from '../../src/ports.ts';
import { privateRedis } from '../../src/store/private-redis.ts';

/** An empty directory for the length of a test. */
export const tempDir = (prefix = 'rq-'): string => {
  const dir = mkdtempSync(join(tmpdir(), prefix));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

/** The pid of the server that serves `dir` now. */
export const serverPid = (dir: string): number => Number(readFileSync(join(dir, 'redis.pid'), 'utf8'));

/** A private Redis of one test's own, for faults that would disturb the others. */
export const ownRedis = async (log: Log = silent) => {
  const dir = tempDir();
  const { socket, stop } = await privateRedis({ dir, log });
  onTestFinished(stop);
  return { dir, socket, signal: (name: NodeJS.Signals) => process.kill(serverPid(dir), name) };
};

const nothing = () => {};
export const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => silent };

/** Resolves with the next line that `stream` brings and that contains `words`. */
export const lineWith = async (stream: NodeJS.ReadableStream, words: string): Promise<string> => {
  let text = '';
  for (;;) {
    const line = text.split('\n').find((part) => part.includes(words));
    if (line) return line;
    const [chunk] = await once(stream, 'data');
    text += String(chunk);
  }
};
