import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { timesBetween } from '../src/domain/calendar.ts';
import { minuteOf, slotId } from '../src/domain/slot.ts';
import { Unconfirmed } from '../src/errors.ts';
import type { Job, JobContext } from '../src/job.ts';
import { text } from '../src/message.ts';
import type { Post } from '../src/ports.ts';
import { chatOf, engine, jobAt, minute, place, redis, slot, unitOf } from './engine.ts';
import { at } from './values.ts';

const morning = at('2026-11-23 09:00');
const five = at('2026-11-23 17:00');
const groups = (sent: readonly { chat: string }[]) => sent.map(({ chat }) => chat.split(':').at(-1));

/** A copy that was born on Monday morning. */
const born = async (over: Parameters<typeof engine>[1] = {}, where = place()) => {
  const bot = engine(where, over);
  await bot.at(morning);
  return { ...bot, where };
};

/** A job that keeps the contexts it was run with. */
const witness = (over: Partial<Job> = {}) => {
  const seen: JobContext[] = [];
  const job = jobAt('17:00', {
    ...over,
    run: async (context) => {
      seen.push(context);
      return [{ chat: chatOf(context.unit.id), reply: text('好') }];
    },
  });
  return { job, seen, late: () => seen.map(({ late }) => late) };
};

test('a slot runs at its minute, for each unit, and its posts go out', async () => {
  const { job, seen } = witness();
  const bot = await born({ jobs: [job], units: [unitOf('u1'), unitOf('u2')] });
  expect(await bot.at(five.subtract({ seconds: 1 }))).toMatchObject({ done: 0 });
  expect(await bot.at(five)).toMatchObject({ done: 2, held: 0, failed: 0 });
  expect(bot.sent).toEqual([
    { id: 'nudge/2026-11-23T17:00/u1/playground:group:u1', chat: 'playground:group:u1' },
    { id: 'nudge/2026-11-23T17:00/u2/playground:group:u2', chat: 'playground:group:u2' },
  ]);
  expect(seen[0]).toMatchObject({ unit: { id: 'u1' }, settings: { nudgeAt: '17:00' }, late: false });
  expect(seen[0]?.at.toString()).toBe('2026-11-23T17:00:00');
  expect(seen[0]?.now.toString()).toBe('2026-11-23T17:00:00+08:00[Asia/Shanghai]');
});

test('ticking again runs nothing again, then or after a restart', async () => {
  const { job, seen } = witness();
  const bot = await born({ jobs: [job] });
  for (const seconds of [0, 1, 30, 59, 61, 3_600]) await bot.at(five.add({ seconds }));
  await engine(bot.where, { jobs: [job] }).at(five.add({ hours: 1 }));
  expect(seen).toHaveLength(1);
});

test('nothing from before the bot’s birth is caught up', async () => {
  const bot = engine(place(), { jobs: [jobAt('08:55', { catchUpMinutes: 600 })] });
  expect(await bot.at(morning)).toMatchObject({ late: 0, skipped: 0 });
});

test('missed inside the window: run once, and the job is told that it is late', async () => {
  const { job, late } = witness({ catchUpMinutes: 60 });
  const bot = await born({ jobs: [job] });
  expect(await bot.at(five.add({ minutes: 59 }))).toMatchObject({ late: 1, done: 0 });
  await bot.at(five.add({ minutes: 60 }));
  expect(late()).toEqual([true]);
  expect(bot.said('ran late')).toMatchObject([{ fields: { job: 'nudge', slots: ['nudge/2026-11-23T17:00/u1'] } }]);
});

test.each([1, 3, 30])(
  'stopped over %i slots, all older than the window: none is posted, one line says so, each is counted',
  async (days) => {
    const { job, seen } = witness({ catchUpMinutes: 60, due: (_, from, to) => timesBetween('17:00', from, to) });
    const bot = await born({ jobs: [job] });
    const restarted = engine(bot.where, { jobs: [job] });
    const tally = await restarted.at(five.add({ hours: 24 * (days - 1) + 2 }));
    expect(tally).toMatchObject({ skipped: days, late: 0, done: 0 });
    expect(restarted.sent).toEqual([]);
    expect(seen).toEqual([]);
    expect(restarted.said('missed and skipped')).toMatchObject([
      { level: 'warn', fields: { job: 'nudge', count: days } },
    ]);
    expect(await bot.where.slots.counts()).toEqual(new Map([['nudge/skipped', days]]));
  },
);

test('stopped over three slots inside the window: the newest alone is caught up', async () => {
  const { job, seen } = witness({
    catchUpMinutes: 600,
    due: (_, from, to) => ['10:00', '11:00', '12:00'].flatMap((time) => timesBetween(time, from, to)),
  });
  const bot = await born({ jobs: [job] });
  expect(await bot.at(at('2026-11-23 12:30'))).toMatchObject({ late: 1, skipped: 2 });
  expect(seen.map(({ at }) => at.hour)).toEqual([12]);
});

test('slots run in the order of their minutes, however many one tick finds', async () => {
  const bot = await born({
    jobs: [jobAt('16:59', { name: 'b' }), jobAt('17:00', { name: 'a' })],
    units: Array.from({ length: 40 }, (_, i) => unitOf(`u${i + 1}`)),
  });
  await bot.at(five.add({ seconds: 30 }));
  const jobs = bot.sent.map(({ id }) => id.slice(0, 1)).join('');
  expect(jobs).toBe('b'.repeat(40) + 'a'.repeat(40));
});

test('what falls due at a later minute begins when the earlier ones have ended', async () => {
  const order: string[] = [];
  const slow =
    (name: string): Job['run'] =>
    async () => {
      order.push(`${name} begins`);
      await redis.ping();
      order.push(`${name} ends`);
      return [];
    };
  const bot = await born({
    jobs: [jobAt('17:00', { name: 'a', run: slow('17:00') }), jobAt('16:59', { name: 'b', run: slow('16:59') })],
  });
  await bot.at(five);
  expect(order).toEqual(['16:59 begins', '16:59 ends', '17:00 begins', '17:00 ends']);
});

test('posts of one minute reach a conversation in the order of the list of jobs', async () => {
  const run: Job['run'] = async () => [{ chat: chatOf('leader'), reply: text('好') }];
  const names = ['c', 'a', 'b'];
  const units = [unitOf('u1', { groupMost: 4 })];
  const bot = await born({ units, jobs: names.map((name) => jobAt('17:00', { name, run })) });
  await bot.at(five);
  expect(bot.sent.map(({ id }) => id[0])).toEqual(names);
});

test('a job that throws is logged with a reference, does not hold up others, and is tried again', async () => {
  let fails = true;
  const poison = jobAt('17:00', {
    name: 'poison',
    run: async () => {
      if (fails) throw new Error('boom');
      return [{ chat: chatOf('p'), reply: text('好') }];
    },
  });
  const bot = await born({ jobs: [poison, jobAt('17:00')] });
  expect(await bot.at(five)).toMatchObject({ failed: 1, done: 1 });
  expect(bot.said('job failed')).toMatchObject([
    { fields: { slot: 'poison/2026-11-23T17:00/u1', ref: expect.stringMatching(/^[0-9a-f]{8}$/) } },
  ]);
  fails = false;
  expect(await bot.at(five.add({ minutes: 1 }))).toMatchObject({ done: 1 });
  expect(groups(bot.sent)).toEqual(['u1', 'p']);
});

test('one that goes on throwing is skipped after its window, and holds up no later slot meanwhile', async () => {
  const poison = jobAt('17:00', { name: 'poison', catchUpMinutes: 30, run: () => Promise.reject(new Error('boom')) });
  const bot = await born({ jobs: [poison, jobAt('17:20')] });
  for (let i = 0; i <= 40; i++) await bot.at(five.add({ minutes: i }));
  expect(await bot.where.slots.counts()).toEqual(
    new Map([
      ['poison/failed', 31],
      ['nudge/done', 1],
      ['poison/skipped', 1],
    ]),
  );
  expect((await bot.where.slots.settled(0)).until).toBe(minuteOf(minute('2026-11-23 17:39')));
});

test('a job that throws at once is a failed job like any other', async () => {
  const broken = jobAt('17:00', {
    run: () => {
      throw new TypeError('no');
    },
  });
  expect(await (await born({ jobs: [broken] })).at(five)).toMatchObject({ failed: 1 });
});

test('when the posts cannot be stored the slot is not finished, and no post is lost', async () => {
  const where = place();
  let fails = true;
  const posts = {
    ...where.posts,
    add: (some: readonly Post[]) => (fails ? Promise.reject(new Unconfirmed('gone')) : where.posts.add(some)),
  };
  const bot = await born({}, { ...where, posts });
  expect(await bot.at(five)).toMatchObject({ failed: 1 });
  fails = false;
  expect(await bot.at(five.add({ minutes: 1 }))).toMatchObject({ done: 1 });
  expect(bot.sent).toHaveLength(1);
});

test('a store that answers nothing fails the tick; the next one does the work', async () => {
  const where = place();
  let fails = false;
  const gone = () => Promise.reject(new Unconfirmed('gone'));
  const slots = {
    ...where.slots,
    settle: (runs: Parameters<typeof where.slots.settle>[0]) => (fails ? gone() : where.slots.settle(runs)),
  };
  const bot = await born({}, { ...where, slots });
  fails = true;
  await expect(bot.tick(five)).rejects.toThrow(Unconfirmed);
  fails = false;
  expect(await bot.at(five.add({ seconds: 5 }))).toMatchObject({ done: 1 });
  expect(bot.sent).toHaveLength(1);
});

test('three copies at once, and each slot runs once', async () => {
  const where = place();
  const { job, seen } = witness();
  const units = Array.from({ length: 70 }, (_, i) => unitOf(`u${i + 1}`));
  const copies = await Promise.all([1, 2, 3].map(() => born({ jobs: [job], units }, where)));
  await Promise.all(copies.map((bot) => bot.at(five)));
  expect(seen.map(({ unit }) => unit.id).sort()).toEqual(units.map(({ id }) => id).sort());
  expect(copies.flatMap(({ sent }) => sent)).toHaveLength(70);
});

test('a slot whose holder died is taken over when its lease ends, not before', async () => {
  const where = place();
  const hangs = jobAt('17:00', { run: () => new Promise(() => {}) });
  const dead = await born({ jobs: [hangs] }, where);
  void dead.tick(five).catch(() => {});
  const other = engine(where, {});
  const key = where.keys.slotLease(slotId(slot('2026-11-23 17:00')));
  await expect.poll(() => redis.exists(key)).toBe(1);

  expect(await other.at(five.add({ seconds: 10 }))).toMatchObject({ held: 1, done: 0 });
  await redis.del(key); // its time ran out
  expect(await other.at(five.add({ seconds: 61 }))).toMatchObject({ done: 1 });
  expect(other.sent).toHaveLength(1);
});

test('a holder that slept through its lease posts nothing and records nothing', async () => {
  const where = place();
  let real = 0;
  const sleep = Promise.withResolvers<void>();
  const asleep = jobAt('17:00', {
    run: async () => {
      await sleep.promise;
      return [{ chat: chatOf('stale'), reply: text('旧') }];
    },
  });
  const sleeper = await born({ jobs: [asleep], realNow: () => real }, where);
  const ticking = sleeper.at(five);
  const key = where.keys.slotLease(slotId(slot('2026-11-23 17:00')));
  await expect.poll(() => redis.exists(key)).toBe(1);

  await redis.del(key);
  const other = engine(where, {});
  await other.at(five.add({ seconds: 61 }));
  real += 61_000;
  sleep.resolve();
  expect(await ticking).toMatchObject({ held: 1, done: 0 });
  expect(groups([...sleeper.sent, ...other.sent])).toEqual(['u1']);
  expect(await where.slots.counts()).toEqual(new Map([['nudge/done', 1]]));
});

test('a copy that dies between posting and recording makes nobody read twice', async () => {
  const where = place();
  const slots = { ...where.slots, settle: () => Promise.reject(new Unconfirmed('died')) };
  const dying = await born({}, { ...where, slots });
  await expect(dying.tick(five)).rejects.toThrow(Unconfirmed);
  await dying.outbox.drain();
  await redis.del(where.keys.slotLease(slotId(slot('2026-11-23 17:00'))));
  const other = engine(where, {});
  expect(await other.at(five.add({ seconds: 61 }))).toMatchObject({ done: 1 });
  expect([...dying.sent, ...other.sent]).toHaveLength(1);
});

test('posts keep the unit’s quiet hours, and expire by the time of their slot', async () => {
  const where = place();
  const added: Post[] = [];
  const add = (some: readonly Post[]) => {
    added.push(...some);
    return where.posts.add(some);
  };
  const posts = { ...where.posts, add };
  const late = jobAt('18:45', { name: 'late', expiresMinutes: 24 * 60, delivery: 'atMostOnce' });
  const bot = await born(
    { jobs: [late], units: [unitOf('u1'), unitOf('u2', { quietFrom: '19:00' })] },
    { ...where, posts },
  );
  await bot.at(at('2026-11-23 18:45'));
  expect(groups(bot.sent)).toEqual(['u2']);
  expect(added[0]).toMatchObject({
    delivery: 'atMostOnce',
    notBefore: at('2026-11-24 08:30'),
    expiresAt: at('2026-11-24 18:45'),
    source: { job: 'late', slot: '2026-11-23T18:45', unit: 'u1' },
  });
  await bot.at(at('2026-11-24 08:30'));
  expect(groups(bot.sent)).toEqual(['u2', 'u1']);
});

test('one caught up in the evening waits for the morning, or is closed if it is of no use then', async () => {
  const bot = await born({
    jobs: [jobAt('17:00', { name: 'digest', expiresMinutes: 1_440 }), jobAt('17:00', { expiresMinutes: 240 })],
  });
  expect(await bot.at(at('2026-11-23 18:40'))).toMatchObject({ late: 2 });
  expect(bot.sent).toEqual([]);
  await bot.at(at('2026-11-24 08:30'));
  expect(bot.sent.map(({ id }) => id.split('/')[0])).toEqual(['digest']);
  expect(bot.said('post closed: it would expire before it may go out')).toHaveLength(1);
});

test('a clock put back runs nothing twice, one put forward skips or catches up', async () => {
  const { job, late } = witness({ catchUpMinutes: 180 });
  const bot = await born({ jobs: [job] });
  await bot.at(five.add({ hours: 2 }));
  await bot.at(five.subtract({ minutes: 1 }));
  await bot.at(five);
  await bot.at(five.add({ hours: 2, minutes: 1 }));
  expect(late()).toEqual([true]);
  expect(await bot.at(five.add({ hours: 26 }))).toMatchObject({ late: 1, skipped: 0 });
});

test('a slot that another copy does not know of yet is not settled over its head', async () => {
  const where = place();
  await born({ units: [] }, where);
  await engine(where, { units: [] }).at(five); // has not heard of u1, which was made a second ago
  expect(await engine(where, {}).at(five.add({ seconds: 2 }))).toMatchObject({ done: 1 });
});

test('settings are followed from one tick to the next', async () => {
  const where = place();
  const follows = jobAt('', { due: ({ settings }, from, to) => timesBetween(settings.nudgeAt, from, to) });
  const units = [unitOf('u1')];
  const bot = await born({ jobs: [follows], units }, where);
  units[0] = unitOf('u1', { nudgeAt: '16:00' });
  expect(await bot.at(at('2026-11-23 16:00'))).toMatchObject({ done: 1 });
  expect(await bot.at(five)).toMatchObject({ done: 0 });
});

test('says what is coming, in order, and when the next slot is', async () => {
  const bot = engine(place(), { jobs: [jobAt('17:00'), jobAt('09:00', { name: 'digest' })] });
  const coming = await bot.coming(five, at('2026-11-24 17:00'));
  expect(coming.map(slotId)).toEqual(['digest/2026-11-24T09:00/u1', 'nudge/2026-11-24T17:00/u1']);
  expect(await bot.nextDue(five, at('2026-11-24 17:00'))).toEqual(at('2026-11-24 09:00'));
  expect(await bot.nextDue(at('2026-11-24 09:00'), at('2026-11-24 16:59'))).toBeNull();
  expect(await bot.nextDue(at('2026-11-27 17:00'), at('2026-12-31 00:00'))).toEqual(at('2026-11-30 09:00'));
});

test('what would post nothing as things stand is not waited for, and looking at it changes nothing', async () => {
  let looked = 0;
  const run = async () => {
    looked += 1;
    return [];
  };
  const broken = async () => {
    throw new Error('not known');
  };
  const silent = jobAt('09:00', { name: 'silent', readsOnly: true, run });
  const unknown = jobAt('10:00', { name: 'unknown', readsOnly: true, run: broken });
  const writes = jobAt('11:00', { name: 'writes', run });
  const bot = engine(place(), { jobs: [silent, unknown, writes, jobAt('17:00', { readsOnly: true })] });
  const coming = await bot.foreseen(five, at('2026-11-24 17:00'));
  expect(coming.map(({ job }) => job)).toEqual(['unknown', 'writes', 'nudge']);
  expect(looked).toBe(1);
});

test('a clock that steps from one due minute to the next runs a quarter in order, on time, in seconds', async () => {
  const names = ['nudge', 'missing', 'digest', 'draft', 'weekly', 'board'];
  const { said, ...bot } = await born({
    jobs: names.map((name, i) => jobAt(`${10 + i}:00`, { name, run: async () => [] })),
    units: Array.from({ length: 8 }, (_, i) => unitOf(`u${i + 1}`)),
  });
  const end = morning.add({ hours: 24 * 92 });
  const began = performance.now();
  let steps = 0;
  let done = 0;
  for (let next = await bot.nextDue(morning, end); next; next = await bot.nextDue(next, end)) {
    const tally = await bot.at(next);
    expect(tally).toMatchObject({ late: 0, skipped: 0, failed: 0, held: 0 });
    done += tally.done;
    steps += 1;
  }
  expect(done).toBe(steps * 8);
  expect(steps).toBeGreaterThan(6 * 60);
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(said('missed and skipped')).toEqual([]);
});

const summer = (over: Partial<Job> = {}) => ({
  zone: 'America/New_York',
  jobs: [jobAt('02:30', { due: (_, from, to) => timesBetween('02:30', from, to), ...over })],
  units: [unitOf('u1', { quietFrom: '00:00', quietTo: '00:00' })],
});
const instant = (iso: string) => Temporal.Instant.from(iso);

test('a minute that the clocks jump over runs at the first minute after it, on time and once', async () => {
  const bot = engine(place(), summer());
  await bot.at(instant('2026-03-08T06:59:00Z')); // 01:59; the next minute is 03:00
  expect(await bot.nextDue(instant('2026-03-08T06:59:00Z'), instant('2026-03-09T00:00:00Z'))).toEqual(
    instant('2026-03-08T07:00:00Z'),
  );
  expect(await bot.at(instant('2026-03-08T07:00:00Z'))).toMatchObject({ done: 1, late: 0 });
  expect(await bot.at(instant('2026-03-08T07:30:00Z'))).toMatchObject({ done: 0 });
});

test('a minute that comes twice runs the first time only', async () => {
  const twice = { due: ((_, from, to) => timesBetween('01:30', from, to)) as Job['due'] };
  const bot = engine(place(), summer(twice));
  await bot.at(instant('2026-11-01T05:00:00Z'));
  const ends = [];
  for (const minutes of [30, 45, 60, 75, 90, 91, 120]) {
    ends.push((await bot.at(instant('2026-11-01T05:00:00Z').add({ minutes }))).done);
  }
  expect(ends).toEqual([1, 0, 0, 0, 0, 0, 0]);
  expect(await bot.nextDue(instant('2026-11-01T06:00:00Z'), instant('2026-11-01T20:00:00Z'))).toBeNull();
});

test('what is of no use from some time on is closed when it could only come later', async () => {
  const until = minute('2026-11-23 17:10');
  const run: Job['run'] = async () => [{ chat: chatOf('u1'), reply: text('提醒'), until }];
  const late = await born({ jobs: [jobAt('17:00', { run })] });
  await late.at(at('2026-11-23 17:10'));
  expect(late.said('post closed: it would expire before it may go out')).toHaveLength(1);
  expect(late.sent).toEqual([]);
  const onTime = await born({ jobs: [jobAt('17:00', { run })] });
  await onTime.at(at('2026-11-23 17:09'));
  expect(onTime.sent).toHaveLength(1);
});
