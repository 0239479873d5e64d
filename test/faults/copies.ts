import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { LongTiming } from '../../src/platforms/wecom/bot.ts';
import { spawnServer } from '../../src/store/private/binary.ts';
import { serverArguments } from '../../src/store/private/settings.ts';
import type { WecomServer } from '../fakes/wecom-server.ts';

/** As in production, at a tenth or less of its length. */
export const brisk = {
  line: { connectMs: 2_000, heartbeatMs: 18_000, probeMs: 300, probeAnswerMs: 300 },
  again: {
    ...{ firstMs: 50, slowestMs: 400, refusedMs: 400, stableMs: 300, yieldMs: 60_000 },
    kicked: { firstMs: 2_000, longestMs: 60_000, forgetMs: 120_000 },
  },
  turn: { leaseMs: 2_500, renewMs: 300, askMs: 100, marginMs: 700, handoverMs: 1_000 },
} as const satisfies LongTiming;

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
};

/** A Redis of its own, reached as an outside one. */
export const outsideRedis = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'rq-copies-'));
  const port = await freePort();
  const server = await spawnServer(serverArguments({ port: String(port), bind: '127.0.0.1', dir }), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!server?.stdout) throw new Error('there is no redis-server on PATH: npm run setup');
  for await (const line of createInterface(server.stdout)) if (line.includes('eady to accept connections')) break;
  server.stdout.resume();
  onTestFinished(async () => {
    server.kill('SIGKILL');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    await rm(dir, { recursive: true, force: true });
  });
  return { url: `redis://127.0.0.1:${port}`, signal: (name: NodeJS.Signals) => server.kill(name) };
};

export type CopyOfBot = {
  readonly process: ChildProcess;
  readonly said: readonly string[];
  readonly claimCode: string | null;
  /** What /readyz says of WeCom; null when nothing answers. */
  standing(): Promise<string | null>;
  end(signal: NodeJS.Signals): Promise<void>;
};

/** Starts copies of the bot on that Redis and that WeCom. */
export const copiesOn = (redis: { readonly url: string }, server: WecomServer) => {
  const start = async (timing: LongTiming = brisk, env: Record<string, string> = {}): Promise<CopyOfBot> => {
    const dir = await mkdtemp(join(tmpdir(), 'rq-copy-'));
    const child = spawn(process.execPath, [join(import.meta.dirname, 'copy.ts'), JSON.stringify(timing)], {
      env: {
        ...process.env,
        ...{ DATA_DIR: dir, PORT: '0', LOG_LEVEL: 'info', REDIS_URL: redis.url },
        ...{ WECOM_BOT_ID: server.account.botId, WECOM_BOT_SECRET: server.account.secret },
        ...{ WECOM_BOT_NAME: server.account.botName, WECOM_WS_URL: server.url },
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    child.stderr.on('data', (chunk) => said.push(String(chunk)));
    const lives = () => child.exitCode === null && child.signalCode === null;
    const end = async (signal: NodeJS.Signals) => {
      if (!lives()) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    };
    onTestFinished(async () => {
      await end('SIGKILL');
      await rm(dir, { recursive: true, force: true });
    });
    const url = await new Promise<string>((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        said.push(line);
        const found = line.includes('"ready"') ? /"url":"(http[^"]+)"/.exec(line)?.[1] : undefined;
        if (found) resolve(found);
      });
      child.once('exit', () => reject(new Error(`the copy did not start:\n${said.join('\n')}`)));
    });
    return {
      process: child,
      said,
      claimCode: /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(said.join('\n'))?.[0] ?? null,
      async standing() {
        const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_500) }).catch(() => null);
        const body = answer && ((await answer.json()) as { checks: Record<string, string> });
        return body?.checks.wecom ?? null;
      },
      end,
    };
  };
  return { start };
};

/** How often the platform told a connection that a newer one has taken its place. */
export const kicksIn = (server: WecomServer): number =>
  server.frames.filter(({ from, frame }) => from === 'server' && JSON.stringify(frame).includes('disconnected_event'))
    .length;
