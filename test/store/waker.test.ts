import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { keysIn } from '../../src/store/keys.ts';
import { connect, ready } from '../../src/store/redis.ts';
import { redisWaker } from '../../src/store/waker.ts';
import { diary } from '../engine.ts';
import { ledger } from '../values.ts';

const redis = connect(inject('redis'), ledger().log);
beforeAll(() => ready(redis, 5_000));
afterAll(() => redis.disconnect());

/** Copies of the bot on one queue. */
const house = () => {
  const keys = keysIn(`w-${randomUUID().slice(0, 8)}`);
  const { log, lines } = diary();
  const copy = (drain: (chat: string) => Promise<unknown> = async () => {}, atOnce = 10) => {
    const drained: string[] = [];
    const waker = redisWaker(redis, keys, log);
    waker.start(async (chat) => {
      drained.push(chat);
      await drain(chat);
    }, atOnce);
    onTestFinished(() => waker.stop());
    return { waker, drained };
  };
  const { prefix, name } = keys.drainQueue();
  return { keys, lines, copy, left: () => redis.keys(`${prefix}:${name}:*`) };
};

test('a conversation that is told of is drained, whatever its id is made of, and its job is forgotten', async () => {
  const { copy, left, lines } = house();
  const { waker, drained } = copy();
  const chats = ['wecom:group:a b', '{x}:*', '12', '王小明'];
  waker.wake(chats);
  await expect.poll(() => drained.toSorted()).toEqual(chats.toSorted());
  waker.wake(['12']);
  await expect.poll(() => drained.filter((chat) => chat === '12')).toHaveLength(2);
  await waker.stop();
  const kinds = (await left()).map((key) => key.split(':').at(-1));
  expect(kinds.filter((kind) => !/^(meta|id|events|marker|stalled-check)$/.test(kind ?? ''))).toEqual([]);
  expect(lines).toEqual([]);
});

test('told ten times while it waits for its turn, a conversation is drained once', async () => {
  const { copy } = house();
  const gate = Promise.withResolvers<void>();
  const { waker, drained } = copy(() => gate.promise, 1);
  waker.wake(['first']);
  await expect.poll(() => drained).toEqual(['first']);
  for (let i = 0; i < 10; i++) waker.wake(['second']);
  waker.wake(['third']);
  await wait(100);
  gate.resolve();
  await expect.poll(() => drained).toEqual(['first', 'second', 'third']);
});

test('told for later, it is drained then and not before', async () => {
  const { copy } = house();
  const { waker, drained } = copy();
  waker.wake(['now']);
  await expect.poll(() => drained).toEqual(['now']);
  const told = performance.now();
  waker.wake(['later'], 300);
  await expect.poll(() => drained, { interval: 5 }).toEqual(['now', 'later']);
  expect(performance.now() - told).toBeGreaterThanOrEqual(300);
});

test('two copies share the work', async () => {
  const { copy } = house();
  const [one, two] = [copy(() => wait(20), 2), copy(() => wait(20), 2)];
  two.waker.wake(['warm-up']);
  await expect.poll(() => one.drained.length + two.drained.length).toBe(1);
  const chats = Array.from({ length: 40 }, (_, i) => `g${i}`);
  one.waker.wake(chats);
  await expect.poll(() => one.drained.length + two.drained.length, { timeout: 5_000 }).toBe(41);
  expect(one.drained.length).toBeGreaterThan(5);
  expect(two.drained.length).toBeGreaterThan(5);
});

test('a queue that was flushed in the middle takes what it is told next', async () => {
  const { copy, left } = house();
  const gate = Promise.withResolvers<void>();
  const { waker, drained } = copy(() => gate.promise, 1);
  waker.wake(['a', 'b', 'c']);
  await expect.poll(() => drained).toHaveLength(1);
  await redis.unlink(...(await left()));
  gate.resolve();
  waker.wake(['d']);
  await expect.poll(() => drained.includes('d'), { timeout: 8_000 }).toBe(true);
});

test('a drain that fails is forgotten too, and nothing is handed out after the stop', async () => {
  const { copy, left } = house();
  const { waker, drained } = copy(async () => {
    throw new Error('no');
  });
  waker.wake(['a']);
  await expect.poll(() => drained).toEqual(['a']);
  await expect.poll(async () => (await left()).filter((key) => /:(a|active|failed)$/.test(key))).toEqual([]);
  await waker.stop();
  waker.wake(['b']);
  await wait(50);
  expect(drained).toEqual(['a']);
});
