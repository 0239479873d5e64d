import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { judged, median } from './rounds.ts';

const ROUNDS = 7;

/** From the start of the process to ready, with Redis already up, against Node with ioredis alone. */
export const start = async (socket: string): Promise<string[]> => {
  const bare = `import { Redis } from 'ioredis'; const r = new Redis({ path: ${JSON.stringify(socket)} });
    r.once('ready', () => { console.log('ready'); r.disconnect(); });`;
  const env = {
    ...process.env,
    REDIS_URL: socket,
    PLAYGROUND: 'off',
    PORT: '0',
    LOG_LEVEL: 'info',
    NODE_ENV: 'production',
  };
  const contestants: [string, string[]][] = [
    ['bare', ['--input-type=module', '-e', bare]],
    ['bot', ['src/main.ts']],
  ];
  const times = new Map<string, number[]>(contestants.map(([name]) => [name, []]));
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [name, args] of contestants) {
      const ms = await timeToReady(args, env);
      if (round >= 0) times.get(name)?.push(ms);
    }
  }
  const [floor, bot] = contestants.map(([name]) => median(times.get(name) ?? []));
  const ratio = (bot ?? Number.NaN) / (floor ?? Number.NaN);
  return [
    `     start to ready: bare Node + ioredis ${floor?.toFixed(0)} ms, the bot ${bot?.toFixed(0)} ms`,
    judged('start to ready ÷ bare', ratio, '≤ 2.00', ratio <= 2),
  ];
};

/** ms until the process prints a line with the word ready; it is ended then. */
const timeToReady = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
  const from = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of createInterface(child.stdout)) {
      if (line.includes('ready')) return performance.now() - from;
    }
    throw new Error(`${args.join(' ')} ended before it was ready`);
  } finally {
    child.kill();
    if (child.exitCode === null) await once(child, 'exit');
  }
};
