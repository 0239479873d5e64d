/**
 * A bot that is nothing but its engine, for tests that kill it: `node copy.ts <socket> <namespace>`. Each line on its
 * input is a moment: it ticks and drains by it, prints `run <slot>` for each run, `sent <id>` for each post before the
 * platform's answer is heard, and then `done <moment> <slots and posts that it could not end>`.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Temporal } from 'temporal-polyfill';
import { calendarFrom } from '../../src/domain/calendar.ts';
import type { Unit } from '../../src/domain/organisation.ts';
import type { Job, JobContext } from '../../src/job.ts';
import { text } from '../../src/message.ts';
import { outbox } from '../../src/outbox.ts';
import type { Delivery, Log } from '../../src/ports.ts';
import { scheduler } from '../../src/scheduler.ts';
import { keysIn } from '../../src/store/keys.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { connect, ready } from '../../src/store/redis.ts';
import { redisSlots } from '../../src/store/slots.ts';
import { redisWaker } from '../../src/store/waker.ts';

const [, , socket = '', namespace = ''] = process.argv;
const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
const zone = 'Asia/Shanghai';
const realNow = () => Date.now();
const redis = connect(socket, silent);
await ready(redis, 5_000);
const keys = keysIn(namespace);

const units = Array.from({ length: 5 }, (_, i): Unit => {
  return { id: `u${i + 1}`, name: `单位${i + 1}`, parent: null, settings: {}, chats: [] };
});
/** Falls due each minute of the day. */
const everyMinute = (name: string, delivery: Delivery): Job => ({
  name,
  delivery,
  catchUpMinutes: 60,
  expiresMinutes: 600,
  due: (_, from, to) =>
    Array.from({ length: from.until(to, { largestUnit: 'minutes' }).minutes }, (_, n) => from.add({ minutes: n + 1 })),
  run: async ({ unit, at }) => {
    writeSync(1, `run ${at.toString()}/${unit.id}\n`);
    await redis.ping();
    return [{ chat: { platform: 'playground', kind: 'group', id: unit.id }, reply: text(name) }];
  },
});

let now = Temporal.Instant.from('2026-11-23T01:00:00Z');
const shared = { clock: () => now, realNow, log: silent };
const box = outbox({
  ...shared,
  posts: redisPosts(redis, keys, realNow),
  waker: redisWaker(redis, keys, silent),
  platforms: new Map([['playground', { send: async (_chat, _reply, id) => void writeSync(1, `sent ${id}\n`) }]]),
  admission: { dayOf: () => 0, opensAt: async (_post, _place, at) => at },
  isMoot: async () => false,
  onRefused: async () => {},
  random: () => 0,
});
const { tick } = scheduler({
  ...shared,
  jobs: [everyMinute('board', 'atMostOnce'), everyMinute('nudge', 'atLeastOnce')],
  slots: redisSlots(redis, keys),
  outbox: box,
  calendar: calendarFrom(),
  zone,
  directory: { units: async () => units },
  contextFor: (run) => run as JobContext,
});

for await (const line of createInterface(process.stdin)) {
  now = Temporal.Instant.from(line);
  const { held, failed } = await tick(now).catch(() => ({ held: 1, failed: 0 }));
  const ended = await box.drain().then(
    () => true,
    () => false,
  );
  writeSync(1, `done ${line} ${held + failed + (ended ? 0 : 1)}\n`);
}
redis.disconnect();
