import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { parseReport } from '../src/domain/report-text.ts';
import { keysIn } from '../src/store/keys.ts';
import { redisReports } from '../src/store/reports.ts';
import { at, day } from '../test/values.ts';
import { BODY } from './filing.ts';
import { inFlight } from './rounds.ts';

const UNITS = 20;
const PEOPLE = 25;
/** Each of the two stretches that are compared: what a report costs must not grow. */
const DAYS = 10;
const MOST_BYTES = 450;
const DAY_MS = 86_400_000;

/**
 * Bytes in Redis for one report, everything counted: log, text, day, memory of the message (which in life ends after 73
 * h), keys.
 */
export const memory = async (redis: Redis): Promise<readonly string[]> => {
  const firstDay = day('2026-01-05');
  // The real day goes on with the reports: a message is remembered in its own day's hash.
  let realNow = Date.now();
  const reports = redisReports(redis, keysIn('memory'), () => realNow);
  const parsed = parseReport(BODY);
  const items = 'problem' in parsed ? [] : parsed.items;
  const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);

  /** Everybody's report of the `n`-th day. */
  const oneDay = async (n: number) => {
    const on = firstDay.add({ days: n });
    const sentAt = at(`${on.toString()} 10:00`);
    await inFlight(UNITS * PEOPLE, 256, (i) =>
      reports.file(
        { unit: `u${1 + (i % UNITS)}`, day: on, onTime: true, items, listCarried: false },
        { message: randomUUID(), by: `wecom:zhangsan${100 + Math.floor(i / UNITS)}`, at: sentAt },
      ),
    );
    realNow += DAY_MS;
  };
  /** Bytes a report of the days from `first` on. */
  const stretch = async (first: number) => {
    const before = await used();
    for (let n = first; n < first + DAYS; n += 1) await oneDay(n);
    return ((await used()) - before) / (UNITS * PEOPLE * DAYS);
  };

  // Units, logs and people begin with the first day, and are counted apart.
  await oneDay(0);
  const [first, second] = [await stretch(1), await stretch(1 + DAYS)];
  const bytes = Math.max(first, second);
  return [
    `     bytes in Redis a report of ${Buffer.byteLength(BODY)} B: ${first.toFixed(0)} in the first ${DAYS} days, ${second.toFixed(0)} in the next`,
    `${bytes <= MOST_BYTES ? 'ok  ' : 'MISS'} bytes a report: ${bytes.toFixed(0)} (wanted ≤ ${MOST_BYTES})`,
  ];
};
