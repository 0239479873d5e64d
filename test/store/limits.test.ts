import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Window } from '../../src/ports.ts';
import { keysIn } from '../../src/store/keys.ts';
import { marginOf, redisLimits } from '../../src/store/limits.ts';
import { connect, ready } from '../../src/store/redis.ts';
import { arrivals } from '../fakes/sliding-window.ts';
import { ledger } from '../values.ts';

const redis = connect(inject('redis'), ledger().log);
const other = connect(inject('redis'), ledger().log);
beforeAll(async () => void (await Promise.all([ready(redis, 5_000), ready(other, 5_000)])));
afterAll(() => [redis, other].map((each) => each.disconnect()));

const MINUTE = 60_000;
const perMinute = (most: number, over: Partial<Window> = {}): Window => ({ key: 'g1', ms: MINUTE, most, ...over });
/** A window is held a little longer than asked for. */
const MARGIN = 1_000;

/**
 * Copies of the bot on limits of their own. Real time stands until it is moved; each copy's own clock shows anything, and
 * what it hears of the shared one is wrong by `error`.
 */
const house = () => {
  const keys = keysIn(`l-${randomUUID().slice(0, 8)}`);
  const time = { real: 1_795_000_000_000, back: 0 };
  const copy = (own = 0, error = () => 0) =>
    redisLimits(redis, keys, 'wecom', {
      own: () => time.real + own,
      shared: async () => time.real - time.back + error(),
    });
  return { keys, time, copy };
};

test('a window takes as many as it holds, and says when there is room again', async () => {
  const { time, copy } = house();
  const limits = copy();
  for (let i = 0; i < 3; i++) {
    expect(await limits.take([perMinute(3)])).toBe(0);
    time.real += 1_000;
  }
  expect(await limits.take([perMinute(3)])).toBe(MINUTE + MARGIN - 3_000);
  expect(await limits.take([perMinute(3, { key: 'g2' })])).toBe(0);
  time.real += MINUTE + MARGIN - 3_001;
  expect(await limits.take([perMinute(3)])).toBe(1);
  time.real += 1;
  expect(await limits.take([perMinute(3)])).toBe(0);
  expect(await limits.take([perMinute(3)])).toBe(1_000);
});

test('several windows over several keys: a place in each or in none', async () => {
  const { time, copy } = house();
  const limits = copy();
  const both = [perMinute(2), perMinute(3, { key: 'robot' }), { key: 'robot', ms: 3_600_000, most: 4 }];
  expect(await limits.take(both)).toBe(0);
  expect(await limits.take(both)).toBe(0);
  expect(await limits.take(both)).toBe(MINUTE + MARGIN);
  // The robot's own window was not charged for the one that was refused.
  expect(await limits.take([perMinute(3, { key: 'robot' })])).toBe(0);
  time.real += MINUTE + MARGIN;
  expect(await limits.take(both)).toBe(0);
  expect(await limits.take(both)).toBe(3_600_000 - MINUTE);
});

test('posts leave the reserve to replies, and replies take from the same window', async () => {
  const { copy } = house();
  const limits = copy();
  const window = perMinute(4, { reserve: 1 });
  for (let i = 0; i < 3; i++) expect(await limits.take([window], 'post')).toBe(0);
  expect(await limits.take([window], 'post')).toBeGreaterThan(0);
  expect(await limits.take([window], 'reply')).toBe(0);
  expect(await limits.take([window], 'reply')).toBeGreaterThan(0);
});

test('a hundred takings of two copies at one moment: exactly as many as there are places', async () => {
  const { keys } = house();
  const [one, two] = [redisLimits(redis, keys, 'wecom'), redisLimits(other, keys, 'wecom')];
  const waits = await Promise.all(
    Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? one : two).take([perMinute(30)])),
  );
  expect(waits.filter((ms) => ms === 0)).toHaveLength(30);
});

test('two copies at full speed on real clocks stay below the limit in every span', async () => {
  const { keys } = house();
  const seen = arrivals();
  const windows = [{ key: 'g', ms: 300, most: 20 }];
  const until = performance.now() + 1_500;
  const run = async (limits: ReturnType<typeof redisLimits>) => {
    while (performance.now() < until) {
      const wait = await limits.take(windows);
      if (wait === 0) seen.note('g', performance.now());
      else await new Promise((resolve) => setTimeout(resolve, wait));
    }
  };
  await Promise.all([redis, other].flatMap((own) => [1, 2, 3].map(() => run(redisLimits(own, keys, 'wecom')))));
  expect(seen.worst(300)).toBe(20);
});

const windowSizes = fc.constantFrom(
  [{ ms: MINUTE, most: 3 }],
  [{ ms: 1_000, most: 2 }],
  [
    { ms: MINUTE, most: 4 },
    { ms: 600_000, most: 9 },
  ],
);
const step = fc.record({
  waits: fc.constantFrom(0, 1, 700, 30_000, 61_000),
  who: fc.nat(2),
  keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 }),
  urgency: fc.constantFrom('post' as const, 'reply' as const),
  isNew: fc.constantFrom(false, false, false, true),
  own: fc.integer({ min: -5_000_000, max: 5_000_000 }),
  error: fc.double({ min: 0, max: 1, noNaN: true }),
});
const steps = fc.array(step, { minLength: 1, maxLength: 60 });
const windowsOf = (keys: readonly string[], sizes: readonly { ms: number; most: number }[]): readonly Window[] =>
  keys.flatMap((key) => sizes.map((size) => ({ key, ...size, reserve: 1 })));

test('whatever the clocks of the copies show, however often they are restarted: no span holds more than its window', async () => {
  await fc.assert(
    fc.asyncProperty(windowSizes, steps, async (sizes, all) => {
      const { time, copy } = house();
      const [{ ms: shortest } = { ms: 0 }] = sizes;
      const copies = [copy(), copy(7_200_000), copy(-7_200_000)];
      const seen = arrivals();
      for (const { waits, who, keys, urgency, isNew, own, error } of all) {
        time.real += waits;
        if (isNew) copies[who] = copy(own, () => error * marginOf(shortest));
        const wait = await copies[who]?.take(windowsOf(keys, sizes), urgency);
        if (wait === 0) for (const key of keys) seen.note(key, time.real);
      }
      for (const { ms, most } of sizes) expect(seen.worst(ms)).toBeLessThanOrEqual(most);
    }),
    { numRuns: 200 },
  );
});

/** Every window counted by hand: when there is room in all of them. */
const model = () => {
  const taken: { key: string; at: number }[] = [];
  return (windows: readonly Window[], urgency: 'post' | 'reply', now: number): number => {
    const waits = windows.map(({ key, ms, most, reserve = 0 }) => {
      const length = ms + marginOf(ms);
      const places = urgency === 'reply' ? most : most - reserve;
      const times = taken.filter((each) => each.key === key && each.at > now - length).map(({ at }) => at);
      const first = times.sort((a, b) => b - a)[places - 1];
      return first === undefined ? 0 : first + length - now;
    });
    const wait = Math.max(...waits);
    if (wait === 0) for (const key of new Set(windows.map(({ key }) => key))) taken.push({ key, at: now });
    return wait;
  };
};

test('on clocks that agree, a place is refused only where a count of every span refuses it, for just as long', async () => {
  await fc.assert(
    fc.asyncProperty(windowSizes, steps, async (sizes, all) => {
      const { time, copy } = house();
      const copies = [copy(), copy(), copy()];
      const count = model();
      for (const { waits, who, keys, urgency } of all) {
        time.real += waits;
        const windows = windowsOf(keys, sizes);
        expect(await copies[who]?.take(windows, urgency)).toBe(count(windows, urgency, time.real));
      }
    }),
    { numRuns: 100 },
  );
});

test.each(['a copy that is there', 'a new copy'])(
  'the server’s clock is put back an hour: for %s the window holds, and nobody waits longer than it',
  async (which) => {
    const { time, copy } = house();
    const first = copy();
    const seen = arrivals();
    for (let i = 0; i < 3; i++) expect(await first.take([perMinute(3)])).toBe(0);
    time.back = 3_600_000;
    const limits = which === 'a new copy' ? copy() : first;
    for (let i = 0; i < 600; i++) {
      if ((await limits.take([perMinute(3)])) === 0) seen.note('g1', time.real);
      time.real += 1_000;
    }
    expect(seen.worst(MINUTE)).toBe(3);
    expect(seen.worst(600_000)).toBeGreaterThanOrEqual(3 * 8);
  },
);

test('a log is small, shrinks again and goes by itself', async () => {
  const { keys, time, copy } = house();
  const limits = copy();
  const hour = { key: 'g1', ms: 3_600_000, most: 1_000 };
  for (let i = 0; i < 1_010; i++) {
    await limits.take([hour]);
    time.real += 3_602;
  }
  const log = keys.limitLog('wecom', 'g1');
  expect(await redis.llen(log)).toBeLessThanOrEqual(1_000);
  expect(await redis.memory('USAGE', log)).toBeLessThan(12_000);
  expect(await redis.pttl(log)).toBeGreaterThan(3_600_000);
  expect(await redis.pttl(log)).toBeLessThanOrEqual(3_601_000);
  for (let i = 0; i < 600; i++) {
    time.real += 100_000;
    await limits.take([hour]);
  }
  expect(await redis.llen(log)).toBeLessThan(450);
});

test('whoever takes in another namespace or platform, or under an id that looks like a key, takes from another window', async () => {
  const { keys, copy } = house();
  const [wecom, dingtalk] = [copy(), redisLimits(redis, keys, 'dingtalk')];
  expect(await wecom.take([perMinute(1, { key: 'a:b{c}*' })])).toBe(0);
  expect(await wecom.take([perMinute(1, { key: 'a' })])).toBe(0);
  expect(await dingtalk.take([perMinute(1, { key: 'a' })])).toBe(0);
  expect(
    await house()
      .copy()
      .take([perMinute(1, { key: 'a' })]),
  ).toBe(0);
});
