import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import project from '../../package.json' with { type: 'json' };

export type Bot = {
  readonly process: ChildProcess;
  readonly url: string;
  /** What the log told the first administrator; null when there is one. */
  readonly claimCode: string | null;
};

/** A whole bot as `npm start` runs it, on a directory of its own; what is left of it ends with the test, or `atEnd`. */
export const bots = async (atEnd: (end: () => Promise<void>) => void = onTestFinished) => {
  const dir = await mkdtemp(join(tmpdir(), 'rq-bot-'));
  const living = new Set<ChildProcess>();

  const start = async (env: Record<string, string> = {}): Promise<Bot> => {
    const child = spawn(process.execPath, project.scripts.start.split(' ').slice(1), {
      env: { ...process.env, DATA_DIR: dir, PORT: '0', LOG_LEVEL: 'info', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    living.add(child);
    child.once('exit', () => living.delete(child));
    const said: string[] = [];
    child.stderr.on('data', (chunk) => said.push(String(chunk)));
    const url = await new Promise<string | undefined>((resolve) => {
      createInterface(child.stdout).on('line', (line) => {
        said.push(line);
        const found = /"url":"(http[^"]+)"/.exec(line)?.[1];
        if (found) resolve(found);
      });
      child.once('exit', () => resolve(undefined));
    });
    if (url) {
      // By its first answer the log has told all that it tells at a start.
      await fetch(`${url}/healthz`);
      return { process: child, url, claimCode: /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(said.join('\n'))?.[0] ?? null };
    }
    throw new Error(`the bot did not start:\n${said.join('\n')}`);
  };

  atEnd(async () => {
    // Gently: a bot that is asked to stop takes its Redis along. One that was killed left it to the next.
    const last = living.values().next().value ?? (await start()).process;
    last.kill('SIGTERM');
    if (last.exitCode === null) await once(last, 'exit');
    await rm(dir, { recursive: true, force: true });
  });
  return { dir, start };
};

/** Asks the playground's interface. A connection that breaks is status 0. */
export const call = async (url: string, path: string, body?: unknown) => {
  try {
    const response = await fetch(`${url}/playground/api/${path}`, {
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
    return {
      status: response.status,
      body: (await response.json()) as { replies?: { text: string }[]; claimCode?: string },
    };
  } catch {
    return { status: 0, body: {} };
  }
};

/** An empty county with one bound group. */
export const bindOneGroup = async (url: string): Promise<void> => {
  const { body } = await call(url, 'reset', { seed: 'empty' });
  await call(url, 'messages', { chat: 'g1', sender: 'boss', text: `/认领 ${body.claimCode}` });
  await call(url, 'messages', { chat: 'g1', sender: 'boss', text: '/绑定 城关镇' });
};
