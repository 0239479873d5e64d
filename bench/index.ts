/**
 * `npm run bench`: everything in one go; prints ratios, which is what counts on a noisy machine. Each part has a process
 * and a Redis of its own: what one leaves behind would slow the next. `npm run bench -- missing` runs that part alone.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { privateRedis } from '../src/store/private-redis.ts';
import { connect, ready } from '../src/store/redis.ts';
import { boards } from './boards.ts';
import { callbacks } from './callback.ts';
import { silent } from './county.ts';
import { digests } from './digests.ts';
import { filing } from './filing.ts';
import { growth } from './growth.ts';
import { importing } from './import.ts';
import { liveBoard } from './live-board.ts';
import { memory } from './memory.ts';
import { missing } from './missing.ts';
import { picturing } from './pictures.ts';
import { posting } from './posting.ts';
import { start } from './start.ts';
import { workbooks } from './workbook.ts';

/** Units whose digests are made. */
const CITY = 10_000;

/** `redisCpu`: seconds of CPU that Redis has used. */
type Bench = { readonly redis: Redis; readonly socket: string; redisCpu(): Promise<number> };

const parts = new Map<string, (bench: Bench) => Promise<readonly string[]>>([
  ['filing', filing],
  ['memory', ({ redis }) => memory(redis)],
  ['missing', missing],
  ['growth', growth],
  ['digests', ({ redis }) => digests(redis, CITY)],
  ['import', ({ socket }) => importing(socket)],
  ['boards', boards],
  ['live-board', liveBoard],
  ['workbook', workbooks],
  ['pictures', picturing],
  ['callback', callbacks],
  ['posting', posting],
  ['start', start],
]);

const run = async (part: (bench: Bench) => Promise<readonly string[]>) => {
  const dir = await mkdtemp(join(tmpdir(), 'rq-bench-'));
  const server = await privateRedis({ dir, log: silent });
  const redis = connect(server.socket, silent);
  await ready(redis, 5_000);
  const redisCpu = async () => {
    const info = await redis.info('cpu');
    return ['used_cpu_user', 'used_cpu_sys'].reduce(
      (sum, name) => sum + Number(new RegExp(`${name}:([\\d.]+)`).exec(info)?.[1]),
      0,
    );
  };
  try {
    for (const line of await part({ redis, socket: server.socket, redisCpu })) console.log(line);
  } finally {
    redis.disconnect();
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
};

const [asked] = process.argv.slice(2);
const part = asked === undefined ? undefined : parts.get(asked);
if (part) {
  await run(part);
} else if (asked === undefined) {
  for (const name of parts.keys()) {
    const child = spawn(process.execPath, [import.meta.filename, name], { stdio: 'inherit' });
    const [code] = await once(child, 'exit');
    if (code !== 0) process.exitCode = 1;
  }
} else {
  console.error(`No part is called ${asked}. There are: ${[...parts.keys()].join(', ')}.`);
  process.exitCode = 1;
}
