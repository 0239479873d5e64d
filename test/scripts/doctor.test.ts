import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { connect, ready } from '../../src/store/redis.ts';
import { ownRedis, serverPid, silent, tempDir } from '../store/own-redis.ts';

const file = fileURLToPath(new URL('../../scripts/doctor.ts', import.meta.url));

const doctor = async (env: Record<string, string>) => {
  const child = spawn(process.execPath, [file], { env: { PATH: process.env.PATH, ...env } });
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
