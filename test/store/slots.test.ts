import { expect, test } from 'vitest';
import { minuteOf, slotId } from '../../src/domain/slot.ts';
import { minute, place, redis, slot } from '../engine.ts';

const LEASE_MS = 60_000;
const nine = slot('2026-11-23 09:00');
const begin = minuteOf(minute('2026-11-23 08:00'));

const born = async () => {
  const { keys, slots } = place();
  await slots.settled(begin);
  return { keys, slots };
};

test('the first call ever settles all that was before; later ones change nothing', async () => {
  const { slots } = place();
  expect(await slots.settled(begin)).toEqual({ until: begin, done: new Set() });
  expect(await slots.settled(begin + 500)).toEqual({ until: begin, done: new Set() });
});

test('of several copies that want a slot at once, one gets it', async () => {
  const { slots } = await born();
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => slots.lease([nine], holder, LEASE_MS)));
  expect(answers.flat().filter((answer) => answer === 'held')).toHaveLength(3);
});

test('a lease asked for again, because the answer was lost, is the same lease', async () => {
  const { keys, slots } = await born();
  const [token] = await slots.lease([nine], 'a', 1_000);
  expect(await slots.lease([nine], 'a', LEASE_MS)).toEqual([token]);
  expect(await redis.pttl(keys.slotLease(slotId(nine)))).toBeGreaterThan(1_000);
});

test('every lease given anew has a higher token', async () => {
  const { keys, slots } = await born();
  const [first] = await slots.lease([nine], 'a', LEASE_MS);
  await redis.del(keys.slotLease(slotId(nine))); // its time ran out
  const [second] = await slots.lease([nine], 'b', LEASE_MS);
  expect(second).toBeGreaterThan(Number(first));
});

test('whoever outlived the lease can record nothing', async () => {
  const { keys, slots } = await born();
  const [stale] = await slots.lease([nine], 'a', LEASE_MS);
  await redis.del(keys.slotLease(slotId(nine)));
  const late = { slot: nine, token: Number(stale), outcome: 'done' } as const;
  expect(await slots.settle([late])).toEqual([false]);

  const [token] = await slots.lease([nine], 'b', LEASE_MS);
  expect(await slots.settle([late])).toEqual([false]);
  expect((await slots.settled(begin)).done).toEqual(new Set());
  expect(await slots.settle([{ ...late, token: Number(token) }])).toEqual([true]);
  expect((await slots.settled(begin)).done).toEqual(new Set([slotId(nine)]));
});

test('a settled slot is leased to nobody, before and after the minute that settles all passes it', async () => {
  const { keys, slots } = await born();
  const [token] = await slots.lease([nine], 'a', LEASE_MS);
  await slots.settle([{ slot: nine, token: Number(token), outcome: 'done' }]);
  expect(await slots.lease([nine], 'b', LEASE_MS)).toEqual(['settled']);

  await slots.settleUntil(minuteOf(nine.at));
  expect(await redis.zcard(keys.slotsDone())).toBe(0);
  expect(await slots.lease([nine], 'b', LEASE_MS)).toEqual(['settled']);
});

test('a mark stays as long as the settled minute has not reached it', async () => {
  const { slots } = await born();
  const [token] = await slots.lease([nine], 'a', LEASE_MS);
  await slots.settle([{ slot: nine, token: Number(token), outcome: 'done' }]);
  await slots.settleUntil(minuteOf(nine.at) - 1);
  expect((await slots.settled(begin)).done).toEqual(new Set([slotId(nine)]));
});

test('the settled minute never goes back', async () => {
  const { slots } = await born();
  await slots.settleUntil(begin + 60);
  await slots.settleUntil(begin + 10);
  expect((await slots.settled(begin)).until).toBe(begin + 60);
});

test('a failed slot is free at once, and is counted once however often that is told', async () => {
  const { slots } = await born();
  const [token] = await slots.lease([nine], 'a', LEASE_MS);
  const failed = { slot: nine, token: Number(token), outcome: 'failed' } as const;
  expect(await slots.settle([failed])).toEqual([true]);
  expect(await slots.settle([failed])).toEqual([false]);
  expect(await slots.lease([nine], 'b', LEASE_MS)).not.toEqual(['held']);
  expect(await slots.counts()).toEqual(new Map([['nudge/failed', 1]]));
});

test('many slots are leased and settled in one call each, every one for itself', async () => {
  const { slots } = await born();
  const units = ['u1', 'u2', 'u3'].map((unit) => slot('2026-11-23 09:00', { unit }));
  await slots.lease(units.slice(1, 2), 'b', LEASE_MS);
  const tokens = await slots.lease(units, 'a', LEASE_MS);
  expect(tokens).toEqual([expect.any(Number), 'held', expect.any(Number)]);
  const runs = units.map((slot, i) => ({ slot, token: Number(tokens[i]), outcome: 'late' as const }));
  expect(await slots.settle(runs)).toEqual([true, false, true]);
  expect(await slots.counts()).toEqual(new Map([['nudge/late', 2]]));
});

test('all keys of the slots lie in one place of a cluster', () => {
  const { keys } = place();
  const spelt = [keys.slotsUntil(), keys.slotsDone(), keys.slotToken(), keys.slotLease('a}{b'), keys.slotCounts()];
  expect(new Set(spelt.map((key) => /\{(.*?)\}/.exec(key)?.[1]))).toEqual(new Set(['slots']));
});
