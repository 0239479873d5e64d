import { once } from 'node:events';
import { expect, test } from 'vitest';
import { keysIn } from '../../src/store/keys.ts';
import { openRedisBeside } from '../../src/store/open.ts';
import { dataOf, entriesOf } from '../../src/store/replay.ts';
import { scopesOf, verifyLog, verifyProjections } from '../../src/store/verify.ts';
import { ledger } from '../values.ts';
import { bindOneGroup, bots, call } from './bot.ts';

const REPORTS = 1_000;
const PEOPLE = 40;
const IN_FLIGHT = 40;

test('a thousand reports, bot and Redis killed among them: what was acknowledged is there, once', async () => {
  const { dir, start } = await bots();
  let bot = await start();
  await bindOneGroup(bot.url);
  const home = `${dir}/playground`;
  const { redis, stop } = await openRedisBeside({ url: null, dir: home, log: ledger().log });
  const redisPid = async () => Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);
  const firstRedis = await redisPid();

  const acknowledged = new Set<number>();
  const unanswered: number[] = [];
  let kills = 0;
  let restarting: Promise<void> = Promise.resolve();
  const killBot = async () => {
    kills += 1;
    bot.process.kill('SIGKILL');
    await once(bot.process, 'exit');
    bot = await start();
  };

  let next = 0;
  const lane = async () => {
    for (let n = next++; n < REPORTS || unanswered.length > 0; n = next++) {
      const report = n < REPORTS ? n : unanswered.shift();
      if (report === undefined) return;
      if (acknowledged.size > 250 && kills === 0) restarting = killBot();
      if (acknowledged.size > 500 && kills === 1) {
        kills += 1;
        process.kill(await redisPid(), 'SIGKILL');
      }
      if (acknowledged.size > 750 && kills === 2) restarting = killBot();
      await restarting;
      const text = `/日清 第${report}件事`;
      const answer = await call(bot.url, 'messages', {
        chat: 'g1',
        sender: `p${report % PEOPLE}`,
        text,
        id: `m${report}`,
      });
      if (answer.status === 200 && answer.body.replies?.[0]?.text.includes('已记')) acknowledged.add(report);
      else unanswered.push(report);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));

  expect(kills).toBe(3);
  expect(await redisPid()).not.toBe(firstRedis);
  expect(acknowledged.size).toBe(REPORTS);

  const keys = keysIn('rqp');
  const stored: string[] = [];
  const [org, unit] = await scopesOf(redis, keys);
  if (!org || !unit) throw new Error('the unit is gone');
  for await (const entries of entriesOf(redis, keys, unit)) {
    for (const data of await dataOf(redis, keys, unit, entries)) stored.push(/第\d+件事/.exec(data ?? '')?.[0] ?? '');
  }
  expect(stored.toSorted()).toEqual(Array.from({ length: REPORTS }, (_, n) => `第${n}件事`).toSorted());
  for (const scope of [org, unit]) {
    expect(await verifyLog(redis, keys, scope)).toBeNull();
    expect(await verifyProjections(redis, keys, scope)).toEqual([]);
  }
  await stop();
}, 120_000);
