import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openMinute } from '../../src/domain/quiet.ts';
import { PlatformError } from '../../src/errors.ts';
import { type Chat, plain, text } from '../../src/message.ts';
import { admission } from '../../src/outbox/admission.ts';
import type { Post } from '../../src/ports.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { calendar, chatOf, engine, mailbox, place, post, redis, unitOf } from '../engine.ts';
import { at } from '../values.ts';

const nine = at('2026-11-23 09:00');
const tomorrow = at('2026-11-24 08:30');
const wang: Chat = { platform: 'playground', id: 'wang', kind: 'direct' };
const source = { job: 'digest', slot: '', unit: 'u1' };

/** Something the bot starts with Wang, of use for days. */
const told = (over: Partial<Post> = {}) =>
  post({ chat: wang, source, notBefore: nine, expiresAt: at('2026-12-10 09:00'), ...over });
const several = (n: number, over: Partial<Post> = {}) =>
  Array.from({ length: n }, (_, i) => told({ id: `p${i}`, reply: text(`第${i}件`), ...over }));

/** A platform that refuses or fails as `says` tells, post by post; and what it was given, in words. */
const ears = (...says: PlatformError['outcome'][]) => {
  const heard: string[] = [];
  const mail = mailbox();
  const send = async (_chat: Chat, reply: Post['reply']) => {
    const outcome = says.shift();
    if (outcome) throw new PlatformError('playground', 1, outcome, '');
    heard.push(plain(reply));
  };
  mail.platforms.set('playground', { send });
  return { ...mail, heard };
};

const house = () => ({ ...place(), time: { real: Date.now() } });

const bot = (mail = ears(), over: { units?: ReturnType<typeof unitOf>[]; where?: ReturnType<typeof house> } = {}) => {
  const now = { at: nine };
  const where = over.where ?? house();
  const { time } = where;
  const posts = redisPosts(redis, where.keys, () => time.real);
  const one = engine(
    { ...where, posts },
    { mail, now, realNow: () => time.real, ...(over.units && { units: over.units }) },
  );
  const drainAt = async (moment: typeof nine) => {
    now.at = moment;
    time.real += 120_000;
    await one.outbox.drain();
  };
  return { ...one.outbox, refused: one.refused, posts, heard: mail.heard, now, drainAt };
};

test('nobody gets more than three a day; the rest comes as one message when the next workday opens', async () => {
  const { enqueue, drainAt, heard, nextDue } = bot();
  await enqueue(several(6));
  await drainAt(nine);
  await drainAt(at('2026-11-23 17:00'));
  expect(heard).toEqual(['第0件', '第1件', '第2件']);
  expect(await nextDue(nine, at('2026-11-30 09:00'))).toEqual(tomorrow);
  await drainAt(tomorrow);
  expect(heard.slice(3)).toEqual(['第3件\n————————\n第4件\n————————\n第5件']);
});

test('what waited is one of the next day’s three', async () => {
  const { enqueue, drainAt, heard } = bot();
  await enqueue(several(5));
  await drainAt(nine);
  await drainAt(tomorrow);
  await enqueue(several(4).map((one) => ({ ...one, id: `next-${one.id}` })));
  await drainAt(at('2026-11-24 09:00'));
  expect(heard).toHaveLength(6);
});

test('over a weekend the rest waits for Monday; what is of no use by then is closed at once', async () => {
  const { enqueue, drainAt, heard, posts } = bot();
  const friday = at('2026-11-27 16:00');
  await enqueue([...several(4), told({ id: 'nudge', expiresAt: at('2026-11-27 18:30') })]);
  await drainAt(friday);
  expect(await posts.list()).toMatchObject([
    { id: 'p3', state: 'queued' },
    { id: 'nudge', state: 'expired', code: 'held-back' },
  ]);
  await drainAt(at('2026-11-29 12:00'));
  expect(heard).toHaveLength(3);
  await drainAt(at('2026-11-30 08:30'));
  expect(heard).toHaveLength(4);
});

test('a group gets two a day; answers to commands are not among them', async () => {
  const { enqueue, drainAt, heard } = bot();
  const chat = chatOf('g1');
  await enqueue([
    ...several(3, { chat }),
    ...several(5, { chat, source: null }).map((r) => ({ ...r, id: `r/${r.id}` })),
  ]);
  await drainAt(nine);
  expect(heard).toHaveLength(7);
});

test('the limits are the unit’s settings', async () => {
  const { enqueue, drainAt, heard } = bot(ears(), { units: [unitOf('u1', { privateMost: 1, groupMost: 0 })] });
  await enqueue([...several(2), told({ id: 'g', chat: chatOf('g1') })]);
  await drainAt(nine);
  expect(heard).toEqual(['第0件']);
});

test('a step of a procedure is counted but never held back, except by quiet hours', async () => {
  const { enqueue, drainAt, heard } = bot();
  const procedure = several(5, { priority: 'procedure' });
  await enqueue([...procedure, told({ id: 'digest', reply: text('简报') })]);
  await drainAt(at('2026-11-23 18:30'));
  expect(heard).toEqual([]);
  await drainAt(tomorrow);
  expect(heard).toEqual(['第0件', '第1件', '第2件', '第3件', '第4件']);
  await drainAt(at('2026-11-25 08:30'));
  expect(heard.slice(5)).toEqual(['简报']);
});

test('a refused post is no message; one that is tried again counts once', async () => {
  const { enqueue, drainAt, heard, refused } = bot(ears('refused', 'retry', 'unknown'));
  await enqueue(several(5));
  for (const minute of [0, 5, 10, 15]) await drainAt(nine.add({ minutes: minute }));
  expect(refused).toHaveLength(1);
  // The second was tried three times, and of one of these nobody knows what came of it.
  expect(heard).toEqual(['第1件', '第2件', '第3件']);
});

test('what the night made wait comes as one message in the morning, without what is over by then', async () => {
  const { enqueue, drainAt, heard } = bot();
  const [first, second, third] = several(3, { notBefore: at('2026-11-23 20:00') });
  if (!first || !second || !third) throw new Error('three');
  await enqueue([first, { ...second, expiresAt: at('2026-11-24 09:00') }, third]);
  await drainAt(at('2026-11-23 20:00'));
  await drainAt(at('2026-11-24 09:00'));
  expect(heard).toEqual(['第0件\n————————\n第2件']);
});

test('a message of several is of use as long as one of them is', async () => {
  const { enqueue, drainAt, heard, posts } = bot();
  const [first, second] = several(2, { notBefore: at('2026-11-23 20:00') });
  if (!first || !second) throw new Error('two');
  await enqueue([{ ...first, expiresAt: at('2026-11-24 09:00') }, second]);
  await drainAt(at('2026-11-23 20:00'));
  await drainAt(at('2026-11-24 10:00'));
  expect(heard).toEqual(['第1件']);
  expect(await posts.list()).toEqual([]);
});

test('posts that are treated differently when nobody knows what became of them stay apart, and so do long ones', async () => {
  const { enqueue, drainAt, heard } = bot();
  const night = at('2026-11-23 20:00');
  const long = text('长'.repeat(2_000));
  await enqueue([
    told({ notBefore: night, reply: text('简报') }),
    told({ notBefore: night, reply: text('通报'), delivery: 'atMostOnce' }),
    told({ notBefore: night, reply: long }),
    told({ notBefore: night, reply: long }),
  ]);
  await drainAt(night);
  await drainAt(tomorrow);
  expect(heard.map((words) => words.slice(0, 2))).toEqual(['简报', '通报', '长长']);
});

test('however many copies drain, die and lose answers, a day brings three at most, and in time each post once', async () => {
  const fate = fc.constantFrom('sent', 'retry', 'refused', 'dies');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.array(fate, { maxLength: 12 }), async (n, fates) => {
      const where = house();
      const seen = new Map<string, number>();
      const heard: string[] = [];
      let day = '';
      const mail = ears();
      const send = async (_chat: Chat, reply: Post['reply']) => {
        const what = fates.shift() ?? 'sent';
        if (what === 'retry' || what === 'refused') throw new PlatformError('playground', 1, what, '');
        heard.push(plain(reply));
        seen.set(day, (seen.get(day) ?? 0) + 1);
        if (what === 'dies') throw new PlatformError('playground', 1, 'unknown', '');
      };
      mail.platforms.set('playground', { send });
      const copies = [1, 2, 3].map(() => bot(mail, { where }));
      await copies[0]?.enqueue(several(n, { delivery: 'atMostOnce' }));
      for (let d = 23; d <= 27; d++) {
        day = `2026-11-${d}`;
        for (const hour of ['08:30', '11:00', '16:00']) {
          await Promise.all(copies.map(({ drainAt }) => drainAt(at(`${day} ${hour}`))));
        }
      }
      for (const count of seen.values()) expect(count).toBeLessThanOrEqual(3);
      const words = heard.flatMap((one) => one.split('\n————————\n'));
      expect(new Set(words).size).toBe(words.length);
      const open = (await where.posts.list()).filter(({ state }) => state === 'queued' || state === 'sending');
      expect(open).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('the count of a day is forgotten', async () => {
  const where = house();
  const { enqueue, drainAt } = bot(ears(), { where });
  await enqueue([told()]);
  await drainAt(nine);
  const [key] = await redis.keys(where.keys.startedPosts(0).replace(/0$/, '*'));
  expect(await redis.ttl(key ?? '')).toBeGreaterThan(0);
});

test('in an emergency the night is open for its unit alone, until its end, and more may be said than usual', async () => {
  const emergency = { until: at('2026-11-23 22:00').epochMilliseconds, reason: '防汛' };
  const units = [{ ...unitOf('u1'), emergency }, unitOf('u2')];
  const { enqueue, drainAt, heard } = bot(ears(), { units });
  const night = at('2026-11-23 20:00');
  await enqueue([
    ...several(7, { notBefore: night }),
    told({ id: 'other', chat: chatOf('g2'), source: { ...source, unit: 'u2' }, notBefore: night }),
  ]);
  await drainAt(night);
  expect(heard).toHaveLength(6);
  await enqueue([told({ id: 'late', chat: chatOf('g1'), notBefore: night })]);
  await drainAt(at('2026-11-23 22:00'));
  expect(heard).toHaveLength(6);
  await drainAt(tomorrow);
  expect(heard).toHaveLength(9);
});

const minute = fc.integer({ min: 0, max: 60 * 1440 }).map((n) => at('2026-09-15 00:00').add({ minutes: n }));
const hour = fc.integer({ min: 0, max: 23 }).map((n) => `${n}`.padStart(2, '0').concat(':00'));
const settings = fc.record({
  quietFrom: hour,
  quietTo: hour,
  privateMost: fc.integer({ min: 0, max: 6 }),
  groupMost: fc.integer({ min: 0, max: 4 }),
});

test('whatever a unit has set: never in quiet hours but for an emergency, never above the budget, never earlier', async () => {
  const zone = 'Asia/Shanghai';
  const cases = fc.record({ settings, now: minute, place: fc.integer({ min: 1, max: 7 }), isGroup: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(cases, fc.option(minute), async ({ settings, now, place, isGroup }, end) => {
      const emergency = end && { until: end.epochMilliseconds, reason: '防汛' };
      const unit = { ...unitOf('u1', settings), ...(emergency && { emergency }) };
      const { opensAt, dayOf } = admission({ unit: async () => unit }, calendar, zone);
      const chat = isGroup ? chatOf('g1') : wang;
      const opens = await opensAt(told({ chat }), place, now);
      expect(opens.epochMilliseconds).toBeGreaterThanOrEqual(now.epochMilliseconds);
      const isEmergency = end !== null && now.epochMilliseconds < end.epochMilliseconds;
      const most = isEmergency ? (isGroup ? 4 : 6) : isGroup ? settings.groupMost : settings.privateMost;
      if (place > most) expect(dayOf(opens)).toBeGreaterThan(dayOf(now));
      else if (isEmergency) expect(opens).toEqual(now);
      const local = opens.toZonedDateTimeISO(zone).toPlainDateTime();
      if (!isEmergency) expect(openMinute(local, settings, calendar)).toEqual(local);
      expect(await opensAt({ ...told({ chat }), source: null }, place, now)).toEqual(now);
    }),
  );
});
