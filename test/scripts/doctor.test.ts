import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Temporal } from 'temporal-polyfill';
import { expect, onTestFinished, test } from 'vitest';
import { homeOf, readConfig } from '../../src/config.ts';
import { chatKey, text as message } from '../../src/message.ts';
import { keysIn } from '../../src/store/keys.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { connect, ready } from '../../src/store/redis.ts';
import { wecomApi } from '../fakes/wecom-api.ts';
import { ownRedis, serverPid, silent, tempDir } from '../store/own-redis.ts';

const file = fileURLToPath(new URL('../../scripts/doctor.ts', import.meta.url));

const doctor = async (env: Record<string, string>, ...said: string[]) => {
  const child = spawn(process.execPath, [file, ...said], { env: { PATH: process.env.PATH, ...env } });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { code, output };
};

/** A configured platform: the private Redis then lies in DATA_DIR itself. */
const platform = { WECOM_BOT_ID: 'aib1', WECOM_BOT_SECRET: 'canary' };

test('alone it starts a Redis for itself, finds nothing wrong and leaves nothing running', async () => {
  const dir = tempDir();
  const { code, output } = await doctor({ ...platform, DATA_DIR: dir });
  expect(output).toMatch(/^✓ Node 24\./m);
  expect(output).toMatch(/^✓ (redis|valkey)-server \d/m);
  expect(output).toContain(`✓ 数据目录 ${dir}：没有机器人在运行`);
  expect(output).toContain('✓ Redis 的设置不会丢失已确认的日报');
  expect(output).toContain('✓ 0 条消息待发，0 条没能发出');
  expect(output).toContain('✓ 已接入：企业微信智能机器人');
  expect(output).not.toContain('canary');
  expect(code).toBe(0);
  expect(() => serverPid(dir)).toThrow('ENOENT');
});

test('beside a running bot it names it, uses its Redis and leaves that alone', async () => {
  const { dir } = await ownRedis();
  const { output, code } = await doctor({ ...platform, DATA_DIR: dir, PORT: '0', LOCALE: 'en' });
  expect(output).toContain(`a bot is running, process ${process.pid}, since 2`);
  expect(output).toContain('✓ Redis answers');
  expect(code).toBe(0);
  expect(process.kill(serverPid(dir), 0)).toBe(true);
});

test('what the bot itself finds wrong is named', async () => {
  const web = createServer((_, response) => response.writeHead(503).end('{"failing":["wecom"]}')).listen(
    0,
    '127.0.0.1',
  );
  await once(web, 'listening');
  onTestFinished(() => void web.close());
  const address = web.address();
  const port = String(typeof address === 'object' ? address?.port : '');
  const { dir } = await ownRedis();
  const { output, code } = await doctor({ ...platform, DATA_DIR: dir, PORT: port, LOCALE: 'en' });
  expect(output).toContain('✗ Parts of the bot are not ready (/readyz): wecom');
  expect(code).toBe(1);
});

test('a Redis that could lose what it confirmed is named', async () => {
  const { dir, socket } = await ownRedis();
  const redis = connect(socket, silent);
  onTestFinished(() => redis.disconnect());
  await ready(redis, 5_000);
  await redis.config('SET', 'appendfsync', 'everysec');
  const { output, code } = await doctor({ ...platform, DATA_DIR: dir, PORT: '0' });
  expect(output).toContain('! Redis 的 appendfsync 是 everysec');
  expect(code).toBe(0);
});

test('a bot without its Redis is not well', async () => {
  const { dir, signal } = await ownRedis();
  signal('SIGSTOP');
  onTestFinished(() => void signal('SIGCONT'));
  const { output, code } = await doctor({ ...platform, DATA_DIR: dir, PORT: '0' });
  expect(output).toContain('✗ 机器人在运行，但它的 Redis 没有应答');
  expect(code).toBe(1);
});

test('wrong settings are all it needs to see', async () => {
  const { output, code } = await doctor({ PORT: 'x', DATA_DIR: tempDir() });
  expect(output).toContain('PORT 应当是');
  expect(code).toBe(1);
});

test('a directory that cannot be used is said to be so', async () => {
  const dir = join(tempDir(), 'file');
  writeFileSync(dir, '');
  const { output, code } = await doctor({ ...platform, DATA_DIR: dir });
  expect(output).toContain('✗ 数据目录');
  expect(code).toBe(1);
});

/** A bot's Redis with two posts that failed in it: one refused, of the other nobody knows. */
const troubled = async () => {
  const { dir, socket } = await ownRedis();
  const redis = connect(socket, silent);
  onTestFinished(() => redis.disconnect());
  await ready(redis, 5_000);
  const env = { ...platform, DATA_DIR: dir, PORT: '0' };
  const read = readConfig(env);
  if ('problems' in read) throw new Error('wrong settings');
  const posts = redisPosts(redis, keysIn(homeOf(read.config).namespace), Date.now);
  const now = Temporal.Now.instant();
  const fails = async (id: string, outcome: 'refused' | 'unknown', code: string) => {
    const chat = { platform: 'wecom', kind: 'group', id: `chat-${id}` } as const;
    const life = { notBefore: now, expiresAt: now.add({ hours: 1 }), source: null };
    await posts.add([{ id: `post/${id}`, chat, reply: message('内容'), delivery: 'atMostOnce', ...life }]);
    const turn = { holder: 'copy', now, day: 1 };
    await posts.next(chatKey(chat), { ...turn, settled: null, attempt: 'a' });
    const settled = { id: `post/${id}`, attempt: 'a', outcome, code, waitMs: 0 };
    await posts.next(chatKey(chat), { ...turn, settled, attempt: null });
  };
  await fails('a', 'refused', '93000');
  await fails('b', 'unknown', 'no-answer');
  const queued = async () => (await posts.list()).filter(({ state }) => state === 'queued').map(({ id }) => id);
  return { env, queued };
};

test('posts that failed are told with reason and id, and sent again by number', async () => {
  const { env, queued } = await troubled();
  const { output, code } = await doctor(env);
  expect(output).toContain('! 0 条消息待发，2 条没能发出');
  expect(output).toMatch(/^! {3}1\. \d+月\d+日（周.）\d\d:\d\d 回复 → chat-a的群：没有发出，群机器人已被移除/m);
  expect(output).toContain('post/a');
  expect(output).toContain('npm run doctor -- resend');
  expect(output).not.toContain('内容');
  expect(code).toBe(0);

  const again = await doctor(env, 'resend', '1');
  expect(again).toEqual({ code: 0, output: '已重新发送 1 条（第 1 条），安静时段里的等到能打扰时再发。\n' });
  expect(await queued()).toEqual(['post/a']);
});

test('by id, and all of them; what may stand there already only when that is confirmed', async () => {
  const { env, queued } = await troubled();
  const refused = await doctor(env, 'resend', 'post/b');
  expect(refused.output).toContain('第 2 条可能已经发出');
  expect(refused.code).toBe(1);
  expect((await doctor(env, 'resend', 'all')).output).toContain('另有 1 条可能已经发出');
  expect(await queued()).toEqual(['post/a']);
  expect((await doctor(env, 'resend', 'all', 'confirm')).code).toBe(0);
  expect((await queued()).sort()).toEqual(['post/a', 'post/b']);
});

test('what it does not understand it says, and changes nothing', async () => {
  const { env, queued } = await troubled();
  const { output, code } = await doctor(env, 'delete', '1');
  expect(output).toContain('请说重发哪一条');
  expect(output).toContain('npm run doctor -- resend');
  expect(code).toBe(1);
  expect(await queued()).toEqual([]);
});

test('it names the voices of WeCom, and says whether the app is let in', async () => {
  const fake = await wecomApi();
  onTestFinished(() => fake.close());
  const { corpId, agentId, secret } = fake.account;
  const app = { WECOM_CORP_ID: corpId, WECOM_AGENT_ID: String(agentId), WECOM_API_URL: fake.url };
  const right = await doctor({ ...platform, ...app, WECOM_APP_SECRET: secret, DATA_DIR: tempDir() });
  expect(right.output).toContain('✓ 已接入：企业微信智能机器人（长连接）、企业微信自建应用（只发送）');
  expect(right.output).toContain('✓ 自建应用能取到 access_token');
  const wrong = await doctor({ ...app, WECOM_APP_SECRET: 'canary', DATA_DIR: tempDir() });
  expect(wrong.output).toContain('✗ 自建应用取不到 access_token（40001）');
  expect(wrong.output).not.toContain('canary');
  expect(wrong.code).toBe(1);
  const away = { ...app, WECOM_API_URL: 'http://127.0.0.1:9', WECOM_APP_SECRET: 'canary', DATA_DIR: tempDir() };
  expect((await doctor(away)).output).toContain('（no-connection）：连不上企业微信');
});
