import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { PlatformError, WINDOW_FULL } from '../src/errors.ts';
import { type Chat, chatKey, type PlatformName, text } from '../src/message.ts';
import { outbox } from '../src/outbox.ts';
import type { Platform, Post } from '../src/ports.ts';
import { keysIn } from '../src/store/keys.ts';
import { redisLimits } from '../src/store/limits.ts';
import { redisPosts } from '../src/store/posts.ts';
import { connect, ready } from '../src/store/redis.ts';
import { redisWaker } from '../src/store/waker.ts';
import { at } from '../test/values.ts';
import { silent } from './county.ts';
import { LATENCY_MS } from './posting-server.ts';
import { type Contestant, type Figures, inFlight, judged, race, ratio, told } from './rounds.ts';

const POSTS = 10_000;
const CONNECTIONS = 50;
/** Of a group's webhook robot. */
const WINDOW = { ms: 60_000, most: 20 };
const course = { warmUps: 1, rounds: 3, calls: 1, inFlight: 1 };

type Bench = { readonly socket: string; redisCpu(): Promise<number> };

/** 10,000 posts to as many groups of a platform 50 ms away: the outbox, and bare BullMQ with rate-limiter-flexible. */
export const posting = async ({ socket, redisCpu }: Bench): Promise<readonly string[]> => {
  const server = fork(new URL('./posting-server.ts', import.meta.url));
  const [port] = await once(server, 'message');
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const post = poster(agent, Number(port));
  const [ours, bare] = [await house(socket, post), await bull(socket, post)];
  try {
    const network = { name: 'the network alone', act: () => inFlight(POSTS, CONNECTIONS, () => post('')) };
    const [alone, outboxed, peer] = await race([network, ours, bare], course, redisCpu);
    if (!alone || !outboxed || !peer) throw new Error('a contestant is missing');
    const bound = (POSTS * LATENCY_MS * 1e3) / CONNECTIONS;
    const wall = ratio(
      outboxed.wall,
      outboxed.wall.map(() => bound),
    );
    const cpu = (of: Figures) => of.ours.map((value, i) => value + (of.redis[i] ?? 0) - (alone.ours[i] ?? 0));
    const spent = ratio(cpu(outboxed), cpu(peer));
    return [
      ...[alone, outboxed, peer].map((of) => told(perPost(of))),
      judged('10,000 posts ÷ network bound, time', wall, '≤ 1.20', wall <= 1.2),
      judged('queue and limiter ÷ bare BullMQ + rate-limiter-flexible, CPU', spent, '≤ 1.50', spent <= 1.5),
    ];
  } finally {
    await Promise.all([ours.close(), bare.close()]);
    agent.destroy();
    server.disconnect();
  }
};

const perPost = ({ name, wall, ours, redis }: Figures): Figures => {
  const each = (values: readonly number[]) => values.map((value) => value / POSTS);
  return { name, wall: each(wall), ours: each(ours), redis: each(redis) };
};

const poster = (agent: Agent, port: number) => (body: string) =>
  new Promise<void>((resolve, reject) => {
    const sent = request(
      { agent, host: '127.0.0.1', port, method: 'POST', path: '/cgi-bin/webhook/send' },
      (answer) => {
        answer.resume();
        answer.once('end', resolve);
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });

type Poster = ReturnType<typeof poster>;
type Party = Contestant & { close(): Promise<void> };

const chatOf = (n: number): Chat => ({ platform: 'wecom', kind: 'group', id: `g${n}` });

/** Counts down to the end of a round. */
const countdown = () => {
  let left = 0;
  let done = Promise.withResolvers<void>();
  return {
    set(count: number) {
      left = count;
      done = Promise.withResolvers<void>();
      return done.promise;
    },
    one() {
      left -= 1;
      if (left === 0) done.resolve();
    },
  };
};

const house = async (socket: string, post: Poster): Promise<Party> => {
  const redis = connect(socket, silent);
  await ready(redis, 5_000);
  const keys = keysIn('bench-posts');
  const limits = redisLimits(redis, keys, 'wecom');
  const count = countdown();
  const now = at('2026-11-23 10:00');
  const platform: Pick<Platform, 'send'> = {
    async send(chat, reply) {
      const waitMs = await limits.take([{ key: chatKey(chat), ...WINDOW }]);
      if (waitMs > 0) throw new PlatformError('wecom', WINDOW_FULL, 'retry', 'full', { waitMs });
      await post(JSON.stringify(reply));
      count.one();
    },
  };
  const box = outbox({
    posts: redisPosts(redis, keys, Date.now),
    waker: redisWaker(redis, keys, silent),
    platforms: new Map<PlatformName, Pick<Platform, 'send'>>([['wecom', platform]]),
    clock: () => now,
    realNow: Date.now,
    admission: { dayOf: () => 0, opensAt: async (_post, _place, from) => from },
    isMoot: async () => false,
    onRefused: async () => {},
    random: Math.random,
    log: silent,
  });
  box.start();
  let round = 0;
  return {
    name: 'the outbox',
    async act() {
      round += 1;
      const done = count.set(POSTS);
      const all = Array.from(
        { length: POSTS },
        (_, n): Post => ({
          id: `notice/${round}/${n}`,
          chat: chatOf(n),
          reply: text('请于今日17:00前报送日清'),
          delivery: 'atLeastOnce',
          notBefore: now,
          expiresAt: now.add({ hours: 12 }),
          source: null,
        }),
      );
      await box.enqueue(all);
      await done;
    },
    async close() {
      await box.stop();
      redis.disconnect();
    },
  };
};

const bull = async (socket: string, post: Poster): Promise<Party> => {
  const connection = new Redis({ path: socket, maxRetriesPerRequest: null });
  const queue = new Queue('posts', { connection, prefix: '{bare}' });
  const limiter = new RateLimiterRedis({ storeClient: connection, points: WINDOW.most, duration: WINDOW.ms / 1_000 });
  const count = countdown();
  const worker = new Worker(
    'posts',
    async ({ data }) => {
      await limiter.consume(data.chat);
      await post(JSON.stringify(data.reply));
      count.one();
    },
    { connection, prefix: '{bare}', concurrency: CONNECTIONS },
  );
  let round = 0;
  return {
    name: 'bare BullMQ + rate-limiter-flexible',
    async act() {
      round += 1;
      const done = count.set(POSTS);
      await queue.addBulk(
        Array.from({ length: POSTS }, (_, n) => ({
          name: 'post',
          data: { id: `notice/${round}/${n}`, chat: chatKey(chatOf(n)), reply: text('请于今日17:00前报送日清') },
          opts: { jobId: `notice-${round}-${n}`, removeOnComplete: true },
        })),
      );
      await done;
    },
    async close() {
      await worker.close();
      await queue.close();
      connection.disconnect();
    },
  };
};
