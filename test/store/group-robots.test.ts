import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { redisGroupRobots } from '../../src/store/group-robots.ts';
import { place, redis } from '../engine.ts';

const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms);

test('a robot is kept by its key, and shown by the end of it', async () => {
  const robots = redisGroupRobots(redis, place().keys);
  expect(await robots.keyOf('g1')).toBeNull();
  await robots.set('g1', '693a91f6-7aaa-0ec2', at(1));
  await robots.set('g2', '693a91f6-7aaa-0ec3', at(1));
  await robots.set('g2', null, at(2));
  expect(await robots.keyOf('g1')).toBe('693a91f6-7aaa-0ec2');
  expect(await robots.keyOf('g2')).toBeNull();
  expect(await robots.all()).toEqual(new Map([['g1', '0ec2']]));
});

test('whatever the order and number of deliveries, what was said last stands', async () => {
  const orders = fc.uniqueArray(fc.record({ at: fc.nat(9_999), key: fc.option(fc.constantFrom('kkkk-1', 'kkkk-2')) }), {
    minLength: 1,
    maxLength: 6,
    selector: (order) => order.at,
  });
  await fc.assert(
    fc.asyncProperty(
      orders.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length })),
      ),
      async ([all, delivered]) => {
        const robots = redisGroupRobots(redis, place().keys);
        for (const order of [...delivered, ...all.filter((one) => !delivered.includes(one))]) {
          await robots.set('g', order.key, at(order.at));
        }
        const last = all.toSorted((a, b) => b.at - a.at)[0];
        expect(await robots.keyOf('g')).toBe(last?.key ?? null);
      },
    ),
    { numRuns: 40 },
  );
});
