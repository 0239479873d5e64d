import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { privateRedis } from '../../src/store/private-redis.ts';
import { lineWith, serverPid, silent, tempDir } from './own-redis.ts';

const botFile = fileURLToPath(new URL('bot.ts', import.meta.url));

test('a server that is stuck does not hold the start up for ever: it is named, not doubled, and adopted when it goes on', async () => {
  const dir = tempDir();
  const first = spawn(process.execPath, [botFile, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  await lineWith(first.stdout, 'up');
  const server = serverPid(dir);
  onTestFinished(() => {
    if (existsSync(join(dir, 'redis.pid'))) process.kill(server, 'SIGKILL');
  });
  const ended = once(first, 'exit');
  first.kill('SIGKILL');
  await ended;

  process.kill(server, 'SIGSTOP');
  await expect(privateRedis({ dir, log: silent })).rejects.toMatchObject({
    key: 'start.redis-silent',
    params: { dir, pid: server },
  });
  expect(serverPid(dir)).toBe(server);

  process.kill(server, 'SIGCONT');
  const { stop } = await privateRedis({ dir, log: silent });
  expect(serverPid(dir)).toBe(server);
  await stop();
  expect(existsSync(join(dir, 'redis.sock'))).toBe(false);
}, 30_000);
