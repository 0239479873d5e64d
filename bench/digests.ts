import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { dailyDigest } from '../jobs/daily-digest.ts';
import { calendarFrom } from '../src/domain/calendar.ts';
import { translator } from '../src/i18n.ts';
import type { PlatformName } from '../src/message.ts';
import { admission } from '../src/outbox/admission.ts';
import { outbox as outboxOf } from '../src/outbox.ts';
import type { Platform } from '../src/ports.ts';
import { scheduler as schedulerOf } from '../src/scheduler.ts';
import { storedBoards } from '../src/store/boards.ts';
import { burdenStore } from '../src/store/burden.ts';
import { scopeChanges } from '../src/store/change.ts';
import { indicatorStore } from '../src/store/indicators.ts';
import { listStore } from '../src/store/lists.ts';
import { redisPosts } from '../src/store/posts.ts';
import { rankedBoards } from '../src/store/ranked.ts';
import { redisSlots } from '../src/store/slots.ts';
import { redisWaker } from '../src/store/waker.ts';
import { at, day, zone } from '../test/values.ts';
import { city, idOf, PEOPLE } from './city.ts';
import { silent } from './county.ts';
import { inFlight } from './rounds.ts';

/** The day of which is told, and the moment at which. */
const on = day('2026-11-23');
const nine = at('2026-11-24 09:00');
const FILED = 18;

/**
 * One morning's digests of a whole organisation: slots leased, units read, words made, posts kept, gates passed and
 * handed to a platform that takes them at once. Each unit has a leader; the first one's leads all.
 */
export const digests = async (redis: Redis, count: number): Promise<readonly string[]> => {
  const stores = await city(redis, `digests-${count}`, count);
  const { keys, directory, reports } = stores;
  const items = [
    { kind: 'done', text: '走访3户企业' },
    { kind: 'open', text: '园区道路验收' },
  ] as const;
  await inFlight(count * FILED, 256, (n) => {
    const [u, p] = [Math.floor(n / FILED), n % FILED];
    const report = { unit: `u${u + 1}`, day: on, onTime: true, items, listCarried: false };
    return reports.file(report, { message: randomUUID(), by: idOf(u, p), at: at('2026-11-23 16:00') });
  });

  const calendar = calendarFrom();
  const realNow = () => Date.now();
  const now = { at: at('2026-11-24 08:59') };
  const clock = () => now.at;
  let sent = 0;
  const platform: Platform = {
    name: 'playground',
    async send() {
      sent += 1;
    },
    isUp: () => true,
    stop: async () => {},
  };
  const outbox = outboxOf({
    posts: redisPosts(redis, keys, realNow),
    waker: redisWaker(redis, keys, silent),
    platforms: new Map<PlatformName, Platform>([['playground', platform]]),
    clock,
    realNow,
    admission: admission(directory, calendar, zone),
    isMoot: async () => false,
    onRefused: async () => {},
    random: Math.random,
    log: silent,
  });
  const context = {
    reports,
    directory,
    boards: storedBoards({
      reports,
      directory,
      indicators: indicatorStore(redis, keys, scopeChanges(redis, keys, realNow)),
      frozen: rankedBoards(redis, keys, scopeChanges(redis, keys, realNow)),
      calendar,
    }),
    burden: burdenStore(redis, keys),
    lists: listStore(redis, keys, scopeChanges(redis, keys, realNow)),
    links: { board: async () => null },
    t: translator('zh-CN'),
  };
  const scheduler = schedulerOf({
    jobs: [dailyDigest],
    directory,
    slots: redisSlots(redis, keys),
    outbox,
    calendar,
    zone,
    clock,
    realNow,
    contextFor: (run) => ({ ...run, ...context }),
    log: silent,
  });
  await scheduler.tick(now.at);

  now.at = nine;
  const [cpu, from] = [process.cpuUsage(), performance.now()];
  const { done, failed } = await scheduler.tick(nine);
  const made = performance.now() - from;
  await outbox.drain();
  const seconds = (performance.now() - from) / 1e3;
  const { user, system } = process.cpuUsage(cpu);
  return [
    `     daily digests of ${count} units, ${count * PEOPLE} members, end to end: ${sent} sent in ${seconds.toFixed(1)} s (made in ${(made / 1e3).toFixed(1)} s), ${((user + system) / 1e6).toFixed(1)} s of our CPU; ${done} slots done, ${failed} failed`,
  ];
};
