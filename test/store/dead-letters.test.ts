import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { chatKey, plain, text } from '../../src/message.ts';
import type { DeadLetter, Post, Settled } from '../../src/ports.ts';
import { redisDeadLetters } from '../../src/store/dead-letters.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { chatOf, place, post, redis } from '../engine.ts';
import { at } from '../values.ts';

const nine = at('2026-11-23 09:00');
const ten = at('2026-11-23 10:00');

/** An outbox in which posts fail, and a real clock that can be moved. */
const house = (start = Date.parse('2026-11-23T01:00:00Z')) => {
  const real = { now: start };
  const { keys } = place();
  const posts = redisPosts(redis, keys, () => real.now);
  const letters = redisDeadLetters(redis, keys, () => real.now);
  const next = (chat: string, settled: Settled | null, attempt: string | null, now = nine) =>
    posts.next(chat, { holder: 'copy', now, day: 20_780, settled, attempt });
  /** Takes the first post of its conversation, and settles it. */
  const settle = async (one: Post, outcome: 'refused' | 'unknown', code = '93000', now = nine) => {
    const chat = chatKey(one.chat);
    const attempt = randomUUID();
    const { post: taken } = await next(chat, null, attempt, now);
    if (!taken) throw new Error('nothing is due');
    await next(chat, { id: taken.id, attempt, outcome, code, waitMs: 0 }, null);
  };
  const fail = async (one: Post, outcome: 'refused' | 'unknown' = 'refused', code?: string) => {
    await posts.add([one]);
    await settle(one, outcome, code);
    return one;
  };
  const numbers = async () => (await letters.list(100)).letters.map(({ number, id }) => [number, id]);
  const resend = (ids: readonly string[], message: string = randomUUID(), doubtful = 0) =>
    letters.resend((all) => ({ again: all.filter(({ id }) => ids.includes(id)), doubtful }), { message, at: ten });
  return { keys, real, posts, letters, next, settle, fail, numbers, resend };
};

test('what failed for good is listed with number, state, code, chat and the time it was for', async () => {
  const { posts, letters, fail } = house();
  const source = { job: 'nudge', slot: '2026-11-23T09:00', unit: 'u1' };
  const refused = await fail(post({ source }), 'refused', '93000');
  const unknown = await fail(post({ chat: chatOf('g2'), delivery: 'atMostOnce' }), 'unknown', 'no-answer');
  const expired = post({ expiresAt: nine });
  await posts.add([expired]);
  const { total, letters: found } = await letters.list(10);
  expect(total).toBe(3);
  expect(found.map(({ number }) => number)).toEqual([1, 2, 3]);
  const byId = new Map(found.map((letter) => [letter.id, letter]));
  const common = { chat: chatOf('g1'), due: nine, delivery: 'atLeastOnce' as const };
  expect(byId.get(refused.id)).toMatchObject({ ...common, state: 'refused', attempts: 1, code: '93000', source });
  expect(byId.get(unknown.id)).toMatchObject({ state: 'unknown', delivery: 'atMostOnce', code: 'no-answer' });
  expect(byId.get(expired.id)).toMatchObject({ ...common, state: 'expired', attempts: 0, code: '', source: null });
});

test('a number stays as long as the post lies there, and is not given twice', async () => {
  const { fail, numbers, resend, letters } = house();
  const a = await fail(post({ id: 'b/1' }));
  expect(await numbers()).toEqual([[1, a.id]]);
  const b = await fail(post({ id: 'a/2' }));
  expect(await numbers()).toEqual([
    [1, a.id],
    [2, b.id],
  ]);
  await resend([a.id]);
  const c = await fail(post({ id: 'a/1', chat: chatOf('g2') }));
  expect(await numbers()).toEqual([
    [2, b.id],
    [3, c.id],
  ]);
  expect((await letters.list(1)).letters.map(({ number }) => number)).toEqual([2]);
  await resend([b.id, c.id]);
  expect(await numbers()).toEqual([]);
  await fail(post({ id: 'z', chat: chatOf('g3') }));
  expect(await numbers()).toEqual([[1, 'z']]);
});

test('sent again, a post goes out with the same id and words, behind what waits, though it had expired', async () => {
  const { posts, fail, next, resend, keys } = house();
  const one = await fail(post({ reply: text('公布'), expiresAt: nine.add({ minutes: 1 }) }));
  const other = post();
  await posts.add([other]);
  expect(await resend([one.id])).toEqual({ numbers: [1], doubtful: 0 });
  expect(await posts.due(ten, 10)).toEqual([chatKey(one.chat)]);
  const first = await next(chatKey(one.chat), null, 'a', ten);
  expect(first.post?.id).toBe(other.id);
  const second = await next(chatKey(one.chat), { id: other.id, attempt: 'a', outcome: 'sent' }, 'b', ten);
  expect(second.post && [second.post.id, plain(second.post.reply), second.attempts]).toEqual([one.id, '公布', 1]);
  await next(chatKey(one.chat), { id: one.id, attempt: 'b', outcome: 'sent' }, null, ten);
  expect(await posts.list()).toEqual([]);
  expect((await posts.counts()).get('resent')).toBe(1);
  // Settled again, it is not posted a third time by the job that made it.
  await posts.add([one]);
  expect((await next(chatKey(one.chat), null, 'c', ten)).post).toBeNull();
  expect(await redis.exists(keys.failedNumbers())).toBe(1);
});

test('while it waits again the job that made it adds no second one', async () => {
  const { posts, fail, resend } = house();
  const one = await fail(post());
  await resend([one.id]);
  await posts.add([one]);
  expect(await posts.list()).toMatchObject([{ id: one.id, state: 'queued' }]);
});

test('the same message sends again once, however often it comes, also after more has failed', async () => {
  const { fail, settle, resend, numbers } = house();
  const one = await fail(post());
  const told = await Promise.all([resend([one.id], 'm'), resend([one.id], 'm'), resend([one.id], 'm')]);
  expect(told).toEqual(Array.from({ length: 3 }, () => ({ numbers: [1], doubtful: 0 })));
  await settle(one, 'refused', '93000', ten);
  expect(await resend([one.id], 'm')).toEqual({ numbers: [1], doubtful: 0 });
  expect(await numbers()).toEqual([[1, one.id]]);
  expect(await resend([one.id], 'another')).toEqual({ numbers: [1], doubtful: 0 });
});

test('two messages for the same post at once send it once', async () => {
  const { posts, fail, resend } = house();
  const one = await fail(post());
  const told = await Promise.all([resend([one.id], 'm'), resend([one.id], 'n')]);
  expect(told.flatMap(({ numbers }) => numbers)).toEqual([1]);
  expect((await posts.counts()).get('resent')).toBe(1);
});

test('who names what is not there is told so, and nothing is remembered', async () => {
  const { fail, resend, letters } = house();
  const nothing = (_: readonly DeadLetter[]): never => {
    throw new UserError('unit.none');
  };
  const cause = { message: 'm', at: ten };
  await expect(letters.resend(nothing, cause)).rejects.toThrow(UserError);
  const one = await fail(post());
  expect(await resend([one.id], 'm')).toEqual({ numbers: [1], doubtful: 0 });
});

test('what was refused, sent again and refused again lies there once', async () => {
  const { fail, settle, resend, letters, real } = house();
  const one = await fail(post());
  real.now += 24 * 3_600_000;
  await resend([one.id]);
  await settle(one, 'refused', '93008', ten);
  expect((await letters.list(10)).letters).toMatchObject([{ id: one.id, code: '93008' }]);
});

test('what failed is there for two days, and gone with all that is known of it after three', async () => {
  const { fail, letters, resend, real, keys } = house(Date.parse('2026-11-23T23:59:00Z'));
  const [one, other] = [await fail(post()), await fail(post({ chat: chatOf('g2') }))];
  real.now += 48 * 3_600_000;
  expect((await letters.list(10)).total).toBe(2);
  await resend([one.id]);
  expect((await letters.list(10)).letters.map(({ id }) => id)).toEqual([other.id]);
  const names = await redis.keys(`${keys.failedPosts(0).split(':failed')[0]}:*`);
  const kept = names.filter((name) => /:(failed|failed-numbers|resent|settled)/.test(name));
  expect(kept.length).toBeGreaterThan(3);
  for (const name of kept) expect(await redis.ttl(name)).toBeLessThanOrEqual(73 * 3_600);
  for (const name of kept) expect(await redis.ttl(name)).toBeGreaterThan(48 * 3_600);
});

test('what waits is told by conversation, with the moment of its first post and what stands in the way', async () => {
  const { posts, letters, next } = house();
  const slow = post({ chat: chatOf('g2') });
  await posts.add([post({ notBefore: ten }), post({ notBefore: ten.add({ hours: 1 }) }), slow]);
  await next(chatKey(slow.chat), null, 'a');
  const retry = { id: slow.id, attempt: 'a', outcome: 'retry', code: '45009', waitMs: 60_000 } as const;
  await next(chatKey(slow.chat), retry, null);
  expect(await letters.waiting(10)).toEqual({
    total: 3,
    chats: [
      { chat: chatOf('g1'), posts: 2, due: ten, attempts: 0, code: '' },
      { chat: chatOf('g2'), posts: 1, due: nine, attempts: 1, code: '45009' },
    ],
  });
  expect((await letters.waiting(1)).chats).toHaveLength(1);
});

test('of a thousand the first two hundred are sent again at once', async () => {
  const { posts, letters } = house();
  await posts.add(
    Array.from({ length: 250 }, (_, i) => post({ id: `n/${String(i).padStart(3, '0')}`, expiresAt: nine })),
  );
  const all = await letters.resend((found) => ({ again: found, doubtful: 0 }), { message: 'm', at: ten });
  expect(all.numbers).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  expect((await letters.list(1)).total).toBe(50);
});
