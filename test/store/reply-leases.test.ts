import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, expect, inject, test } from 'vitest';
import { Unconfirmed } from '../../src/errors.ts';
import { keysIn } from '../../src/store/keys.ts';
import { LEASE_MS, redisReplyLeases } from '../../src/store/reply-leases.ts';

const redis = new Redis(inject('redis'));
afterAll(() => redis.disconnect());

const HOUR_MS = 3_600_000;
const noon = Date.UTC(2026, 10, 20, 12);

/** Copies of the bot on one Redis, with a clock of real time to move. */
const house = () => {
  const namespace = randomUUID();
  const clock = { now: noon };
  const copy = () => redisReplyLeases(redis, keysIn(namespace), () => clock.now);
  return { namespace, clock, copy };
};

test('of many deliveries at once, to several copies, one may post', async () => {
  const { copy } = house();
  const copies = [copy(), copy(), copy()];
  const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => copies[i % 3]?.claim('m1')));
  expect(answers.filter((answer) => answer === 'go')).toHaveLength(1);
  expect(answers.filter((answer) => answer === 'busy')).toHaveLength(29);
});

test('replies do not stand in each other’s way', async () => {
  const leases = house().copy();
  expect(await leases.claim('m1')).toBe('go');
  expect(await leases.claim('m2')).toBe('go');
});

test('a poster that died is replaced when its lease ends, not before', async () => {
  const { clock, copy } = house();
  const leases = copy();
  await leases.claim('m1');
  clock.now += LEASE_MS - 1;
  expect(await leases.claim('m1')).toBe('busy');
  clock.now += 1;
  expect(await leases.claim('m1')).toBe('go');
});

test('a lease given back is the next one’s at once; what was sent is not given back', async () => {
  const leases = house().copy();
  await leases.claim('m1');
  await leases.giveBack('m1');
  expect(await leases.claim('m1')).toBe('go');
  await leases.sent('m1');
  await leases.giveBack('m1');
  expect(await leases.claim('m1')).toBe('sent');
});

test('what was sent stays sent for 48 hours, over midnight and over two', async () => {
  const { clock, copy } = house();
  const leases = copy();
  await leases.claim('m1');
  await leases.sent('m1');
  for (const hours of [1, 12, 24, 47]) {
    clock.now = noon + hours * HOUR_MS;
    expect(await leases.claim('m1')).toBe('sent');
  }
});

test('a lease taken before midnight is recorded as sent after it', async () => {
  const { clock, copy } = house();
  const leases = copy();
  clock.now = Date.UTC(2026, 10, 20, 23, 59, 59);
  await leases.claim('m1');
  clock.now += 5_000;
  await leases.sent('m1');
  clock.now += LEASE_MS;
  expect(await leases.claim('m1')).toBe('sent');
});

test('no key is kept without an end, and none holds the message id', async () => {
  const { namespace, copy } = house();
  const leases = copy();
  await Promise.all(Array.from({ length: 50 }, (_, i) => leases.claim(`wecom:group:g1/m${i}`)));
  await leases.sent('never claimed');
  const names = await redis.keys(`${namespace}:*`);
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    expect(await redis.ttl(name)).toBeGreaterThan(48 * 3_600);
    expect(name).toMatch(/:\{r:[0-9a-f]{2}\}:\d+$/);
    for (const field of await redis.hkeysBuffer(name)) expect(field).toHaveLength(8);
  }
});

test('says that nothing is confirmed when Redis is gone', async () => {
  const gone = new Redis({
    path: '/nowhere.sock',
    lazyConnect: true,
    retryStrategy: () => null,
    enableOfflineQueue: false,
  });
  gone.on('error', () => {});
  const leases = redisReplyLeases(gone, keysIn('x'), () => noon);
  await expect(leases.claim('m1')).rejects.toThrow(Unconfirmed);
});
