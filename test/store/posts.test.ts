import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Temporal } from 'temporal-polyfill';
import { expect, onTestFinished, test } from 'vitest';
import { epochDay } from '../../src/domain/calendar.ts';
import { Unconfirmed } from '../../src/errors.ts';
import { type Block, chatKey, text } from '../../src/message.ts';
import type { Post, PostStore, Settled } from '../../src/ports.ts';
import { keysIn } from '../../src/store/keys.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { connect, ready } from '../../src/store/redis.ts';
import { chatOf, place, post, redis } from '../engine.ts';
import { picture, row } from '../render/pictured.ts';
import { at, zone } from '../values.ts';
import { ownRedis, silent } from './own-redis.ts';

const nine = at('2026-11-23 09:00');
const ten = at('2026-11-23 10:00');
const group = chatKey(chatOf('g1'));
const dayOf = (moment: Temporal.Instant) => epochDay(moment.toZonedDateTimeISO(zone));

/** One copy that drains the group. */
const copy = (posts: PostStore, now = nine) => {
  const holder = randomUUID();
  return (settled: Settled | null = null, attempt: string | null = randomUUID(), at = now) =>
    posts.next(group, { holder, now: at, day: dayOf(at), settled, attempt });
};
const sent = (id: string, attempt: string): Settled => ({ id, attempt, outcome: 'sent' });

test('a post comes back as it was given, every kind of block of it', async () => {
  const { posts } = place();
  const blocks: Block[] = [
    { kind: 'text', text: '早' },
    { kind: 'text', text: '榜', as: 'heading' },
    { kind: 'text', text: '迟', as: 'warning' },
    { kind: 'list', items: [] },
    { kind: 'list', items: ['甲', '乙'], tones: ['good', null] },
    { kind: 'table', columns: ['名次'], rows: [['1'], []] },
    { kind: 'image', url: '/a.png', alt: '图' },
    { kind: 'picture', picture: picture({ rows: [row({ lamp: { colour: 'red', letter: '红' } })] }) },
    { kind: 'file', name: 'a.xlsx', url: '/a' },
    { kind: 'mention', member: 'playground:wang', name: '王一' },
    { kind: 'buttons', buttons: [{ text: '看', command: '/榜' }] },
    { kind: 'buttons', buttons: [{ text: '看', command: '/榜' }], stays: true },
  ];
  const given = post({ reply: blocks, source: { job: 'nudge', slot: '2026-11-23T09:00', unit: 'u1' } });
  await posts.add([given]);
  const { post: handed } = await copy(posts)();
  expect(JSON.stringify(handed)).toBe(JSON.stringify(given));
});

test('a post is added once, while it waits and after it was sent', async () => {
  const { posts } = place();
  const one = post();
  await Promise.all([posts.add([one]), posts.add([one, one]), posts.add([one])]);
  const next = copy(posts);
  expect((await next(null, 'first')).post?.id).toBe(one.id);
  expect((await next(sent(one.id, 'first'))).post).toBeNull();
  await posts.add([one]);
  expect((await next()).post).toBeNull();
  expect(await posts.counts()).toEqual(
    new Map([
      ['added', 1],
      ['sent', 1],
    ]),
  );
});

test('a sent post is known for two days of real time at least', async () => {
  let real = Date.parse('2026-11-23T23:59:00Z');
  const { keys } = place();
  const posts = redisPosts(redis, keys, () => real);
  const one = post();
  await posts.add([one]);
  const next = copy(posts);
  await next(null, 'first');
  await next(sent(one.id, 'first'));
  real += 48 * 3_600_000;
  await posts.add([one]);
  expect((await next()).post).toBeNull();
  for (const key of await redis.keys(`${keys.settledPosts(0).slice(0, -1)}*`)) {
    expect(await redis.ttl(key)).toBeGreaterThan(48 * 3_600);
  }
});

test('posts leave in the order of their time, those of one time in the order they came', async () => {
  const { posts } = place();
  const [a, b, c] = [post({ notBefore: ten }), post(), post()];
  await posts.add([a, b]);
  await posts.add([c]);
  const next = copy(posts, ten);
  const order = [];
  for (
    let turn = await next(null, '0');
    turn.post;
    turn = await next(sent(turn.post.id, `${order.length - 1}`), `${order.length}`)
  ) {
    order.push(turn.post.id);
  }
  expect(order).toEqual([b.id, c.id, a.id]);
});

test('nothing is handed out before its time; the store knows when that will be', async () => {
  const { posts } = place();
  await posts.add([post({ notBefore: ten })]);
  expect(await posts.due(nine, 10)).toEqual([]);
  expect((await copy(posts)()).post).toBeNull();
  expect(await posts.nextDue(nine, ten)).toEqual(ten);
  expect(await posts.nextDue(ten, ten.add({ hours: 1 }))).toBeNull();
  expect(await posts.due(ten, 10)).toEqual([group]);
});

test('a post that could only go out after its expiry is closed when it is added', async () => {
  const { posts } = place();
  const one = post({ notBefore: ten, expiresAt: ten });
  expect(await posts.add([one])).toEqual([one.id]);
  expect(await posts.due(ten, 10)).toEqual([]);
  expect(await posts.list()).toEqual([{ id: one.id, chat: group, state: 'expired', attempts: 0, code: '' }]);
});

test('a post that waited past its expiry is closed, and the next one goes out', async () => {
  const { posts } = place();
  const [old, fresh] = [post({ expiresAt: ten }), post()];
  await posts.add([old, fresh]);
  const { post: handed, closed } = await copy(posts, ten)();
  expect(handed?.id).toBe(fresh.id);
  expect(closed).toEqual([{ id: old.id, state: 'expired' }]);
});

test('a conversation is drained by one copy at a time', async () => {
  const { posts } = place();
  await posts.add([post(), post()]);
  const [mine, others] = [copy(posts), copy(posts)];
  const { post: first } = await mine(null, 'a');
  expect(await others()).toMatchObject({ post: null, isHeld: true });
  await mine(sent(first?.id ?? '', 'a'), null); // stops: gives the conversation back
  expect((await others()).post).not.toBeNull();
});

test('after a failure the conversation waits, in order, and then the same post comes again', async () => {
  let real = 1_000_000;
  const { keys } = place();
  const posts = redisPosts(redis, keys, () => real);
  const [one, two] = [post(), post()];
  await posts.add([one, two]);
  const next = copy(posts);
  await next(null, 'a');
  const failed: Settled = { id: one.id, attempt: 'a', outcome: 'retry', code: '45009 too\nmany', waitMs: 5_000 };
  expect((await next(failed)).post).toBeNull();
  expect(await posts.due(nine, 10)).toEqual([]);
  expect((await next()).post).toBeNull();
  expect(await posts.list()).toContainEqual({
    id: one.id,
    chat: group,
    state: 'queued',
    attempts: 1,
    code: '45009 too many',
  });

  await posts.add([post()]); // does not end the wait
  expect(await posts.due(nine, 10)).toEqual([]);
  real += 5_000;
  expect(await posts.due(nine, 10)).toEqual([group]);
  expect(await next()).toMatchObject({ post: { id: one.id }, attempts: 2 });
});

test('a wait ends when the machine’s clock is put back by hours', async () => {
  let real = 100_000_000;
  const { keys } = place();
  const posts = redisPosts(redis, keys, () => real);
  const one = post();
  await posts.add([one]);
  const next = copy(posts);
  await next(null, 'a');
  await next({ id: one.id, attempt: 'a', outcome: 'retry', code: '', waitMs: 60_000 });
  real -= 2 * 3_600_000;
  expect(await posts.due(nine, 10)).toEqual([group]);
  expect((await next()).post?.id).toBe(one.id);
});

test('a refused post is closed with the platform’s word and lets the next one pass', async () => {
  const { posts } = place();
  const [one, two] = [post(), post()];
  await posts.add([one, two]);
  const next = copy(posts);
  await next(null, 'a');
  expect((await next({ id: one.id, attempt: 'a', outcome: 'refused', code: '93000' })).post?.id).toBe(two.id);
  expect(await posts.list()).toContainEqual({ id: one.id, chat: group, state: 'refused', attempts: 1, code: '93000' });
});

test('a postponed post is not counted as an attempt and lets others pass', async () => {
  const { posts } = place();
  const [one, two] = [post(), post()];
  await posts.add([one, two]);
  const next = copy(posts);
  await next(null, 'a');
  expect((await next({ id: one.id, attempt: 'a', outcome: 'postponed', until: ten, joins: false }, 'b')).post?.id).toBe(
    two.id,
  );
  expect((await next(sent(two.id, 'b'))).post).toBeNull();
  expect(await posts.nextDue(nine, ten)).toEqual(ten);
  expect(await next(null, 'c', ten)).toMatchObject({ post: { id: one.id }, attempts: 1 });
});

const dies = async (delivery: Post['delivery'], posts: PostStore, free: () => Promise<unknown>) => {
  const one = post({ delivery });
  await posts.add([one]);
  await copy(posts)(); // marked as being sent; then this copy is gone
  await free();
  return one;
};

test('at most once: what was being sent when a copy died is closed as unknown and never handed out again', async () => {
  const { posts, keys } = place();
  const one = await dies('atMostOnce', posts, () => redis.del(keys.chatLease(group)));
  const { post: handed, closed } = await copy(posts)();
  expect(handed).toBeNull();
  expect(closed).toEqual([{ id: one.id, state: 'unknown' }]);
  expect(await posts.list()).toEqual([{ id: one.id, chat: group, state: 'unknown', attempts: 1, code: '' }]);
});

test('at least once: it is handed out again, and given up when nobody ever learns what became of it', async () => {
  const { posts, keys } = place();
  const one = await dies('atLeastOnce', posts, () => redis.del(keys.chatLease(group)));
  const handed = [];
  for (let i = 0; i < 5; i++) {
    handed.push((await copy(posts)()).post?.id);
    await redis.del(keys.chatLease(group));
  }
  expect(handed).toEqual([one.id, one.id, undefined, undefined, undefined]);
});

test('an outcome that nobody knows closes a post of at most once, and repeats one of at least once', async () => {
  let real = 1_000_000;
  const { keys } = place();
  const posts = redisPosts(redis, keys, () => real);
  const [ranking, digest] = [post({ delivery: 'atMostOnce' }), post()];
  await posts.add([ranking, digest]);
  const next = copy(posts);
  const unknown = (id: string, attempt: string): Settled => ({
    id,
    attempt,
    outcome: 'unknown',
    code: 'timeout',
    waitMs: 9,
  });
  await next(null, 'a');
  const after = await next(unknown(ranking.id, 'a'), 'b');
  expect(after).toMatchObject({ post: { id: digest.id }, closed: [{ id: ranking.id, state: 'unknown' }] });
  expect((await next(unknown(digest.id, 'b'))).post).toBeNull();
  real += 9;
  expect(await next()).toMatchObject({ post: { id: digest.id }, attempts: 2 });
});

test('whoever outlived the lease settles nothing', async () => {
  const { posts, keys } = place();
  const one = post();
  await posts.add([one]);
  const [stalled, other] = [copy(posts), copy(posts)];
  await stalled(null, 'a');
  await redis.del(keys.chatLease(group));
  await other(null, 'b');
  await stalled({ id: one.id, attempt: 'a', outcome: 'refused', code: '93000' });
  expect(await posts.list()).toMatchObject([{ id: one.id, state: 'sending' }]);
  await other(sent(one.id, 'b'));
  expect(await posts.list()).toEqual([]);
});

test('no name of a conversation or post can leave its place', async () => {
  const { posts, keys } = place();
  expect(keys.queue('a}:{x')).not.toContain('{x');
  const hostile = ['a b', 'x\ny', '}{out}', '"', '零\u200b'].map((id) =>
    post({ id, chat: chatOf(`g ${id}`), reply: text(id) }),
  );
  await posts.add(hostile);
  for (const one of hostile) {
    const { post: handed } = await posts.next(chatKey(one.chat), {
      holder: 'h',
      now: nine,
      day: dayOf(nine),
      settled: null,
      attempt: 'a',
    });
    expect(handed).toEqual(one);
  }
});

/** What one copy does next. `twice`: the answer was lost, so it asks again in the same words. */
type Step = { who: number; twice: boolean; dies: boolean; outcome: 'sent' | 'refused' | 'retry' | 'unknown' };
const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(1),
  twice: fc.boolean(),
  dies: fc.boolean(),
  outcome: fc.constantFrom('sent', 'refused', 'retry', 'unknown'),
});

test('in whatever way two copies send, die and lose answers, no post of at most once is handed out twice, and none overtakes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.array(fc.boolean(), { maxLength: 5 }),
      async (steps, once) => {
        let real = 1_000_000;
        const { keys } = place();
        const posts = redisPosts(redis, keys, () => real);
        const all = once.map((isOnce) => post({ delivery: isOnce ? 'atMostOnce' : 'atLeastOnce' }));
        await posts.add(all);

        const calls: string[] = [];
        const told = new Map<string, string>();
        const copies = [0, 1].map(() => ({ next: copy(posts), settled: null as Settled | null }));
        for (const [i, { who, twice, dies, outcome }] of steps.entries()) {
          const me = copies[who];
          if (!me) throw new Error('nobody');
          const turn = [me.settled, `attempt-${i}`] as const;
          if (twice) await me.next(...turn);
          const { post: handed } = await me.next(...turn);
          me.settled = null;
          real += 10;
          if (!handed) continue;
          calls.push(handed.id);
          // Only a platform that certainly did not take it may be asked once more.
          if (handed.delivery === 'atMostOnce') expect([undefined, 'retry']).toContain(told.get(handed.id));
          told.set(handed.id, dies ? 'died' : outcome);
          if (dies) {
            copies[who] = { next: copy(posts), settled: null };
            await redis.del(keys.chatLease(group));
          } else {
            me.settled = { id: handed.id, attempt: `attempt-${i}`, outcome, code: 'x', waitMs: 5 } as Settled;
          }
        }

        const firsts = [...new Set(calls)];
        expect(firsts).toEqual(all.slice(0, firsts.length).map(({ id }) => id));
      },
    ),
    { numRuns: 150 },
  );
});

test('a conversation whose wait is over is found while its post is in hand, also when nobody has looked for it', async () => {
  const { keys } = place();
  const time = { real: Date.now() };
  const posts = redisPosts(redis, keys, () => time.real);
  const one = post();
  await posts.add([one]);
  const turn = copy(posts);
  await turn(null, 'a');
  await turn({ id: one.id, attempt: 'a', outcome: 'full', code: 'window-full', waitMs: 1_000 }, 'b');
  time.real += 1_001;
  expect(await turn(null, 'c')).toMatchObject({ post: { id: one.id }, attempts: 1 });
  // The copy dies here.
  expect(await posts.due(nine, 10)).toEqual([group]);
  expect(await posts.list()).toMatchObject([{ id: one.id, state: 'sending' }]);
});

test('a window that is full counts no attempt, and the conversation waits just so long', async () => {
  const { keys } = place();
  const time = { real: Date.now() };
  const posts = redisPosts(redis, keys, () => time.real);
  const one = post({ delivery: 'atMostOnce' });
  await posts.add([one]);
  const turn = copy(posts);
  for (let i = 0; i < 20; i++) {
    expect(await turn(null, `a${i}`)).toMatchObject({ post: { id: one.id }, attempts: 1 });
    const full = { id: one.id, attempt: `a${i}`, outcome: 'full', code: 'window-full', waitMs: 700 } as const;
    expect(await turn(full)).toMatchObject({ post: null });
    time.real += 699;
    expect(await posts.due(nine, 10)).toEqual([]);
    expect(await turn(null)).toMatchObject({ post: null });
    time.real += 1;
  }
});

test('what Redis refuses to write is not confirmed, and taken up again when it can', async () => {
  const { socket } = await ownRedis();
  const own = connect(socket, silent);
  onTestFinished(() => own.disconnect());
  await ready(own, 5_000);
  const posts = redisPosts(own, keysIn('refused'), Date.now);
  await posts.add([post({ id: 'one' })]);
  const turn = copy(posts);
  await own.config('SET', 'min-replicas-to-write', '1');
  await expect(turn(null, 'a')).rejects.toBeInstanceOf(Unconfirmed);
  await own.config('SET', 'min-replicas-to-write', '0');
  expect(await turn(null, 'a')).toMatchObject({ post: { id: 'one' }, attempts: 1 });
});
