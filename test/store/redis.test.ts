import { expect, inject, onTestFinished, test } from 'vitest';
import { Unconfirmed } from '../../src/errors.ts';
import { confirmed, connect, ready, script } from '../../src/store/redis.ts';
import { ownRedis, silent } from './own-redis.ts';

const connected = async (socket: string) => {
  const client = connect(socket, silent);
  onTestFinished(() => client.disconnect());
  await ready(client, 5_000);
  return client;
};

const own = async () => {
  const server = await ownRedis();
  return { server, client: await connected(server.socket) };
};

test('a script runs, also after the server has forgotten it', async () => {
  const redis = await connected(inject('redis'));
  const call = script(redis, 'change', ['lib-log']);
  await redis.script('FLUSH');
  // Called without its arguments it fails in its own way: it was found.
  await expect(call([], [])).rejects.toThrow(/user_script/);
});

test.each(['MISCONF', 'OOM', 'READONLY', 'LOADING', 'NOREPLICAS', 'MASTERDOWN', 'CLUSTERDOWN', 'NOAUTH', 'BUSY'])(
  '%s means not confirmed',
  async (code) => {
    const redis = await connected(inject('redis'));
    const refused = redis.eval(`return redis.error_reply('${code} it says why')`, 0);
    await expect(confirmed(refused)).rejects.toBeInstanceOf(Unconfirmed);
  },
);

test('a defect of ours stays one, and its error carries nothing that people wrote', async () => {
  const redis = await connected(inject('redis'));
  const wrong = confirmed(redis.call('SET', 'k', 'what people wrote', 'NONSENSE'));
  const error = await wrong.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(Unconfirmed);
  expect(JSON.stringify({ ...(error as object) })).not.toContain('what people wrote');
});

test('a server without memory confirms nothing, and goes on when it has some', async () => {
  const { client } = await own();
  const write = () => confirmed(client.eval("return redis.call('SET', KEYS[1], 'v')", 1, 'k'));
  await client.config('SET', 'maxmemory', '1kb');
  await expect(write()).rejects.toBeInstanceOf(Unconfirmed);
  await client.config('SET', 'maxmemory', '0');
  expect(await write()).toBe('OK');
});

test('a stuck server is given up after two seconds, and used again when it goes on', async () => {
  const { server, client } = await own();
  server.signal('SIGSTOP');
  const asked = performance.now();
  await expect(confirmed(client.get('k'))).rejects.toBeInstanceOf(Unconfirmed);
  expect(performance.now() - asked).toBeLessThan(3_000);
  server.signal('SIGCONT');
  await ready(client, 5_000);
  expect(await confirmed(client.get('k'))).toBeNull();
});

test('a killed server confirms nothing, at once; the same connection serves when it is back', async () => {
  const { server, client } = await own();
  await client.set('k', 'v');
  const waiting = confirmed(client.blpop('never', 0));
  server.signal('SIGKILL');
  await expect(waiting).rejects.toBeInstanceOf(Unconfirmed);
  await expect(confirmed(client.get('k'))).rejects.toBeInstanceOf(Unconfirmed);
  await ready(client, 5_000);
  expect(await confirmed(client.get('k'))).toBe('v');
});

test('whoever waits for a server that is not there is told so', async () => {
  const client = connect('/nonexistent/redis.sock', silent);
  onTestFinished(() => client.disconnect());
  await expect(ready(client, 100)).rejects.toBeInstanceOf(Unconfirmed);
});
