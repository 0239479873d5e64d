import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import type { Temporal } from 'temporal-polyfill';
import { expect, onTestFinished, test } from 'vitest';
import { PlatformError, Unconfirmed, WINDOW_FULL } from '../src/errors.ts';
import { type Chat, chatKey } from '../src/message.ts';
import type { Handed, Post, PostStore, Turn } from '../src/ports.ts';
import { redisPosts } from '../src/store/posts.ts';
import { chatOf, engine, mailbox, place, post, redis, unitOf } from './engine.ts';
import { at } from './values.ts';

const nine = at('2026-11-23 09:00');
const nudge = { job: 'nudge', slot: '2026-11-23T09:00', unit: 'u1' };
const error = (outcome: PlatformError['outcome'], code: string | number = 45009) =>
  new PlatformError('playground', code, outcome, 'no');

/** A platform that fails as `says` tells, one call after the other, and then takes everything. */
const moody = (...says: (PlatformError['outcome'] | Error | null)[]) => {
  const calls: string[] = [];
  const mail = mailbox(async ({ id }) => {
    calls.push(id);
    const said = says.shift() ?? null;
    if (said) throw said instanceof Error ? said : error(said);
  });
  return { ...mail, calls };
};

/** A copy of the bot whose real clock is moved by hand. */
const copy = (
  mail = moody(),
  where = place(),
  over: Partial<{ posts: PostStore; now: { at: Temporal.Instant } }> = {},
) => {
  const time = { real: Date.now() };
  const posts = redisPosts(redis, where.keys, () => time.real);
  const now = over.now ?? { at: nine };
  const bot = engine({ ...where, posts: over.posts ?? posts }, { mail, realNow: () => time.real, now });
  return { ...bot, ...bot.outbox, posts, time, now, where, calls: mail.calls };
};

test('sends what is due, once, and says how many', async () => {
  const { enqueue, drain, sent } = copy();
  const [one, two] = [post(), post({ chat: chatOf('g2') })];
  await enqueue([one, two]);
  await enqueue([one]);
  expect(await drain()).toBe(2);
  await enqueue([two]);
  expect(await drain()).toBe(0);
  expect(sent).toHaveLength(2);
});

test('waits for its time by the product’s clock', async () => {
  const { enqueue, drain, now, nextDue } = copy();
  await enqueue([post({ notBefore: at('2026-11-23 09:30') })]);
  expect(await drain()).toBe(0);
  expect(await nextDue(nine, at('2026-11-23 18:00'))).toEqual(at('2026-11-23 09:30'));
  now.at = at('2026-11-23 09:30');
  expect(await drain()).toBe(1);
});

test('a conversation is served in order, and a failure in one holds up no other', async () => {
  const where = place();
  const mail = moody();
  const { platforms, sent } = mailbox(async ({ chat }) => {
    if (chat.id === 'down') throw error('retry');
  });
  const { enqueue, drain } = copy({ ...mail, platforms, sent }, where);
  const down = [1, 2].map((n) => post({ id: `down-${n}`, chat: chatOf('down') }));
  const up = [1, 2, 3, 4, 5].map((n) => post({ id: `up-${n}`, chat: chatOf('up') }));
  await enqueue([...down, ...up]);
  expect(await drain()).toBe(5);
  expect(sent.map(({ id }) => id)).toEqual(up.map(({ id }) => id));
});

test('a post that certainly did not arrive is sent again after growing waits of a minute at most, before the next', async () => {
  const says = Array.from({ length: 9 }, () => 'retry' as const);
  const { enqueue, drain, time, calls } = copy(moody(...says));
  const [one, two] = [post({ delivery: 'atMostOnce' }), post()];
  await enqueue([one, two]);
  const waits: number[] = [];
  for (let waited = 0; calls.at(-1) !== two.id && waited < 600_000; time.real += 500) {
    const before = calls.length;
    await drain();
    if (calls.length > before) waits.push(waited);
    waited = calls.length > before ? 500 : waited + 500;
  }
  expect(calls).toEqual([...Array.from({ length: 10 }, () => one.id), two.id]);
  expect(waits).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test('a refused post is closed, whoever wants to know is told, and the next one goes out', async () => {
  const { enqueue, drain, refused, posts, calls } = copy(moody(error('refused', 93000)));
  const [one, two] = [post(), post()];
  await enqueue([one, two]);
  expect(await drain()).toBe(1);
  expect(calls).toEqual([one.id, two.id]);
  expect(refused).toEqual([{ id: one.id, code: '93000' }]);
  expect(await posts.list()).toMatchObject([{ id: one.id, state: 'refused', code: '93000' }]);
});

test.each([
  ['the platform does not know', 'unknown' as const],
  ['something else broke', new TypeError('bug')],
])('when nobody knows what became of a post (%s): a digest is sent again, a ranking never', async (_, says) => {
  const { enqueue, drain, time, posts, calls, said } = copy(moody(says, says));
  const [ranking, digest] = [post({ delivery: 'atMostOnce' }), post()];
  await enqueue([ranking, digest]);
  await drain();
  time.real += 60_000;
  await drain();
  expect(calls).toEqual([ranking.id, digest.id, digest.id]);
  expect(await posts.list()).toMatchObject([{ id: ranking.id, state: 'unknown' }]);
  expect(said('post closed: unknown')).toMatchObject([{ level: 'warn', fields: { post: ranking.id } }]);
});

test('a post that has waited past its expiry is closed and said, not sent', async () => {
  const { enqueue, drain, now, posts, said, sent } = copy();
  const one = post({ notBefore: nine.add({ minutes: 1 }), expiresAt: nine.add({ minutes: 5 }) });
  await enqueue([one]);
  now.at = nine.add({ minutes: 5 });
  expect(await drain()).toBe(0);
  expect(sent).toEqual([]);
  expect(await posts.list()).toMatchObject([{ id: one.id, state: 'expired' }]);
  expect(said('post closed: expired')).toHaveLength(1);
});

test('a retry does not fall into the quiet hours; a reply may', async () => {
  const where = place();
  const { enqueue, drain, now, time, sent, posts } = copy(moody('retry', 'retry'), where);
  now.at = at('2026-11-23 18:29');
  const times = { notBefore: now.at, expiresAt: at('2026-11-24 12:00') };
  await enqueue([post({ id: 'job', source: nudge, ...times }), post({ id: 'reply', chat: chatOf('g2'), ...times })]);
  await drain();
  now.at = at('2026-11-23 18:31');
  time.real += 60_000;
  expect(await drain()).toBe(1);
  expect(sent.map(({ id }) => id)).toEqual(['reply']);
  expect(await posts.nextDue(now.at, times.expiresAt)).toEqual(at('2026-11-24 08:30'));
  now.at = at('2026-11-24 08:30');
  expect(await drain()).toBe(1);
});

test('a platform that is not configured any more is waited for', async () => {
  const { enqueue, drain, posts } = copy();
  const elsewhere: Chat = { platform: 'slack', id: 'C1', kind: 'group' };
  await enqueue([post({ chat: elsewhere })]);
  expect(await drain()).toBe(0);
  expect(await posts.list()).toMatchObject([{ state: 'queued', code: 'not-configured' }]);
});

test('a trouble in telling of a refusal does not keep the post', async () => {
  const mail = moody(error('refused'));
  const where = place();
  const { enqueue, drain, posts, said } = copy(mail, where);
  await enqueue([post(), post()]);
  expect(await drain()).toBe(1);
  expect(said('post not sent')).toHaveLength(1);
  expect(await posts.counts()).toMatchObject(
    new Map([
      ['added', 2],
      ['refused', 1],
      ['sent', 1],
    ]),
  );
});

/** A store that breaks off now and then: before the call arrives, or after it was done. */
const shaky = (posts: PostStore, breaks: () => 'before' | 'after' | null): PostStore => ({
  ...posts,
  async next(chat, turn): Promise<Handed> {
    const how = breaks();
    if (how === 'before') throw new Unconfirmed('lost on the way');
    const handed = await posts.next(chat, turn);
    if (how === 'after') throw new Unconfirmed('the answer was lost');
    return handed;
  },
});

test('whatever answers of the store are lost, every post goes out exactly once and in order while the copy lives', async () => {
  const how = fc.constantFrom('before' as const, 'after' as const, null);
  await fc.assert(
    fc.asyncProperty(
      fc.array(how, { maxLength: 20 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
      async (lost, once) => {
        const where = place();
        const { enqueue, drain, calls } = copy(moody(), where, {
          posts: shaky(where.posts, () => lost.shift() ?? null),
        });
        const all = once.map((isOnce, n) => post({ id: `p${n}`, delivery: isOnce ? 'atMostOnce' : 'atLeastOnce' }));
        await enqueue(all);
        for (let i = 0; i <= 21; i++) await drain();
        expect(calls).toEqual(all.map(({ id }) => id));
      },
    ),
    { numRuns: 100 },
  );
});

test('three copies drain fifty conversations at once: each post once, each conversation in order', async () => {
  const where = place();
  const mail = moody();
  const copies = [1, 2, 3].map(() => copy(mail, where));
  const all = Array.from({ length: 50 }, (_, chat) =>
    Array.from({ length: 4 }, (_, n) => post({ id: `${chat}/${n}`, chat: chatOf(`g${chat}`) })),
  ).flat();
  await Promise.all(copies.map((bot, i) => bot.enqueue(all.slice(i * 60))));
  await Promise.all(copies.map((bot) => bot.drain()));
  expect(mail.sent).toHaveLength(200);
  for (let chat = 0; chat < 50; chat++) {
    const order = mail.sent.filter((one) => one.chat === chatKey(chatOf(`g${chat}`))).map(({ id }) => id);
    expect(order).toEqual(
      all
        .filter(({ id }) => id.startsWith(`${chat}/`))
        .map(({ id }) => id)
        .sort(),
    );
  }
});

test('a copy killed while sending to fifty groups: rankings at most once and gaps listed, reminders at least once', async () => {
  const where = place();
  const calls: string[] = [];
  let alive = true;
  // The kill comes while calls are under way: half of them arrive, and no answer is ever heard.
  const dying = mailbox(async ({ id }) => {
    if (calls.length >= 25) alive = false;
    if (alive || calls.length % 2) calls.push(id);
    if (!alive) await new Promise(() => {});
  });
  const kinds = ['atMostOnce', 'atLeastOnce'] as const;
  const all = kinds.flatMap((delivery) =>
    Array.from({ length: 50 }, (_, n) => post({ id: `${delivery}/${n}`, chat: chatOf(`${delivery}${n}`), delivery })),
  );
  const first = copy({ ...dying, calls }, where);
  await first.enqueue(all);
  void first.drain();
  await expect.poll(() => alive).toBe(false);
  const held = await redis.keys(`${where.keys.chatLease('*').replace('%2A', '*')}`);
  expect(held.length).toBeGreaterThan(0);
  await redis.del(...held); // their time ran out

  const second = mailbox(async ({ id }) => void calls.push(id));
  const next = copy({ ...second, calls }, where);
  await next.drain();
  const times = (id: string) => calls.filter((called) => called === id).length;
  const unknown = (await next.posts.list()).filter(({ state }) => state === 'unknown').map(({ id }) => id);
  for (const { id, delivery } of all) {
    if (delivery === 'atLeastOnce') expect(times(id), id).toBeGreaterThanOrEqual(1);
    else expect(times(id), id).toBeLessThanOrEqual(1);
    if (times(id) === 0) expect(unknown).toContain(id);
  }
});

test('where there can be one copy only, the next one goes on at once with what the dead one had in hand', async () => {
  const where = place();
  let isAlive = true;
  const dying = mailbox(async () => {
    isAlive = false;
    await new Promise(() => {});
  });
  const two = [post({ id: 'ranking', delivery: 'atMostOnce' }), post({ id: 'reminder' })];
  const first = engine(where, { mail: dying, holder: 'alone' });
  await first.outbox.enqueue(two);
  void first.outbox.drain();
  await expect.poll(() => isAlive).toBe(false);

  const stranger = engine(where, {});
  await stranger.outbox.drain();
  expect(stranger.sent).toEqual([]);
  const second = engine(where, { holder: 'alone' });
  await second.outbox.drain();
  expect(second.sent.map(({ id }) => id)).toEqual(['reminder']);
  expect((await where.posts.list()).map(({ id, state }) => [id, state])).toEqual([['ranking', 'unknown']]);
});

test('a copy that slept between taking a post and sending it does not send it', async () => {
  const where = place();
  const time = { real: Date.now() };
  const mail = moody();
  let asleep = true;
  const posts: PostStore = {
    ...where.posts,
    async next(chat: string, turn: Turn) {
      const handed = await where.posts.next(chat, turn);
      if (asleep) time.real += 61_000;
      asleep = false;
      return handed;
    },
  };
  const bot = engine({ ...where, posts }, { mail, realNow: () => time.real });
  const one = post({ delivery: 'atMostOnce' });
  await bot.outbox.enqueue([one]);
  await bot.outbox.drain();
  expect(mail.calls).toEqual([]);
});

test('a post that is enqueued goes out at once while the outbox runs, and nothing more once it has stopped', async () => {
  const { enqueue, start, stop, sent } = copy();
  start();
  await enqueue([post({ id: 'one' })]);
  await expect.poll(() => sent.map(({ id }) => id)).toEqual(['one']);
  await stop();
  await enqueue([post({ id: 'two' })]);
  expect(await copy(moody()).drain()).toBe(0);
  expect(sent).toHaveLength(1);
});

test('stopping waits for the post in hand, and gives the conversation back', async () => {
  const where = place();
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const slow = mailbox(() => {
    begun.resolve();
    return finish.promise;
  });
  const bot = copy({ ...slow, calls: [] }, where);
  const [one, two] = [post(), post()];
  await bot.enqueue([one, two]);
  void bot.drain();
  await begun.promise;
  const stopped = bot.stop();
  finish.resolve();
  await stopped;
  expect(slow.sent.map(({ id }) => id)).toEqual([one.id]);
  const other = moody();
  expect(await copy(other, where).drain()).toBe(1);
  expect(other.calls).toEqual([two.id]);
});

test('a stored post that nobody can read is given up and said, and the others go out', async () => {
  const where = place();
  const bad = post({ id: randomUUID(), delivery: 'atMostOnce' });
  const { enqueue, drain, said, calls } = copy(moody(), where);
  await enqueue([{ ...bad, reply: [{ kind: 'hologram' }] } as unknown as Post, post({ id: 'good' })]);
  await drain();
  await drain();
  expect(calls).toEqual(['good']);
  expect(said('conversation not drained')).toHaveLength(1);
});

test('a conversation whose records are broken holds up no other, however often it is looked at', async () => {
  const where = place();
  const { enqueue, drain, said, calls } = copy(moody(), where);
  await enqueue([post({ id: 'bad', chat: chatOf('bad') }), post({ id: 'good' })]);
  await redis.hset(where.keys.posts(chatKey(chatOf('bad'))), 'bad', 'nonsense');
  expect(await drain()).toBe(1);
  await enqueue([post({ id: 'better' })]);
  expect(await drain()).toBe(1);
  expect(calls).toEqual(['good', 'better']);
  expect(said('conversation not drained')).toHaveLength(2);
});

test('units that do not exist any more keep no quiet hours', async () => {
  const { enqueue, drain } = copy();
  await enqueue([post({ source: { ...nudge, unit: unitOf('u99').id } })]);
  expect(await drain()).toBe(1);
});

test('a window that is full waits just so long, counts no attempt and holds up no other conversation', async () => {
  const full = new PlatformError('playground', WINDOW_FULL, 'retry', 'full', { waitMs: 7_300 });
  const { enqueue, drain, time, calls, posts, said } = copy(moody(full, null, full, full));
  const [one, two] = [post({ delivery: 'atMostOnce' }), post({ chat: chatOf('g2') })];
  await enqueue([one, two]);
  expect(await drain()).toBe(1);
  for (const moment of [7_299, 1, 7_300, 7_300]) {
    time.real += moment;
    await drain();
  }
  expect(calls.filter((id) => id === one.id)).toHaveLength(4);
  expect(await posts.list()).toEqual([]);
  expect(said('post not sent')).toEqual([]);
});

test('a window of an hour is waited for in steps, and exactly', async () => {
  const time = { end: 0 };
  const bot = copy(moody());
  const mail = mailbox(async () => {
    const waitMs = time.end - bot.time.real;
    if (waitMs > 0) throw new PlatformError('playground', WINDOW_FULL, 'retry', 'full', { waitMs });
  });
  const other = engine({ ...bot.where, posts: bot.posts }, { mail, realNow: () => bot.time.real, now: bot.now });
  const begun = bot.time.real;
  time.end = begun + 3_000_500;
  await other.outbox.enqueue([post()]);
  while (other.sent.length === 0 && bot.time.real < begun + 4_000_000) {
    await other.outbox.drain();
    bot.time.real += 500;
  }
  expect(bot.time.real - 500 - begun).toBe(3_000_500);
});

test('a platform that asks for a pause gets it, and a little more as it is asked for again', async () => {
  const tooOften = new PlatformError('playground', 45009, 'retry', 'too often', { waitMs: 60_000 });
  const { enqueue, drain, time, calls } = copy(moody(tooOften, tooOften));
  await enqueue([post({ delivery: 'atMostOnce' })]);
  await drain();
  for (let i = 0; i < 59; i++) {
    time.real += 1_000;
    await drain();
  }
  expect(calls).toHaveLength(1);
  time.real += 1_000;
  await drain();
  expect(calls).toHaveLength(2);
});

test('a queue that loses all it is told: what stays due is drained here', async () => {
  const where = place();
  const deaf = { wake: () => {}, start: () => {}, stop: async () => {} };
  const mail = moody();
  const time = { real: Date.now() };
  const bot = engine({ ...where, waker: deaf }, { mail, realNow: () => time.real });
  onTestFinished(() => bot.outbox.stop());
  bot.outbox.start();
  await bot.outbox.enqueue([post({ id: 'one' })]);
  await wait(1_100);
  expect(mail.calls).toEqual([]);
  time.real += 11_000;
  await expect.poll(() => mail.calls, { timeout: 3_000 }).toEqual(['one']);
});

test('a post whose time comes goes out while the outbox runs, though the queue never heard of it', async () => {
  const { enqueue, start, stop, sent, now } = copy();
  start();
  onTestFinished(stop);
  await enqueue([post({ id: 'later', notBefore: nine.add({ minutes: 1 }) })]);
  now.at = nine.add({ minutes: 1 });
  await expect.poll(() => sent.map(({ id }) => id), { timeout: 5_000 }).toEqual(['later']);
});

test('a thousand conversations at once go out while the outbox runs, each post once', async () => {
  const { enqueue, start, stop, sent } = copy();
  start();
  onTestFinished(stop);
  const all = Array.from({ length: 1_000 }, (_, n) => post({ id: `p${n}`, chat: chatOf(`many${n}`) }));
  await enqueue(all);
  await expect.poll(() => sent.length, { timeout: 10_000 }).toBe(1_000);
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1_000);
});

test('a conversation that cannot be read is not looked at each second, and the log is not filled with it', async () => {
  const where = place();
  const { enqueue, start, stop, said } = copy(moody(), where);
  start();
  onTestFinished(stop);
  await redis.hset(where.keys.posts(chatKey(chatOf('g1'))), 'bad', 'nonsense');
  await redis.zadd(where.keys.queue(chatKey(chatOf('g1'))), 0, '000000000000001 bad');
  await enqueue([post()]);
  await expect.poll(() => said('conversation not drained').length, { timeout: 3_000 }).toBe(1);
  await wait(2_500);
  expect(said('conversation not drained')).toHaveLength(1);
});
