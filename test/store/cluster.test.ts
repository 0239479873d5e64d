import { once } from 'node:events';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PlatformError, Unconfirmed, WINDOW_FULL } from '../../src/errors.ts';
import { outbox } from '../../src/outbox.ts';
import { clusterNodes } from '../../src/store/cluster.ts';
import { keysIn } from '../../src/store/keys.ts';
import { redisLimits } from '../../src/store/limits.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { spawnServer } from '../../src/store/private/binary.ts';
import { confirmed, connect, ready, script } from '../../src/store/redis.ts';
import { findingsOf } from '../../src/store/redis-checks.ts';
import { redisWaker } from '../../src/store/waker.ts';
import { chatOf, diary, post } from '../engine.ts';
import { at } from '../values.ts';
import { silent, tempDir } from './own-redis.ts';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
};

/** One master of a cluster; `start` again after `kill` finds its slots and data. */
const node = async () => {
  const [port, busPort, dir] = [await freePort(), await freePort(), tempDir()];
  const settings = `--port ${port} --cluster-port ${busPort} --bind 127.0.0.1 --cluster-enabled yes --dir ${dir}`;
  const start = async () => {
    const args = [...settings.split(' '), '--appendonly', 'yes', '--cluster-node-timeout', '1000'];
    const started = await spawnServer(args, { stdio: 'ignore' });
    if (!started) throw new Error('there is no redis-server on PATH');
    return started;
  };
  let server = await start();
  const end = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  onTestFinished(end);
  const own = new Redis(port, '127.0.0.1');
  own.on('error', () => {});
  onTestFinished(() => own.disconnect());
  return {
    port,
    busPort,
    ask: (command: string, ...args: (string | number)[]) => own.call('CLUSTER', command, ...args),
    kill: end,
    async restart() {
      server = await start();
    },
  };
};

const twoMasters = async () => {
  const [a, b] = [await node(), await node()];
  await a.ask('ADDSLOTSRANGE', 0, 8191);
  await b.ask('ADDSLOTSRANGE', 8192, 16383);
  await a.ask('MEET', '127.0.0.1', b.port, b.busPort);
  const isWhole = async () => {
    for (const { ask } of [a, b]) expect(String(await ask('INFO'))).toContain('cluster_state:ok');
  };
  await vi.waitFor(isWhole, { timeout: 15_000, interval: 50 });
  return { a, b };
};

test('a cluster’s address names its first nodes and the login', () => {
  expect(clusterNodes('redis+cluster://a:1,[::1]:2')).toEqual({
    nodes: [
      { host: 'a', port: 1 },
      { host: '::1', port: 2 },
    ],
  });
  expect(clusterNodes('redis+cluster://rq:p%40ss@a:1')).toEqual({
    nodes: [{ host: 'a', port: 1 }],
    username: 'rq',
    password: 'p@ss',
  });
});

test('scripts run on whichever node holds their slot; a lost node confirms nothing until it is back', async () => {
  const { a, b } = await twoMasters();
  const redis = connect(`redis+cluster://127.0.0.1:${a.port}`, silent);
  onTestFinished(() => redis.disconnect());
  await ready(redis, 10_000);

  const concerns = async (client: Redis) => (await findingsOf(client)).map(({ key }) => key);
  expect(await concerns(redis)).toEqual(['redis.fsync-late']);
  const alone = connect(`redis://127.0.0.1:${a.port}`, silent);
  onTestFinished(() => alone.disconnect());
  await ready(alone, 5_000);
  expect(await concerns(alone)).toContain('redis.is-cluster');

  // Found, wherever the keys lie: it complains of the arguments.
  const call = script(redis, 'change', ['lib-log']);
  for (const unit of ['u1', 'u2', 'u3', 'u4']) {
    await expect(call([`{u:${unit}}:log`, ...'abcd'.split('').map((k) => `{u:${unit}}:${k}`)], [])).rejects.toThrow(
      /user_script/,
    );
  }
  // The slot of `{b}` is 3300, that of `{a}` is 15495.
  await redis.set('{a}', 'on the second');
  await redis.set('{b}', 'on the first');

  await b.kill();
  await expect(confirmed(redis.set('{a}', 'lost'))).rejects.toBeInstanceOf(Unconfirmed);
  await b.restart();
  await vi.waitFor(async () => expect(await confirmed(redis.get('{a}'))).toBe('on the second'), 15_000);
  expect(await confirmed(redis.get('{b}'))).toBe('on the first');
}, 30_000);

test('posts go out over a cluster: their queue, their limits and what is due each lie in one slot', async () => {
  const { a } = await twoMasters();
  const redis = connect(`redis+cluster://127.0.0.1:${a.port}`, silent);
  onTestFinished(() => redis.disconnect());
  await ready(redis, 10_000);
  const keys = keysIn('posting');
  const limits = redisLimits(redis, keys, 'wecom');
  const sent: string[] = [];
  const { log, lines } = diary();
  const box = outbox({
    posts: redisPosts(redis, keys, Date.now),
    waker: redisWaker(redis, keys, log),
    platforms: new Map([
      [
        'playground',
        {
          async send({ id: chat }, _reply, id) {
            const waitMs = await limits.take([
              { key: chat, ms: 400, most: 2 },
              { key: 'all', ms: 60_000, most: 1_000 },
            ]);
            if (waitMs > 0) throw new PlatformError('wecom', WINDOW_FULL, 'retry', 'full', { waitMs });
            sent.push(id);
          },
        },
      ],
    ]),
    clock: () => at('2026-11-23 10:00'),
    realNow: Date.now,
    admission: { dayOf: () => 0, opensAt: async (_post, _place, from) => from },
    isMoot: async () => false,
    onRefused: async () => {},
    random: Math.random,
    log,
  });
  box.start();
  onTestFinished(box.stop);
  const all = Array.from({ length: 60 }, (_, n) => post({ id: `p${n}`, chat: chatOf(`g${n % 20}`) }));
  await box.enqueue(all);
  await expect.poll(() => sent.length, { timeout: 15_000 }).toBe(60);
  expect(new Set(sent).size).toBe(60);
  expect(lines.filter(({ message }) => !message.startsWith('post waits'))).toEqual([]);
}, 40_000);
