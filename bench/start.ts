import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import project from '../package.json' with { type: 'json' };
import { spawnServer } from '../src/store/private/binary.ts';
import { serverArguments } from '../src/store/private/settings.ts';
import { judged, median, ratio } from './rounds.ts';

const ROUNDS = 11;

/** From the start of the process to ready, with Redis already up, against Node with ioredis alone. */
export const start = async (): Promise<readonly string[]> => {
  const redis = await outsideRedis();
  const bare = `import { Redis } from 'ioredis'; const redis = new Redis(${redis.port});
    redis.once('ready', () => { console.log('ready'); redis.disconnect(); });`;
  const env = {
    ...process.env,
    REDIS_URL: `redis://127.0.0.1:${redis.port}`,
    DATA_DIR: redis.dir,
    PLAYGROUND: 'off',
    PORT: '0',
    LOCALE: 'en',
  };
  const [, ...asNpmDoes] = project.scripts.start.split(' ');
  const times = { bare: [] as number[], bot: [] as number[], answered: [] as number[] };
  try {
    // The first start of each reads files that no start has read before.
    for (let round = -1; round < ROUNDS; round += 1) {
      const took = {
        bare: await timesOf(['--input-type=module', '-e', bare], env),
        bot: await timesOf(asNpmDoes, env),
      };
      if (round < 0) continue;
      times.bare.push(took.bare.ready);
      times.bot.push(took.bot.ready);
      times.answered.push(took.bot.answered);
    }
  } finally {
    await redis.stop();
  }
  const longer = ratio(times.bot, times.bare);
  return [
    `     start to ready: bare Node + ioredis ${median(times.bare).toFixed(0)} ms, the bot ${median(times.bot).toFixed(0)} ms, its first answer ${median(times.answered).toFixed(0)} ms`,
    judged('start to ready ÷ bare', longer, '≤ 2.00', longer <= 2),
  ];
};

/** A server that is not the bot's own, as DATA_DIR's would be: on loopback, with the same settings. */
const outsideRedis = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'rq-bench-'));
  const port = await freePort();
  const server = await spawnServer(serverArguments({ dir, port: `${port}`, bind: '127.0.0.1' }), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!server?.stdout) throw new Error('no redis-server on the PATH');
  await lineWith(server.stdout, 'eady to accept connections');
  server.stdout.resume();
  return {
    port,
    dir,
    async stop() {
      server.kill();
      await once(server, 'exit');
      await rm(dir, { recursive: true });
    },
  };
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

const lineWith = async (stream: NodeJS.ReadableStream, words: string): Promise<string> => {
  for await (const line of createInterface(stream)) if (line.includes(words)) return line;
  throw new Error(`ended before it said ${words}`);
};

/**
 * ms until the process prints a line with the word ready, and, where that names an address, until it answers there; it
 * is ended then.
 */
const timesOf = async (args: readonly string[], env: NodeJS.ProcessEnv) => {
  const from = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const line = await lineWith(child.stdout, 'ready');
    const ready = performance.now() - from;
    const [url] = /http:[^"]+/.exec(line) ?? [];
    if (url && !(await fetch(`${url}/readyz`)).ok) throw new Error('it said ready and is not');
    return { ready, answered: performance.now() - from };
  } finally {
    child.kill();
    if (child.exitCode === null) await once(child, 'exit');
  }
};
