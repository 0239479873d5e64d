import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, inject } from 'vitest';
import { calendarFrom, timesBetween } from '../src/domain/calendar.ts';
import type { Unit } from '../src/domain/organisation.ts';
import type { Settings } from '../src/domain/settings.ts';
import type { Slot } from '../src/domain/slot.ts';
import type { Job, JobContext } from '../src/job.ts';
import { type Chat, chatKey, type PlatformName, text } from '../src/message.ts';
import { admission } from '../src/outbox/admission.ts';
import { outbox } from '../src/outbox.ts';
import type { Log, Platform, Post } from '../src/ports.ts';
import type { JobRun } from '../src/scheduler/run.ts';
import { scheduler } from '../src/scheduler.ts';
import { keysIn } from '../src/store/keys.ts';
import { redisPosts } from '../src/store/posts.ts';
import { connect, ready } from '../src/store/redis.ts';
import { redisSlots } from '../src/store/slots.ts';
import { redisWaker } from '../src/store/waker.ts';
import { at, ledger, zone } from './values.ts';

export const redis = connect(inject('redis'), ledger().log);
beforeAll(() => ready(redis, 5_000));
afterAll(() => redis.disconnect());

export const calendar = calendarFrom();
export const realNow = () => Date.now();

/** A place of its own in the Redis of the run. */
export const place = () => {
  const keys = keysIn(`e-${randomUUID().slice(0, 8)}`);
  const waker = redisWaker(redis, keys, ledger().log);
  return { keys, slots: redisSlots(redis, keys), posts: redisPosts(redis, keys, realNow), waker };
};

/** A moment of the organisation's own day, wherever that is. */
export const minute = (local: string) => Temporal.PlainDateTime.from(local.replace(' ', 'T'));

export const slot = (local: string, over: Partial<Slot> = {}): Slot => ({
  job: 'nudge',
  unit: 'u1',
  at: minute(local),
  ...over,
});

export const unitOf = (id: string, settings: Partial<Settings> = {}): Unit => ({
  id,
  name: `单位${id}`,
  parent: null,
  settings,
  chats: [],
});

export const chatOf = (id: string): Chat => ({ platform: 'playground', id, kind: 'group' });

/** Something to post, each time under a new id. */
export const post = (over: Partial<Post> = {}): Post => ({
  id: randomUUID(),
  chat: chatOf('g1'),
  reply: text('提醒'),
  delivery: 'atLeastOnce',
  notBefore: at('2026-11-23 09:00'),
  expiresAt: at('2026-11-23 12:00'),
  source: null,
  ...over,
});

/** A log that keeps what it is told, so that a test can ask for it. */
export const diary = () => {
  const lines: { level: string; message: string; fields: object }[] = [];
  const writer = (level: string) => (fields: object, message: string) => void lines.push({ level, message, fields });
  const log: Log = {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    child: () => log,
  };
  return { log, lines, said: (message: string) => lines.filter((line) => line.message === message) };
};

/** A job that posts to its unit's group at `time` on workdays. */
export const jobAt = (time: string, over: Partial<Job> = {}): Job => ({
  name: 'nudge',
  catchUpMinutes: 120,
  delivery: 'atLeastOnce',
  expiresMinutes: 240,
  due: ({ calendar }, from, to) => timesBetween(time, from, to).filter((at) => calendar.isWorkday(at.toPlainDate())),
  run: async ({ unit }) => [{ chat: chatOf(unit.id), reply: text(unit.name) }],
  ...over,
});

/** A platform that keeps what it was given, in order. `answer` may throw, or be slow. */
export const mailbox = (answer: (post: { id: string; chat: Chat }) => Promise<void> = async () => {}) => {
  const sent: { id: string; chat: string }[] = [];
  const platform: Pick<Platform, 'send'> = {
    async send(chat, _reply, id) {
      await answer({ id, chat });
      sent.push({ id, chat: chatKey(chat) });
    },
  };
  return { sent, platforms: new Map<PlatformName, Pick<Platform, 'send'>>([['playground', platform]]) };
};

type Copy = {
  jobs?: readonly Job[];
  units?: readonly Unit[];
  zone?: string;
  realNow?: () => number;
  mail?: ReturnType<typeof mailbox>;
  now?: { at: Temporal.Instant };
  isMoot?: (post: Post, now: Temporal.Instant) => Promise<boolean>;
  /** What the copy is called in the store. */
  holder?: string;
  /** The stores and the language of real jobs. */
  sources?: Pick<JobContext, 'reports' | 'directory' | 'boards' | 'lists' | 't'> & Partial<Pick<JobContext, 'burden'>>;
};

/** One copy of the bot's engine on a place that it may share with others. */
export const engine = (
  { slots, posts, waker }: Pick<ReturnType<typeof place>, 'slots' | 'posts' | 'waker'>,
  {
    jobs = [jobAt('17:00')],
    units = [unitOf('u1')],
    mail = mailbox(),
    now = { at: at('2026-11-23 09:00') },
    ...over
  }: Copy,
) => {
  const { log, lines, said } = diary();
  const where = over.zone ?? zone;
  const shared = { clock: () => now.at, realNow: over.realNow ?? realNow, log };
  const refused: { id: string; code: string }[] = [];
  const box = outbox({
    ...shared,
    posts,
    waker,
    platforms: mail.platforms,
    admission: admission({ unit: async (id) => units.find((unit) => unit.id === id) ?? null }, calendar, where),
    isMoot: over.isMoot ?? (async () => false),
    onRefused: async ({ id }, code) => void refused.push({ id, code }),
    random: () => 0,
    ...(over.holder !== undefined && { holder: over.holder }),
  });
  const beat = scheduler({
    ...shared,
    jobs,
    slots,
    outbox: box,
    calendar,
    zone: where,
    directory: { units: async () => units },
    contextFor: (run: JobRun) => ({ links: { board: async () => null }, ...run, ...over.sources }) as JobContext,
  });

  return {
    ...beat,
    outbox: box,
    lines,
    said,
    refused,
    sent: mail.sent,
    /** Sets the clock, runs what is due and sends what may go out. */
    async at(moment: Temporal.Instant) {
      now.at = moment;
      const tally = await beat.tick(moment);
      await box.drain();
      return tally;
    },
  };
};
