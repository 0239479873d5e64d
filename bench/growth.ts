import type { Redis } from 'ioredis';
import { at } from '../test/values.ts';
import { city, idOf, PEOPLE } from './city.ts';
import { houseOn } from './county.ts';
import { BODY, said } from './filing.ts';
import { type Contestant, type Figures, inFlight, judged, race, ratio, told } from './rounds.ts';

const [FEW, MANY] = [2_000, 200_000];
/** Everybody's report once a day, in turn: the many come round less often than the race is long. */
const course = { warmUps: 2, rounds: 11, calls: 4_000, inFlight: 256 };

type Bench = { readonly redis: Redis; redisCpu(): Promise<number> };

/** CPU for a report, ours and Redis', in a small organisation and in one of a hundred times as many people. */
export const growth = async ({ redis, redisCpu }: Bench): Promise<readonly string[]> => {
  const [few, many] = await race([await contestant(redis, FEW), await contestant(redis, MANY)], course, redisCpu);
  if (!few || !many) throw new Error('a contestant is missing');
  const more = ratio(cpu(many), cpu(few));
  return [...[few, many].map(told), judged(`CPU a report at ${MANY} members ÷ ${FEW}`, more, '≤ 1.20', more <= 1.2)];
};

const cpu = ({ ours, redis }: Figures) => ours.map((mine, round) => mine + (redis[round] ?? Number.NaN));

const contestant = async (redis: Redis, members: number): Promise<Contestant> => {
  const stores = await city(redis, `growth-${members}`, members / PEOPLE);
  const receive = houseOn({ redis, ...stores });
  const senderOf = (n: number) => idOf(Math.floor(n / PEOPLE), n % PEOPLE).replace('playground:', '');
  // Whoever has written before is known, and stays so.
  await inFlight(members, 256, (n) => stores.directory.member(`playground:${senderOf(n)}`));
  const firstDay = at('2026-01-05 10:00');
  return {
    name: `a report among ${members} members`,
    act: (call) => {
      const n = (call * PEOPLE + Math.floor((call * PEOPLE) / members)) % members;
      return receive(said(senderOf(n), BODY, firstDay.add({ hours: 24 * Math.floor(call / members) })));
    },
  };
};
