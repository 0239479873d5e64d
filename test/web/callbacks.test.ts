import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import type { Callback, CallbackRequest } from '../../src/ports.ts';
import { callbackListener, MOST_BYTES } from '../../src/web/callbacks.ts';
import { listen } from '../../src/web/serve.ts';
import { ledger } from '../values.ts';

/** A served house with one address for a platform, which answers with what it was given. */
const served = async (handle?: Callback['handle']) => {
  const seen: CallbackRequest[] = [];
  const echo: Callback['handle'] = async (request) => {
    seen.push(request);
    return { status: 200, body: Buffer.from(request.body).toString('base64') };
  };
  const { log, errors } = ledger();
  const { url, serve, close } = await listen('127.0.0.1', 0);
  onTestFinished(close);
  await serve(
    new Hono().get('/page', (c) => c.text('a page')),
    callbackListener([{ path: '/callback/test', handle: handle ?? echo }], log),
  );
  return { url, seen, errors, at: `${url}/callback/test`, port: Number(new URL(url).port) };
};

test('the bytes come as they were sent, and the query decoded', async () => {
  const { at, seen } = await served();
  const bytes = Buffer.from([0, 255, 10, 13, 0xc3, 0x28]);
  const response = await fetch(`${at}?msg_signature=a%2Bb&nonce=1&nonce=2`, {
    method: 'POST',
    body: bytes,
    headers: { 'X-Some': 'thing' },
  });
  expect([response.status, await response.text()]).toEqual([200, bytes.toString('base64')]);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(seen[0]?.query.get('msg_signature')).toBe('a+b');
  expect([seen[0]?.method, seen[0]?.header('x-some'), seen[0]?.header('x-none')]).toEqual(['POST', 'thing', undefined]);
});

test('a GET comes without a body', async () => {
  const { at, seen } = await served();
  expect(await (await fetch(`${at}?echostr=x`)).text()).toBe('');
  expect(seen[0]?.body).toHaveLength(0);
});

test('other addresses are pages, or nothing', async () => {
  const { url, seen } = await served();
  expect(await (await fetch(`${url}/page`)).text()).toBe('a page');
  for (const path of ['/callback', '/callback/test/', '/callback/test2', '/Callback/test', '//callback/test']) {
    expect((await fetch(`${url}${path}`, { method: 'POST' })).status, path).toBe(404);
  }
  expect(seen).toEqual([]);
});

test.each(['PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])('%s is told what there is', async (method) => {
  const { at, seen } = await served();
  const response = await fetch(at, { method, ...(method === 'PUT' && { body: 'x' }) });
  expect([response.status, response.headers.get('allow'), await response.text()]).toEqual([405, 'GET, POST', '']);
  expect(seen).toEqual([]);
});

test('a megabyte is taken, one byte more is not, announced or not', async () => {
  const { at, seen } = await served();
  const whole = (body: BodyInit) => fetch(at, { method: 'POST', body, duplex: 'half' } as RequestInit);
  expect((await whole(Buffer.alloc(MOST_BYTES))).status).toBe(200);
  expect((await whole(Buffer.alloc(MOST_BYTES + 1))).status).toBe(413);
  const drip = new ReadableStream({
    start(stream) {
      for (let part = 0; part < 3; part += 1) stream.enqueue(new Uint8Array(MOST_BYTES / 2));
      stream.close();
    },
  });
  expect((await whole(drip)).status).toBe(413);
  expect(seen).toHaveLength(1);
});

test('whoever sends far too much hears so, and the next call on that connection is the next call', async () => {
  const { port, seen } = await served();
  const socket = connect(port, '127.0.0.1');
  const tooLong = 40 * MOST_BYTES;
  socket.write(`POST /callback/test HTTP/1.1\r\nHost: a\r\nContent-Length: ${tooLong}\r\n\r\n`);
  socket.write(Buffer.alloc(tooLong));
  socket.write('POST /callback/test HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx');
  const heard: Buffer[] = [];
  socket.on('data', (part) => heard.push(part));
  await once(socket, 'close');
  expect(
    Buffer.concat(heard)
      .toString()
      .match(/^HTTP\/1.1 \d+/gm),
  ).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  expect(seen.map(({ body }) => body.length)).toEqual([1]);
});

test('a body that does not end is waited for five seconds, and the caller is let go', { timeout: 15_000 }, async () => {
  const { port, seen } = await served();
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /callback/test HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf');
  const begun = performance.now();
  const [head] = await once(socket, 'data');
  expect(String(head)).toMatch(/^HTTP\/1.1 408 /);
  await once(socket, 'close');
  expect(performance.now() - begun).toBeLessThan(8_000);
  expect(seen).toEqual([]);
});

test('a body that is cut off comes to nobody, and is no fault', async () => {
  const { port, at, seen, errors } = await served();
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /callback/test HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf');
  await once(socket, 'connect');
  socket.destroy();
  expect((await fetch(at)).status).toBe(200);
  expect(seen.map(({ method }) => method)).toEqual(['GET']);
  expect(errors).toEqual([]);
});

test('a fault shows nothing of itself, and the platform will call again', async () => {
  const { at, errors } = await served(() => Promise.reject(new TypeError('token is secret')));
  const response = await fetch(at, { method: 'POST', body: 'x' });
  expect([response.status, await response.text()]).toEqual([503, '']);
  expect(errors).toHaveLength(1);
});

test('one connection serves many calls', async () => {
  const { at } = await served();
  const { Agent } = await import('node:http');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set<number | undefined>();
  for (const method of ['POST', 'GET', 'POST', 'GET']) {
    const call = request(at, { method, agent });
    call.end(method === 'POST' ? 'body' : undefined);
    const [response] = await once(call, 'response');
    ports.add(response.socket.localPort);
    response.resume();
    await once(response, 'end');
  }
  agent.destroy();
  expect(ports.size).toBe(1);
});
