import { expect, test } from 'vitest';
import { Unconfirmed } from '../../src/errors.ts';
import { translator } from '../../src/i18n.ts';
import { crowding } from '../../src/inbox/crowding.ts';
import { type Message, plain } from '../../src/message.ts';
import type { Allowances } from '../../src/ports.ts';
import { redisAllowances } from '../../src/store/allowances.ts';
import { place, redis } from '../engine.ts';
import { direct, group, li, say, wang } from '../values.ts';

const t = translator('zh-CN');
const limits = { member: { most: 40, seconds: 60 }, chat: { most: 80, seconds: 60 } };
const ofWecom = (over: Partial<Message> = {}) => {
  const said = say('/日清 走访', { platform: 'wecom', chat: { ...group, platform: 'wecom' }, ...over });
  return said;
};

/** Copies of the bot that share one Redis. */
const house = (over: { allowances?: (real: Allowances) => Allowances } = {}) => {
  const { keys } = place();
  const clock = { now: Date.UTC(2026, 10, 23, 1) };
  const asked: string[] = [];
  const real = redisAllowances(redis, keys);
  const watched: Allowances = (kind, rate) => {
    const { spend } = real(kind, rate);
    return {
      spend(who, times) {
        asked.push(who);
        return spend(who, times);
      },
    };
  };
  const copy = () =>
    crowding({ allowances: (over.allowances ?? ((it) => it))(watched), realNow: () => clock.now, t, limits });
  return { copy, clock, asked, keys };
};

/** What became of each message: taken in, or what was answered instead. */
const outcomes = async (crowded: ReturnType<typeof crowding>, messages: readonly Message[]) => {
  const found: string[] = [];
  for (const message of messages) {
    const answers = await crowded(message);
    found.push(answers === null ? 'in' : answers.map(({ reply }) => plain(reply)).join() || 'silent');
  }
  return found;
};
const many = (count: number, make: (i: number) => Message = () => ofWecom()) =>
  Array.from({ length: count }, (_, i) => make(i));
const tally = (found: readonly string[]) =>
  Object.fromEntries(
    Map.groupBy(found, (it) => it)
      .entries()
      .map(([k, v]) => [k, v.length]),
  );
const TOLD = /^消息发得太快，这一条和接下来 \d+ 秒里的都没有处理，请过 \d+ 秒再发。$/;

test('what a person types in a minute asks no store and is taken in at once', () => {
  const { copy, asked } = house();
  const crowded = copy();
  expect(many(1).map(crowded)).toEqual([null]);
  expect(asked).toEqual([]);
});

test('over the limit one sentence says until when, then there is silence', async () => {
  const { copy } = house();
  const found = await outcomes(copy(), many(60));
  expect(found.slice(0, 40)).toEqual(Array(40).fill('in'));
  const [first, ...rest] = found.filter((it) => it !== 'in');
  expect(first).toMatch(TOLD);
  expect(new Set(rest)).toEqual(new Set(['silent']));
  expect(rest.length).toBeGreaterThan(15);
});

test('in the next window all are heard again', async () => {
  const { copy, clock, keys } = house();
  const crowded = copy();
  await outcomes(crowded, many(60));
  clock.now += 61_000;
  await redis.del(keys.arrivals('wecom:member', 'wang'));
  expect(await outcomes(crowded, many(2))).toEqual(['in', 'in']);
});

test('copies of the bot count together, and one of them says so', async () => {
  const { copy } = house();
  const found = (await Promise.all([1, 2, 3].map(() => outcomes(copy(), many(30))))).flat();
  const { in: taken = 0, silent = 0, ...told } = tally(found);
  // Each may be a batch of two behind.
  expect(taken).toBeGreaterThanOrEqual(40);
  expect(taken).toBeLessThanOrEqual(40 + 3 * 2);
  expect(Object.values(told)).toEqual([1]);
  expect(taken + silent + 1).toBe(90);
});

test('a group has a limit of its own, whoever speaks in it, and direct chats none but the person’s', async () => {
  const { copy } = house();
  const crowded = copy();
  const found = await outcomes(
    crowded,
    many(100, (i) => ofWecom({ sender: { id: `p${i}` } })),
  );
  expect(tally(found).in).toBeLessThanOrEqual(84);
  expect(found.find((it) => it !== 'in')).toContain('这个群的消息太多');
  const alone = ofWecom({ chat: { ...direct(li), platform: 'wecom' }, sender: li });
  expect(await outcomes(crowded, [alone])).toEqual(['in']);
});

test('one who is over is silent for others too, but takes nothing from their group', async () => {
  const { copy } = house();
  const crowded = copy();
  await outcomes(crowded, many(200));
  expect(
    await outcomes(
      crowded,
      many(20, (i) => ofWecom({ sender: { id: `p${i}` } })),
    ),
  ).toEqual(Array(20).fill('in'));
});

test('a message that is delivered again is not counted twice, and is not refused when it was taken in', async () => {
  const { copy } = house();
  const crowded = copy();
  const said = many(39);
  await outcomes(crowded, said);
  const again = said.slice(4);
  for (let round = 0; round < 5; round += 1) expect(await outcomes(crowded, again)).toEqual(again.map(() => 'in'));
  expect(await outcomes(crowded, many(1))).toEqual(['in']);
  await outcomes(crowded, many(10));
  expect(await outcomes(crowded, again)).toEqual(again.map(() => 'in'));
});

test('a refused message that is delivered again is refused again', async () => {
  const { copy } = house();
  const crowded = copy();
  const said = many(50);
  const found = await outcomes(crowded, said);
  const refused = said.filter((_, i) => found[i] !== 'in');
  expect(await outcomes(crowded, refused)).toEqual(refused.map(() => 'silent'));
});

test('what people say to each other in a group is not counted', async () => {
  const { copy } = house();
  const crowded = copy();
  expect(
    await outcomes(
      crowded,
      many(200, () => ofWecom({ text: '大家好' })),
    ),
  ).toEqual(Array(200).fill('in'));
  expect(await outcomes(crowded, many(1))).toEqual(['in']);
  const hidden = await outcomes(
    crowded,
    many(200, () => ofWecom({ text: '\u200b/日清 走访' })),
  );
  expect(hidden).toContain('silent');
});

test('the playground is made to be scripted', async () => {
  const { copy } = house();
  expect(
    await outcomes(
      copy(),
      many(200, () => say('/日清 走访')),
    ),
  ).toEqual(Array(200).fill('in'));
});

test.each<[string, Allowances]>([
  ['is gone', () => ({ spend: () => Promise.reject(new Unconfirmed('gone')) })],
  ['never answers', () => ({ spend: () => new Promise(() => {}) })],
])('with a Redis that %s nobody is refused', async (_, allowances) => {
  const { copy } = house({ allowances: () => allowances });
  expect(await outcomes(copy(), many(6))).toEqual(Array(6).fill('in'));
});

test('counts in Redis end with their window', async () => {
  const { copy, keys } = house();
  await outcomes(
    copy(),
    many(10, () => ofWecom({ sender: wang })),
  );
  const ttl = await redis.ttl(keys.arrivals('wecom:member', 'wang'));
  expect(ttl).toBeGreaterThan(0);
  expect(ttl).toBeLessThanOrEqual(60);
});
