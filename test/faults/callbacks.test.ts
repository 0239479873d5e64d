import { expect, test } from 'vitest';
import { keysIn } from '../../src/store/keys.ts';
import { openRedisBeside } from '../../src/store/open.ts';
import { entriesOf } from '../../src/store/replay.ts';
import { scopesOf } from '../../src/store/verify.ts';
import { wecomBotCaller } from '../fakes/wecom-bot-caller.ts';
import { ledger } from '../values.ts';
import { bots } from './bot.ts';

const secrets = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
const PEOPLE = 60;
/** So many that none is asked more often in a minute than WeCom lets it be answered, however often it calls again. */
const GROUPS = 20;
const groupOf = (n: number) => `g${n % GROUPS}`;
const STANDS_MS = 6_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Calls as WeCom does, with less patience between its calls. */
const callerAt = (url: string) =>
  wecomBotCaller({ url: `${url}/callback/wecom/bot`, secrets, botName: '日清', timing: { againMs: 3_000 } });

test('Redis stands still, then dies, amid callbacks: none is acknowledged in vain, and nothing is doubled', {
  timeout: 120_000,
}, async () => {
  const { dir, start } = await bots();
  // Nothing is to be called: not even a port that somebody listens on.
  const env = {
    WECOM_BOT_TOKEN: secrets.token,
    WECOM_BOT_AES_KEY: secrets.aesKey,
    WECOM_BOT_NAME: '日清',
    WECOM_API_URL: 'http://127.0.0.1:9',
  };
  const bot = await start(env);
  const wecom = callerAt(bot.url);
  expect((await wecom.check()).problem).toBeNull();
  await wecom.inGroup(groupOf(0), 'boss', `/认领 ${bot.claimCode}`);
  for (let n = 0; n < GROUPS; n += 1) {
    expect((await wecom.inGroup(groupOf(n), 'boss', '/绑定 城关镇')).answer).toContain('城关镇');
  }

  const { redis, stop } = await openRedisBeside({ url: null, dir, log: ledger().log });
  const pid = Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);
  const report = async (n: number) => {
    const more = { msgid: `report-${n}`, create_time: Math.floor(Date.now() / 1000) };
    // WeCom calls four times; a person who hears nothing would say it again, here under the same id.
    for (let again = 0; again < 4; again += 1) {
      const delivery = await wecom.inGroup(groupOf(n), `user${n}`, `/日清 走访${n}户企业`, more);
      if (delivery.isTaken) return delivery;
    }
    throw new Error(`report ${n} was never taken`);
  };

  process.kill(pid, 'SIGSTOP');
  const first = Array.from({ length: PEOPLE }, (_, n) => report(n));
  await pause(STANDS_MS);
  process.kill(pid, 'SIGCONT');
  const refusals = (await Promise.all(first)).flatMap(({ tries }) => tries).filter(({ status }) => status !== 200);
  expect(refusals.length).toBeGreaterThan(0);
  expect(new Set(refusals.map(({ status, body }) => `${status}${body}`))).toEqual(new Set(['503']));
  expect(Math.max(...refusals.map(({ ms }) => ms))).toBeLessThan(5_000);

  const second = Array.from({ length: PEOPLE }, (_, n) => report(PEOPLE + n));
  process.kill(pid, 'SIGKILL');
  const answers = await Promise.all(second);
  expect(answers.every(({ answer }) => answer?.includes('已记'))).toBe(true);
  // All of it once more, as WeCom does when an acknowledgement is lost.
  await Promise.all(Array.from({ length: PEOPLE }, (_, n) => report(n)));

  const keys = keysIn('rq');
  const filed: string[] = [];
  for (const scope of await scopesOf(redis, keys)) {
    for await (const some of entriesOf(redis, keys, scope)) {
      for (const { action, who } of some) if (action === 'report') filed.push(who);
    }
  }
  await stop();
  expect(filed.toSorted()).toEqual(Array.from({ length: 2 * PEOPLE }, (_, n) => `wecom:user${n}`).toSorted());
});
