import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { commands } from '../commands/index.ts';
import { contextOf } from '../src/context.ts';
import { calendarFrom } from '../src/domain/calendar.ts';
import { parseReport } from '../src/domain/report-text.ts';
import { translator } from '../src/i18n.ts';
import { inbox } from '../src/inbox.ts';
import type { Log } from '../src/ports.ts';
import { router } from '../src/router.ts';
import { storedBoards } from '../src/store/boards.ts';
import { redisDirectory } from '../src/store/directory.ts';
import { keysIn } from '../src/store/keys.ts';
import { redisReports } from '../src/store/reports.ts';
import { at, day, say } from '../test/values.ts';
import { inFlight, judged, rounds } from './rounds.ts';

/** 139 bytes of UTF-8, four items: what a cadre writes. */
export const BODY = '走访3户企业，了解用工情况；上报防汛台账；协调园区征地协议，与县局对接；明日：陪同省督查组查看';
const IN_FLIGHT = 256;
const OPERATIONS = 10_000;
const ROUNDS = 5;
/** A county's shape: units of 25 people. */
const UNITS = 40;
const PEOPLE = 25;
const DAYS_A_ROUND = OPERATIONS / (UNITS * PEOPLE);

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

/** The store and the whole house against a bare script call of the same effect. */
export const filing = async (redis: Redis, redisCpu: () => Promise<number>): Promise<string[]> => {
  const keys = keysIn('bench');
  const realNow = () => Date.now();
  const reports = redisReports(redis, keys, realNow);
  const directory = redisDirectory(redis, keys, realNow);
  const calendar = calendarFrom();
  const boards = storedBoards({ reports, directory, calendar });
  const contextFor = contextOf({
    commands,
    reports,
    directory,
    boards,
    calendar,
    zone: 'Asia/Shanghai',
    t: translator('zh-CN'),
    claimCode: async () => null,
  });
  const wait = () => Promise.resolve();
  const { receive } = inbox({ contextFor, route: router(commands, silent), realNow, wait });

  const members = UNITS * PEOPLE;
  const sentAt = at('2026-01-05 10:00');
  // Made beforehand: what the contestants do is filing.
  const at10 = Array.from({ length: (ROUNDS + 1) * DAYS_A_ROUND }, (_, n) => {
    const on = day('2026-01-05').add({ days: n });
    return { on, iso: on.toString(), ten: at(`${on.toString()} 10:00`) };
  });
  const firstDay = { on: day('2026-01-05'), iso: '2026-01-05', ten: sentAt };
  const memberOf = (i: number) => `wang${i % members}`;
  const unitOf = (i: number) => `u${1 + (i % UNITS)}`;
  const dayOf = (round: number, i: number) => at10[(round + 1) * DAYS_A_ROUND + Math.floor(i / members)] ?? firstDay;
  await directory.change(
    'setup',
    [],
    () => ({
      units: Array.from({ length: UNITS }, (_, u) => ({
        id: `u${u + 1}`,
        name: `单位${u}`,
        parent: null,
        settings: {},
        chats: [],
      })),
      members: Array.from({ length: members }, (_, i) => ({
        id: `playground:${memberOf(i)}`,
        name: null,
        unit: unitOf(i),
        since: day('2026-01-01'),
        roles: [],
        unreachable: false,
      })),
      facts: null,
    }),
    { message: randomUUID(), by: 'playground:setup', at: at('2026-01-01 08:00') },
  );

  const parsed = parseReport(BODY);
  const items = 'problem' in parsed ? [] : parsed.items;
  const lua = readFileSync(new URL('floor.lua', import.meta.url), 'utf8');
  const sha = createHash('sha1').update(lua).digest('hex');
  await redis.script('LOAD', lua);
  const text = `123456789012${JSON.stringify(['ddwp', items.map((item) => item.text)])}`;

  const floor = (round: number) =>
    inFlight(OPERATIONS, IN_FLIGHT, async (i) => {
      const tag = `floor:{${unitOf(i)}}`;
      const on = dayOf(round, i).iso;
      await redis.evalsha(
        sha,
        7,
        ...[`${tag}:log`, `${tag}:data:${on}`, `${tag}:seen:1`, `${tag}:seen:2`, `${tag}:seen:3`],
        ...[`${tag}:day:${on}`, `${tag}:open`],
        ...[
          randomUUID().slice(0, 12),
          memberOf(i),
          1_767_578_400_000 + i,
          text,
          '[1767578400,1,[[12345,"ddwp"]]]',
          '[12345,20458,1,"ddwp",2,1,1,1,0,[]]',
        ],
      );
    });
  const store = (round: number) =>
    inFlight(OPERATIONS, IN_FLIGHT, (i) =>
      reports.file(
        { unit: unitOf(i), day: dayOf(round, i).on, onTime: true, items, listCarried: false },
        { message: randomUUID(), by: `playground:${memberOf(i)}-s`, at: sentAt },
      ),
    );
  const house = (round: number) =>
    inFlight(OPERATIONS, IN_FLIGHT, (i) =>
      receive(
        say(`/日清 ${BODY}`, {
          sender: { id: memberOf(i) },
          at: dayOf(round, i).ten,
        }),
      ),
    );

  const [bare, stored, whole] = await rounds(
    [
      { name: 'bare ioredis + one Lua call', run: floor },
      { name: 'report store', run: store },
      { name: 'message in → reply out', run: house },
    ],
    OPERATIONS,
    ROUNDS,
    redisCpu,
  );
  if (!bare || !stored || !whole) throw new Error('a contestant is missing');
  return [
    ...[bare, stored, whole].map(
      ({ name, perSecond, cpuMicros, redisMicros }) =>
        `     ${name}: ${perSecond.toFixed(0)}/s, ${cpuMicros.toFixed(0)} µs of our CPU, ${redisMicros.toFixed(0)} µs of Redis’ each`,
    ),
    judged(
      'report store ÷ floor, per second',
      stored.perSecond / bare.perSecond,
      '≥ 0.90',
      stored.perSecond / bare.perSecond >= 0.9,
    ),
    judged(
      'report store ÷ floor, CPU of Redis',
      stored.redisMicros / bare.redisMicros,
      '≤ 1.10',
      stored.redisMicros / bare.redisMicros <= 1.1,
    ),
    judged(
      'message in → reply out ÷ floor',
      whole.perSecond / bare.perSecond,
      '≥ 0.60',
      whole.perSecond / bare.perSecond >= 0.6,
    ),
  ];
};
