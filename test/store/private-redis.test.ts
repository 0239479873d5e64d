import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Unconfirmed } from '../../src/errors.ts';
import { privateRedis } from '../../src/store/private-redis.ts';
import { confirmed, connect, ready } from '../../src/store/redis.ts';
import { lineWith, ownRedis, serverPid, silent, tempDir } from './own-redis.ts';

const botFile = fileURLToPath(new URL('bot.ts', import.meta.url));

/** Ends what a killed bot has left behind. */
const endServerOf = (dir: string) => {
  try {
    process.kill(serverPid(dir), 'SIGKILL');
  } catch {
    // It is gone already.
  }
};

const bot = (dir: string): ChildProcess & { stdout: Readable } => {
  const child = spawn(process.execPath, [botFile, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    endServerOf(dir);
  });
  return child;
};

const killed = async (child: ChildProcess, signal: NodeJS.Signals) => {
  const exit = once(child, 'exit');
  child.kill(signal);
  return (await exit)[0];
};

const clientOf = async (socket: string) => {
  const client = connect(socket, silent);
  onTestFinished(() => client.disconnect());
  await ready(client, 5_000);
  return client;
};

test('the server keeps every answer on the disk, and nobody else can reach it', async () => {
  const { dir, socket } = await ownRedis();
  const client = await clientOf(socket);
  const setting = async (name: string) => (await client.config('GET', name)) as string[];
  expect(await setting('appendonly')).toEqual(['appendonly', 'yes']);
  expect(await setting('appendfsync')).toEqual(['appendfsync', 'always']);
  expect(await setting('maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
  expect(await setting('port')).toEqual(['port', '0']);
  expect(await setting('save')).toEqual(['save', '']);
  expect(await setting('hash-max-listpack-value')).toEqual(['hash-max-listpack-value', '1024']);
  expect(statSync(socket).mode & 0o777).toBe(0o700);
  expect(statSync(join(dir, 'appendonlydir')).mode & 0o777).toBe(0o700);
});

test('a second bot on the same directory ends with 1 and names the first', async () => {
  const dir = tempDir();
  const first = bot(dir);
  await lineWith(first.stdout, 'up');
  const server = serverPid(dir);

  const second = bot(dir);
  const ended = once(second, 'exit');
  expect(await lineWith(second.stdout, 'is in use')).toMatch(new RegExp(`process ${first.pid}, since 2\\d{3}-`));
  expect((await ended)[0]).toBe(1);
  expect(serverPid(dir)).toBe(server);
});

test('of six that start at once exactly one gets the directory', async () => {
  const dir = tempDir();
  const lines = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const child = bot(dir);
      const [up, refused] = [lineWith(child.stdout, 'up'), lineWith(child.stdout, 'is in use')];
      return { pid: child.pid, line: await Promise.race([up, refused]) };
    }),
  );
  const winners = lines.filter(({ line }) => line === 'up');
  expect(winners).toHaveLength(1);
  for (const { line } of lines) if (line !== 'up') expect(line).toContain(`process ${winners[0]?.pid},`);
});

test('a server whose bot was killed is adopted with its data', async () => {
  const dir = tempDir();
  const first = bot(dir);
  await lineWith(first.stdout, 'up');
  const server = serverPid(dir);
  await (await clientOf(join(dir, 'redis.sock'))).set('k', 'v');
  await killed(first, 'SIGKILL');

  const { socket, stop } = await privateRedis({ dir, log: silent });
  onTestFinished(stop);
  expect(serverPid(dir)).toBe(server);
  expect(await (await clientOf(socket)).get('k')).toBe('v');
});

test('an adopted server that dies is started again, and a stop ends it', async () => {
  const dir = tempDir();
  const first = bot(dir);
  await lineWith(first.stdout, 'up');
  await killed(first, 'SIGKILL');
  const second = bot(dir);
  await lineWith(second.stdout, 'up');
  const adopted = serverPid(dir);
  process.kill(adopted, 'SIGKILL');
  await lineWith(second.stdout, 'started again');
  expect(serverPid(dir)).not.toBe(adopted);
  expect(await killed(second, 'SIGTERM')).toBe(0);
  expect(existsSync(join(dir, 'redis.sock'))).toBe(false);
});

test('a server that is killed comes back with all that it had confirmed', async () => {
  const { socket, signal } = await ownRedis();
  const client = await clientOf(socket);
  const write = (key: string) =>
    confirmed(client.set(key, 'v')).then(
      () => key,
      () => null,
    );
  const kept: string[] = [];
  for (let wave = 0, isLost = false; !isLost; wave++) {
    if (wave === 3) signal('SIGKILL');
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => write(`k${wave}.${i}`)));
    kept.push(...outcomes.filter((key) => key !== null));
    isLost = outcomes.includes(null);
  }
  await ready(client, 5_000);
  expect(kept.length).toBeGreaterThanOrEqual(60);
  expect(await client.exists(...kept)).toBe(kept.length);
});

test('a stop leaves no process, no socket and a free directory', async () => {
  const dir = tempDir();
  const { stop, socket } = await privateRedis({ dir, log: silent });
  await (await clientOf(socket)).set('k', 'v');
  const pid = serverPid(dir);
  await stop();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(readdirSync(dir).sort()).toEqual(['appendonlydir', 'bot.lock', 'redis.log']);

  const again = await privateRedis({ dir, log: silent });
  onTestFinished(again.stop);
  expect(await (await clientOf(again.socket)).get('k')).toBe('v');
});

test('a stop while the next server is starting leaves none behind', async () => {
  const dir = tempDir();
  const { stop } = await privateRedis({ dir, log: silent });
  const pid = serverPid(dir);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(readFileSync(join(dir, 'redis.pid'), 'utf8')).not.toBe(`${pid}\n`));
  await stop();
  expect(existsSync(join(dir, 'redis.pid'))).toBe(false);
  expect(existsSync(join(dir, 'redis.sock'))).toBe(false);
});

test('files that a dead bot left, with ids that others have by now, mislead nobody', async () => {
  const dir = tempDir();
  writeFileSync(join(dir, 'bot.lock'), '');
  writeFileSync(join(dir, 'bot.json'), JSON.stringify({ pid: process.pid, since: 'long ago' }));
  writeFileSync(join(dir, 'redis.pid'), `${process.pid}\n`);
  const { stop } = await privateRedis({ dir, log: silent });
  expect(serverPid(dir)).not.toBe(process.pid);
  await stop();
});

test('a bot that died between saying and doing left nothing running: the next one starts a server', async () => {
  const dir = tempDir();
  writeFileSync(join(dir, 'redis.pid'), 'starting\n');
  const { stop } = await privateRedis({ dir, log: silent });
  onTestFinished(stop);
  expect(serverPid(dir)).toBeGreaterThan(0);
});

test('a path too long for a socket gets one in a private folder, which the next bot finds', async () => {
  const dir = join(tempDir(), 'deep'.repeat(30));
  const first = bot(dir);
  await lineWith(first.stdout, 'up');
  const server = serverPid(dir);
  await killed(first, 'SIGKILL');

  const { socket, stop } = await privateRedis({ dir, log: silent });
  expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(100);
  expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
  expect(serverPid(dir)).toBe(server);
  await stop();
  expect(existsSync(dirname(socket))).toBe(false);
});

test('a directory that cannot be used is said to be so', async () => {
  const dir = join(tempDir(), 'file');
  writeFileSync(dir, '');
  await expect(privateRedis({ dir, log: silent })).rejects.toMatchObject({ key: 'start.dir-unusable' });
});

test('data that Redis cannot read are named in its own words, and nothing is left running', async () => {
  const dir = tempDir();
  mkdirSync(join(dir, 'appendonlydir'));
  writeFileSync(join(dir, 'appendonlydir/appendonly.aof.manifest'), 'nonsense\n');
  await expect(privateRedis({ dir, log: silent })).rejects.toMatchObject({
    key: 'start.redis-broken',
    params: { reason: 'Invalid AOF manifest file format' },
  });
  expect(() => process.kill(serverPid(dir), 0)).toThrow('ESRCH');
});

test('a full disk confirms nothing; with space again the bot goes on, and all that was confirmed is there', async () => {
  const mount = tempDir();
  // A file system of 4 MB that only the bot's own processes see.
  const inNamespace = ['-m', 'sh', '-c', 'mount -t tmpfs -o size=4m none "$1" && exec "$2" "$3" "$1"', 'sh'];
  const child = spawn('unshare', [...inNamespace, mount, process.execPath, botFile], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const isUp = await Promise.race([lineWith(child.stdout, 'up').then(() => true), ended.then(() => false)]);
  // Without the right to mount: what a full disk makes of a server with `always` is an end, as in the tests above.
  if (!isUp) return expect(process.getuid?.()).not.toBe(0);
  onTestFinished(async () => void (await killed(child, 'SIGTERM')));

  const dir = `/proc/${child.pid}/root${mount}`;
  const client = await clientOf(join(dir, 'redis.sock'));
  const kept: string[] = [];
  const fill = async () => {
    for (let i = 0; ; i++) {
      await confirmed(client.set(`k${i}`, 'v'.repeat(50_000)));
      kept.push(`k${i}`);
    }
  };
  writeFileSync(join(dir, 'ballast'), Buffer.alloc(2_000_000));
  // Listened for from now on: a busy machine may say it before the client hears.
  const said = lineWith(child.stdout, 'starting it again');
  await expect(fill()).rejects.toBeInstanceOf(Unconfirmed);
  expect(await said).toContain('AOF write error');

  rmSync(join(dir, 'ballast'));
  await ready(client, 10_000);
  await vi.waitFor(async () => expect(await confirmed(client.set('last', 'v'))).toBe('OK'), 10_000);
  expect(kept.length).toBeGreaterThan(5);
  expect(await client.exists(...kept)).toBe(kept.length);
}, 60_000);

test('without any server on PATH the operator is told what to run', () => {
  const { status, stdout } = spawnSync(process.execPath, [botFile, tempDir()], {
    env: { PATH: '/nowhere' },
    encoding: 'utf8',
  });
  expect(stdout).toContain('Run npm run setup');
  expect(status).toBe(1);
});
