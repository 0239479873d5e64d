import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { Copy, Held } from '../../src/ports.ts';
import { redisConnections } from '../../src/store/connections.ts';
import { keysIn } from '../../src/store/keys.ts';

const terms = { leaseMs: 60_000, handoverMs: 60_000 };
const rest = { firstMs: 60_000, longestMs: 900_000, forgetMs: 1_800_000 };
const [a, b] = ['a', 'b'].map((id): Copy => ({ id, where: `host-${id} #1`, process: `p${id}` })) as [Copy, Copy];

const house = () => {
  const redis = new Redis(inject('redis'));
  onTestFinished(() => redis.disconnect());
  const keys = keysIn(randomUUID());
  const connections = redisConnections(redis, keys);
  const of = keys.connection('line');
  /** As when its time has passed. */
  const pass = (key: 'lease' | 'moved' | 'rest' | 'kicks') => redis.del(of[key]);
  const hold = (copy: Copy, over = {}, gone?: string) => connections.hold('line', copy, { ...terms, ...over }, gone);
  return { ...connections, hold, pass };
};
const tokenOf = (held: Held) => ('token' in held ? held.token : null);

test('one copy holds it, keeps it under the same token, and others are told how long', async () => {
  const { hold } = house();
  expect(await hold(a)).toEqual({ token: 1 });
  expect(await hold(a)).toEqual({ token: 1 });
  const held = await hold(b);
  expect('heldMs' in held && held.heldMs).toBeGreaterThan(59_000);
});

test('a lease ends by itself, and whoever comes next has a higher token', async () => {
  const { hold } = house();
  await hold(a, { leaseMs: 20 });
  await wait(30);
  expect(await hold(b)).toEqual({ token: 2 });
  expect('heldMs' in (await hold(a))).toBe(true);
});

test('the one whose lease ran out gives back nothing', async () => {
  const { hold, giveBack, pass, look } = house();
  const old = tokenOf(await hold(a)) ?? 0;
  await pass('lease');
  await hold(b);
  await giveBack('line', old, rest);
  expect(await look('line')).toEqual({ where: 'host-b #1', restMs: 0 });
});

test('a minute lies between two changes of copies', async () => {
  const { hold, pass } = house();
  await hold(a);
  await pass('lease');
  expect(tokenOf(await hold(b))).toBe(2);
  await pass('lease');
  const held = await hold(a);
  expect('restMs' in held && held.restMs).toBeGreaterThan(59_000);
  // Whoever had it last may go on.
  expect(tokenOf(await hold(b))).toBe(3);
  await pass('lease');
  await pass('moved');
  expect(tokenOf(await hold(a))).toBe(4);
});

test('whoever goes by himself is followed at once, however often', async () => {
  const { hold, giveBack } = house();
  for (let token = 1; token <= 6; token += 2) {
    expect(await hold(a)).toEqual({ token });
    await giveBack('line', token, null);
    expect(await hold(b)).toEqual({ token: token + 1 });
    await giveBack('line', token + 1, null);
  }
});

test('one that has surely ended is followed at once, and by name alone', async () => {
  const { hold } = house();
  await hold(a);
  expect(await hold(b)).toMatchObject({ by: { id: 'a', process: 'pa' } });
  expect('heldMs' in (await hold(b, {}, 'somebody else'))).toBe(true);
  expect(await hold(b, {}, 'a')).toEqual({ token: 2 });
  // Told again after a lost answer.
  expect(await hold(b, {}, 'a')).toEqual({ token: 2 });
  expect(await hold(a, {}, 'b')).toEqual({ token: 3 });
});

test('after a kick nobody connects for a minute, then for two, up to a quarter of an hour', async () => {
  const { hold, giveBack, pass, look } = house();
  const pauses: number[] = [];
  for (let kick = 1; kick <= 7; kick += 1) {
    const token = tokenOf(await hold(a)) ?? 0;
    await giveBack('line', token, rest);
    // Asked again after a lost answer, it is the same kick.
    await giveBack('line', token, rest);
    expect('restMs' in (await hold(b))).toBe(true);
    expect('restMs' in (await hold(a))).toBe(true);
    pauses.push(Math.ceil((await look('line')).restMs / 60_000));
    await pass('rest');
  }
  expect(pauses).toEqual([1, 2, 4, 8, 15, 15, 15]);
  await pass('kicks');
  await giveBack('line', tokenOf(await hold(a)) ?? 0, rest);
  expect((await look('line')).restMs).toBeLessThanOrEqual(60_000);
});

test('of two that ask at once one holds it', async () => {
  const { hold } = house();
  const all = await Promise.all(Array.from({ length: 50 }, (_, n) => hold({ id: String(n), where: '', process: '' })));
  expect(all.filter((held) => 'token' in held)).toHaveLength(1);
});

test('bots of different ids, and an id full of marks, keep out of each other’s way', async () => {
  const redis = new Redis(inject('redis'));
  onTestFinished(() => redis.disconnect());
  const connections = redisConnections(redis, keysIn(randomUUID()));
  expect(await connections.hold('x:{y}*', a, terms)).toEqual({ token: 1 });
  expect(await connections.hold('x:{y', b, terms)).toEqual({ token: 1 });
});
