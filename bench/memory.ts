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
const MOST_BYTES = 450;

/** Bytes in Redis for one report, everything counted: log, text, day, memory of the message, keys. */
export const memory = async (redis: Redis): Promise<string[]> => {
  const reports = redisReports(redis, keysIn('memory'), () => Date.now());
  const parsed = parseReport(BODY);
  const items = 'problem' in parsed ? [] : parsed.items;
  const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);

  const file = (days: number, from: number) =>
    inFlight(UNITS * PEOPLE * days, 256, (i) =>
      reports.file(
        {
          unit: `u${1 + (i % UNITS)}`,
          day: day('2026-01-05').add({ days: from + Math.floor(i / (UNITS * PEOPLE)) }),
          onTime: true,
          // An unfinished item is closed in the end; it must not be counted as the report's own memory.
          items: items.map((item) => (item.kind === 'plan' ? item : { ...item, kind: 'done' as const })),
          listCarried: false,
        },
        { message: randomUUID(), by: `wecom:zhangsan${100 + (i % PEOPLE)}`, at: at('2026-01-05 10:00') },
      ),
    );

  await file(1, 0);
  const start = await used();
  await file(10, 1);
  const middle = await used();
  await file(10, 11);
  const end = await used();
  const [first, second] = [start, middle].map((from, i) => ((i === 0 ? middle : end) - from) / (UNITS * PEOPLE * 10));
  const bytes = Math.max(first ?? 0, second ?? 0);
  const text = Buffer.byteLength(BODY);
  return [
    `     bytes in Redis a report of ${text} B: ${first?.toFixed(0)} in the first ten days, ${second?.toFixed(0)} in the next`,
    `${bytes <= MOST_BYTES ? 'ok  ' : 'MISS'} bytes a report: ${bytes.toFixed(0)} (wanted ≤ ${MOST_BYTES})`,
  ];
};
