import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { calendarFrom } from '../src/domain/calendar.ts';
import { missingOn } from '../src/domain/missing.ts';
import { reckoningOf } from '../src/domain/owing.ts';
import { ready } from '../src/store/redis.ts';
import { at, day, zone } from '../test/values.ts';
import { city, idOf, PEOPLE } from './city.ts';
import { inFlight, judged, median, ratio } from './rounds.ts';

const UNITS = 10_000;
const FEWER = 1_000;
const ROUNDS = 9;
/** Units looked at together. */
const IN_FLIGHT = 2_048;

const on = day('2026-11-20');
const now = at('2026-11-23 09:00').toZonedDateTimeISO(zone).toPlainDateTime();

/** One in ten has not filed; half of the units have somebody on leave. */
const hasFiled = (u: number, p: number) => (7 * p + u) % 10 !== 0;
const isAway = (u: number, p: number) => u % 2 === 0 && p === u % PEOPLE;

type Bench = { readonly redis: Redis; readonly socket: string };

/**
 * Who is missing in each of ten thousand units, against the set difference that Redis makes of the same people: those
 * expected, less those who have filed, less those on leave, sets made beforehand, one pipeline. Judged is what comes
 * each morning, people known; the first time, when they are read as well, is printed beside it.
 */
export const missing = async ({ redis, socket }: Bench): Promise<readonly string[]> => {
  const alone = new Redis({ path: socket });
  await ready(alone, 5_000);
  const { keys, units, directory, reports } = await city(redis, 'missing', UNITS);
  const calendar = calendarFrom();
  const items = [{ kind: 'done', text: '走访3户企业' }] as const;

  const set = (name: string, u: number) => `missing-floor:{u:u${u + 1}}:${name}`;
  await inFlight(UNITS, 64, async (u) => {
    const people = Array.from({ length: PEOPLE }, (_, p) => idOf(u, p));
    const filed = people.filter((_, p) => hasFiled(u, p));
    const away = people.filter((_, p) => isAway(u, p));
    await alone.sadd(set('expected', u), ...people);
    await alone.sadd(set('filed', u), ...filed);
    if (away.length > 0) await alone.sadd(set('away', u), ...away);
    for (const by of filed) {
      const report = { unit: `u${u + 1}`, day: on, onTime: true, items, listCarried: false };
      await reports.file(report, { message: randomUUID(), by, at: at('2026-11-20 16:00') });
    }
    for (const member of away) {
      await redis.hset(keys.projection({ unit: `u${u + 1}` }, 'leave'), member, '[[20776,20777,"出差"]]');
    }
  });

  const floor = async (count: number) => {
    const reads = alone.pipeline();
    for (let u = 0; u < count; u += 1) reads.sdiff(set('expected', u), set('filed', u), set('away', u));
    const found = (await reads.exec()) ?? [];
    return found.reduce((sum, [, people]) => sum + (people as string[]).length, 0);
  };
  const lists = async (count: number) => {
    let found = 0;
    await inFlight(count, IN_FLIGHT, async (u) => {
      const unit = units[u];
      if (!unit) throw new RangeError(`no unit ${u}`);
      const [members, roll] = await Promise.all([directory.membersOf(unit.id), reports.filedOn(unit.id, on)]);
      found += missingOn(on, members, roll, reckoningOf(unit, calendar, now)).length;
    });
    return found;
  };

  const timed = async (act: () => Promise<number>) => {
    const from = performance.now();
    const count = await act();
    return { count, ms: performance.now() - from };
  };
  const first = await timed(() => lists(UNITS));
  const times = { floor: [] as number[], lists: [] as number[], fewer: [] as number[] };
  for (let round = -2; round < ROUNDS; round += 1) {
    const bare = () => timed(() => floor(UNITS));
    const ours = () => timed(() => lists(UNITS));
    const [a, b] = round % 2 === 0 ? [await bare(), await ours()] : [await ours(), await bare()].toReversed();
    const fewer = await timed(() => lists(FEWER));
    if (a?.count !== b?.count || b?.count !== first.count) throw new Error('the two do not miss the same people');
    if (round < 0 || !a || !b) continue;
    times.floor.push(a.ms);
    times.lists.push(b.ms);
    times.fewer.push(fewer.ms);
  }
  alone.disconnect();
  const [longer, growth] = [ratio(times.lists, times.floor), ratio(times.lists, times.fewer)];
  return [
    `     missing lists of ${UNITS} units, ${UNITS * PEOPLE} members, ${first.count} missing: pipelined SDIFF ${median(times.floor).toFixed(0)} ms, ours ${median(times.lists).toFixed(0)} ms; the first time, with the people, ${first.ms.toFixed(0)} ms`,
    judged('missing lists ÷ pipelined set difference', longer, '≤ 1.50', longer <= 1.5),
    judged(`missing lists, ${UNITS} units ÷ ${FEWER}`, growth, '≤ 12.00', growth <= 12),
  ];
};
