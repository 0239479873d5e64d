import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { parseReport } from '../src/domain/report-text.ts';
import type { Message } from '../src/message.ts';
import { connect, ready } from '../src/store/redis.ts';
import { at, group } from '../test/values.ts';
import { county, daysFor, MEMBERS, nameOf, silent, unitOf } from './county.ts';
import { floor } from './floor.ts';
import { type Contestant, inFlight, judged, race, ratio, told } from './rounds.ts';

/** 139 bytes of UTF-8, four items: what a cadre writes. */
export const BODY = '走访3户企业，了解用工情况；上报防汛台账；协调园区征地协议，与县局对接；明日：陪同省督查组查看';
const UNFINISHED = '未清：园区道路验收，缺一份图纸';
/** Many short rounds: a ratio is taken within each, where contestants meet the same weather. */
const course = { warmUps: 8, rounds: 40, calls: 2_048, inFlight: 256 };

type Bench = { readonly socket: string; redisCpu(): Promise<number> };

/** The store and the whole house against a bare script call of the same effect, each on keys of its own. */
export const filing = async ({ socket, redisCpu }: Bench): Promise<readonly string[]> => {
  // Bare means bare: the house's own connection has time limits on it.
  const alone = new Redis({ path: socket });
  // Each on a connection of its own: one that is used without a pause is quicker.
  const own = Array.from({ length: 3 }, () => connect(socket, silent));
  for (const each of [alone, ...own]) await ready(each, 5_000);
  const [bare, store, house, inHand] = await race(await contestants(own, alone), course, redisCpu);
  for (const each of [alone, ...own]) each.disconnect();
  if (!bare || !store || !house || !inHand) throw new Error('a contestant is missing');

  const [stored, whole] = [ratio(bare.wall, store.wall), ratio(bare.wall, house.wall)];
  const ofRedis = ratio(store.redis, bare.redis);
  return [
    ...[bare, store, house, inHand].map(told),
    judged('report store ÷ floor, per second', stored, '≥ 0.90', stored >= 0.9),
    judged('report store ÷ floor, CPU of Redis', ofRedis, '≤ 1.10', ofRedis <= 1.1),
    judged('message in → reply out ÷ floor, per second', whole, '≥ 0.60', whole >= 0.6),
  ];
};

const contestants = async (own: readonly Redis[], alone: Redis): Promise<readonly Contestant[]> => {
  const dayOf = daysFor((course.warmUps + course.rounds) * course.calls);
  const parsed = parseReport(BODY);
  const items = 'problem' in parsed ? [] : parsed.items;
  const words = `123456789012${JSON.stringify(['dddp', items.map(({ text }) => text)])}`;

  const bareCall = await floor(alone);
  const on = (i: number) => own[i] ?? alone;
  const store = await county(on(0), 'store');
  const house = await county(on(1), 'house');
  const inHand = await county(on(2), 'in-hand');
  const lastYear = at('2025-12-31 10:00');
  await inFlight(MEMBERS, course.inFlight, (i) => inHand.receive(message(i, UNFINISHED, lastYear)));

  return [
    {
      name: 'bare ioredis + one Lua call',
      act: (i) => bareCall({ unit: unitOf(i), member: memberOf(i), day: dayOf(i).iso, letters: 'dddp', words }),
    },
    {
      name: 'report store',
      act: (i) =>
        store.reports.file(
          { unit: unitOf(i), day: dayOf(i).on, onTime: true, items, listCarried: false },
          { message: randomUUID(), by: memberOf(i), at: dayOf(i).ten },
        ),
    },
    { name: 'message in → reply out', act: (i) => house.receive(message(i, BODY, dayOf(i).ten)) },
    { name: 'the same, an unfinished item in hand', act: (i) => inHand.receive(message(i, BODY, dayOf(i).ten)) },
  ];
};

const memberOf = (i: number) => `playground:${nameOf(i)}`;

const message = (i: number, text: string, at: Message['at']): Message => said(nameOf(i), text, at);

/** A report that `sender` files in a group. */
export const said = (sender: string, text: string, at: Message['at']): Message => ({
  id: randomUUID(),
  platform: 'playground',
  chat: group,
  sender: { id: sender },
  text: `/日清 ${text}`,
  addressed: false,
  mentions: [],
  files: [],
  at,
});
