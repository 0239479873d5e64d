import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { expect, inject, onTestFinished, test } from 'vitest';
import { lookAtConnection } from '../../scripts/connection.ts';
import { readConfig } from '../../src/config.ts';
import { translator } from '../../src/i18n.ts';
import { redisConnections } from '../../src/store/connections.ts';
import { keysIn } from '../../src/store/keys.ts';

const t = translator('zh-CN');
const configured = (env: Record<string, string>) => {
  const read = readConfig({ WECOM_BOT_ID: 'aib1', WECOM_BOT_SECRET: 's', ...env });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.config;
};
const outside = configured({ REDIS_URL: 'redis://127.0.0.1:6379' });
const terms = { leaseMs: 60_000, handoverMs: 60_000 };

const house = () => {
  const redis = new Redis(inject('redis'));
  onTestFinished(() => redis.disconnect());
  const connections = redisConnections(redis, keysIn(randomUUID()));
  const take = () => connections.hold('wecom/bot/aib1', { id: 'a', where: 'node-7 #412', process: '' }, terms);
  return { connections, take, look: () => lookAtConnection({ connections }, outside, t) };
};

test('which copy holds the connection is told', async () => {
  const { take, look } = house();
  await take();
  expect(await look()).toEqual([{ mark: '✓', text: '企业微信长连接由 node-7 #412 持有，别的副本随时接替' }]);
});

test('that nobody holds it is told', async () => {
  expect(await house().look()).toMatchObject([{ mark: '!', text: expect.stringContaining('没有副本持有') }]);
});

test('that another bot has taken it over is told, and when it is tried again', async () => {
  const { connections, take, look } = house();
  const held = await take();
  const rest = { firstMs: 60_000, longestMs: 900_000, forgetMs: 1_800_000 };
  await connections.giveBack('wecom/bot/aib1', 'token' in held ? held.token : 0, rest);
  expect(await look()).toEqual([{ mark: '✗', text: expect.stringMatching(/被另一份机器人顶掉了，(60|59) 秒后再连/) }]);
});

test('on a private Redis there is one copy, which is told of its directory', async () => {
  const { connections } = house();
  expect(await lookAtConnection({ connections }, configured({}), t)).toEqual([]);
});
