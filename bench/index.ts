/**
 * `npm run bench`: everything in one go, on a Redis of its own; prints ratios, which is what counts on a noisy machine.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateRedis } from '../src/store/private-redis.ts';
import { connect, ready } from '../src/store/redis.ts';
import { silent } from './county.ts';
import { digests } from './digests.ts';
import { filing } from './filing.ts';
import { growth } from './growth.ts';
import { importing } from './import.ts';
import { memory } from './memory.ts';
import { missing } from './missing.ts';
import { start } from './start.ts';

/** Units whose digests are made. */
const CITY = 10_000;

const dir = await mkdtemp(join(tmpdir(), 'rq-bench-'));
const server = await privateRedis({ dir, log: silent });
const redis = connect(server.socket, silent);
await ready(redis, 5_000);
/** Seconds of CPU that Redis has used. */
const redisCpu = async () => {
  const info = await redis.info('cpu');
  return ['used_cpu_user', 'used_cpu_sys'].reduce(
    (sum, name) => sum + Number(new RegExp(`${name}:([\\d.]+)`).exec(info)?.[1]),
    0,
  );
};

try {
  const bench = { redis, socket: server.socket, redisCpu };
  const parts = [
    () => filing(bench),
    () => memory(redis),
    () => missing(bench),
    () => growth(bench),
    () => digests(redis, CITY),
    () => importing(server.socket),
    start,
  ];
  for (const part of parts) {
    for (const line of await part()) console.log(line);
    await redis.flushall();
  }
} finally {
  redis.disconnect();
  await server.stop();
  await rm(dir, { recursive: true, force: true });
}
