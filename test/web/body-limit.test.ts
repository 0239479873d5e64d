import { Agent, request } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { listen } from '../../src/web/serve.ts';
import { park } from './park.ts';

const { app, say, heard } = await park();
const { url, serve, close } = await listen('127.0.0.1', 0);
await serve(app);
afterAll(close);

/** Sends on while the answer may already be on its way, as most clients do. */
const send = (path: string, body: Buffer | string, over: { agent?: Agent; chunked?: boolean } = {}) =>
  new Promise<number | undefined>((resolve, reject) => {
    const asked = request(`${url}/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(over.chunked ? {} : { 'content-length': Buffer.byteLength(body) }),
      },
      ...(over.agent ? { agent: over.agent } : {}),
    });
    asked.on('response', (answer) => answer.resume().on('end', () => resolve(answer.statusCode)));
    asked.on('error', reject);
    asked.end(body);
  });

test.each([
  ['messages', 100],
  ['clock', 5],
  ['files?name=a', 100],
])('whoever sends far too much to /%s hears so, however long it takes to send', async (path, megabytes) => {
  expect(await send(path, Buffer.alloc(megabytes * 1024 * 1024, 0x61))).toBe(413);
});

test('what comes next from the same client is answered', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const message = JSON.stringify({ chat: 'g1', sender: 'wang', text: '/榜' });
  const said = [];
  for (let n = 0; n < 20; n += 1) {
    said.push(await send('messages', Buffer.alloc(3 * 1024 * 1024, 0x61), { agent }));
    said.push(await send('messages', message, { agent }));
  }
  agent.destroy();
  expect(new Set(said)).toEqual(new Set([413, 200]));
});

test('a body that announces no length is taken up to the limit', async () => {
  expect(await send('messages', JSON.stringify({ chat: 'g1', sender: 'li', text: '/榜' }), { chunked: true })).toBe(
    200,
  );
  expect(await send('messages', Buffer.alloc(3 * 1024 * 1024, 0x61), { chunked: true }).catch(() => 413)).toBe(413);
  expect((await say({ text: '/榜' })).status).toBe(200);
  expect(heard.every(({ text }) => text === '/榜')).toBe(true);
});
