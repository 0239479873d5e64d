import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { keysIn } from '../../src/store/keys.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { connect, ready } from '../../src/store/redis.ts';
import { arrivals } from '../fakes/sliding-window.ts';
import { lineWith, ownRedis, silent } from '../store/own-redis.ts';
import { deliveryOf, perChat, perRobot } from './posting-limits.ts';

const CHATS = 500;
const EACH = 20;
/** Conversations that one copy has in hand at a time. */
const AT_ONCE = 100;
const posterFile = fileURLToPath(new URL('poster.ts', import.meta.url));

/** A platform that takes everything and counts when it came. */
const platform = async () => {
  const seen = arrivals();
  const came = new Map<string, string[]>();
  let count = 0;
  const server = createServer((request, response) => {
    const [, chat = '', id = ''] = (request.url ?? '').split('/').map(decodeURIComponent);
    seen.note(chat, performance.now());
    seen.note('all', performance.now());
    came.set(chat, [...(came.get(chat) ?? []), id]);
    count += 1;
    request.resume();
    setTimeout(() => response.end('{}'), 5);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, seen, came, count: () => count };
};

const fleet = async () => {
  const { socket, signal } = await ownRedis();
  const namespace = `p-${randomUUID().slice(0, 8)}`;
  const keys = keysIn(namespace);
  const redis = connect(socket, silent);
  await ready(redis, 5_000);
  onTestFinished(() => redis.disconnect());
  const wecom = await platform();

  /** A copy that brings posts for so many chats from `first` on. */
  const hire = async (first: number, chats: number): Promise<ChildProcess> => {
    const args = [posterFile, socket, namespace, wecom.port, first, chats, EACH].map(String);
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    if (child.stdout) await lineWith(child.stdout, 'added');
    return child;
  };
  const reach = (count: number) => expect.poll(wecom.count, { timeout: 90_000 }).toBeGreaterThanOrEqual(count);
  return { ...wecom, signal, keys, redis, hire, reach, posts: redisPosts(redis, keys, Date.now) };
};

/** Conversations whose holder has not been heard of for a while: the time of its lease ran out. */
const endOldLeases = async ({ redis, keys }: Awaited<ReturnType<typeof fleet>>) => {
  const found = await redis.keys(keys.chatLease('*').replace('%2A', '*'));
  for (const lease of found) if ((await redis.pttl(lease)) < 55_000) await redis.del(lease);
  return found.length;
};

test('10,000 posts within limits, one of two copies killed and Redis killed in the middle: in order, none lost, rankings never twice', async () => {
  const all = await fleet();
  const { signal, posts, redis, hire, reach, came, seen, count } = all;
  const [first] = await Promise.all([hire(0, CHATS / 2), hire(CHATS / 2, CHATS / 2)]);

  await reach(3_000);
  const before = count();
  first.kill('SIGKILL');
  await reach(before + 2_000);
  const down = once(redis, 'close');
  signal('SIGKILL');
  await down;
  await ready(redis, 10_000);
  expect(count()).toBeLessThan(CHATS * EACH - 500);

  await wait(6_000);
  const isOver = async () => {
    await endOldLeases(all);
    const states = (await posts.list()).map(({ state }) => state);
    return states.filter((state) => state === 'queued' || state === 'sending').length;
  };
  await expect.poll(isOver, { timeout: 90_000, interval: 500 }).toBe(0);

  expect(seen.worst(perChat.ms, 'g')).toBeLessThanOrEqual(perChat.most);
  expect(seen.worst(perRobot.ms, 'all')).toBeLessThanOrEqual(perRobot.most);

  const left = await posts.list();
  expect(left.filter(({ state }) => state !== 'unknown')).toEqual([]);
  const unknown = new Set(left.map(({ id }) => id));
  expect(unknown.size).toBeLessThanOrEqual(AT_ONCE);
  let twice = 0;
  for (let chat = 0; chat < CHATS; chat++) {
    const got = came.get(`g${chat}`) ?? [];
    const ids = Array.from({ length: EACH }, (_, n) => `${chat}/${n}`);
    const kept = got.filter((id, i) => got.indexOf(id) === i);
    // In order, each; what may be missing is listed.
    expect(kept).toEqual(ids.filter((id) => kept.includes(id)));
    for (const id of ids) if (!kept.includes(id)) expect(unknown).toContain(id);
    if (deliveryOf(chat) === 'atMostOnce') expect(got).toEqual(kept);
    else expect(kept).toEqual(ids);
    twice += got.length - kept.length;
  }
  // A reminder may come again that was on its way when its copy died.
  expect(twice).toBeLessThanOrEqual(AT_ONCE);
}, 240_000);

test('the queue flushed in the middle loses nothing and sends nothing twice', async () => {
  const { redis, keys, hire, reach, posts, count, came } = await fleet();
  await hire(0, 150);
  const { prefix, name } = keys.drainQueue();
  await reach(500);
  const found = await redis.keys(`${prefix}:${name}:*`);
  expect(found.length).toBeGreaterThan(0);
  await redis.unlink(...found);
  await expect.poll(async () => (await posts.list()).length, { timeout: 60_000, interval: 200 }).toBe(0);
  expect(count()).toBe(150 * EACH);
  for (const [, got] of came) expect(new Set(got).size).toBe(EACH);
}, 120_000);
