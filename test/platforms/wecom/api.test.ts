import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { PlatformError } from '../../../src/errors.ts';
import { wecomApi } from '../../../src/platforms/wecom/api.ts';
import { meaningOf, refusal } from '../../../src/platforms/wecom/codes.ts';
import { type Fault, html, wecomApi as wecomFake } from '../../fakes/wecom-api.ts';

const KEY = '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa';

const house = async () => {
  const fake = await wecomFake();
  const api = wecomApi(fake.url, { connectMs: 300, answerMs: 300 });
  onTestFinished(async () => {
    await api.close();
    await fake.close();
  });
  const send = (isRepeatable = false) =>
    api
      .call({ path: '/cgi-bin/webhook/send', query: { key: KEY }, body: { msgtype: 'text' }, isRepeatable })
      .then(() => null)
      .catch((error: unknown) => error as PlatformError);
  return { fake, api, send };
};

test.each([
  [-1, 'retry', null, undefined],
  [40_001, 'refused', null, 'operator'],
  [40_014, 'retry', null, undefined],
  [41_001, 'refused', null, 'operator'],
  [42_001, 'retry', null, undefined],
  [45_009, 'retry', 60_000, undefined],
  [45_033, 'retry', 60_000, undefined],
  [45_001, 'refused', null, undefined],
  [45_002, 'refused', null, undefined],
  [43_012, 'refused', null, 'operator'],
  [48_002, 'refused', null, 'operator'],
  [50_002, 'refused', null, 'operator'],
  [60_011, 'refused', null, 'operator'],
  [60_020, 'refused', null, 'operator'],
  [60_111, 'refused', null, undefined],
  [81_013, 'refused', null, undefined],
  [82_001, 'refused', null, undefined],
  [82_004, 'refused', null, undefined],
  [86_001, 'refused', null, 'chat'],
  [86_003, 'refused', null, 'chat'],
  [86_008, 'refused', null, 'chat'],
  [93_000, 'refused', null, 'chat'],
  [93_004, 'refused', null, 'chat'],
  [93_008, 'refused', null, 'chat'],
  // What WeCom invents next is a no as well.
  [99_999, 'refused', null, undefined],
])('errcode %i, whatever the status: %s', async (errcode, outcome, waitMs, blame) => {
  const { fake, send } = await house();
  fake.fail({ errcode, status: errcode % 2 === 0 ? 200 : 500, times: 1 });
  expect(await send()).toMatchObject({ platform: 'wecom', code: errcode, outcome, waitMs });
  expect(meaningOf(errcode).blame).toBe(blame);
});

test.each<[string, Fault, string, string]>([
  ['a page instead of an answer', html, 'unknown', 'retry'],
  ['nothing', { answers: 'nothing' }, 'unknown', 'retry'],
  ['a reset', { answers: 'reset' }, 'unknown', 'retry'],
  ['a byte at a time', { answers: 'drip' }, 'unknown', 'retry'],
  ['a flood', { answers: 'flood' }, 'unknown', 'retry'],
  ['an answer that is late', { lateMs: 1_000, isDone: true }, 'unknown', 'retry'],
  ['an empty answer', { body: '' }, 'unknown', 'retry'],
  ['a JSON that says nothing', { body: '{"errmsg":"ok"}' }, 'unknown', 'retry'],
  ['an errcode that is no number', { body: '{"errcode":"0"}' }, 'unknown', 'retry'],
  ['a gateway that fails', { ...html, status: 502 }, 'unknown', 'retry'],
  ['a gateway that turns us away', { ...html, status: 403 }, 'refused', 'refused'],
  ['a redirect', { ...html, status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'refused', 'refused'],
  ['too many', { ...html, status: 429, headers: { 'retry-after': '7' } }, 'retry', 'retry'],
])('%s: %s', async (_, fault, outcome, ofReads) => {
  const { fake, send } = await house();
  fake.fail(fault);
  expect(await send()).toMatchObject({ outcome });
  fake.fail(fault);
  expect(await send(true)).toMatchObject({ outcome: ofReads });
  // The next call is not the worse for it.
  expect(await send()).toMatchObject({ code: 93_000 });
});

test('a pause that a gateway asks for is kept, up to an hour', async () => {
  const { fake, send } = await house();
  fake.fail({ ...html, status: 429, headers: { 'retry-after': '7' } });
  expect(await send()).toMatchObject({ code: 'http-429', waitMs: 7_000 });
  fake.fail({ ...html, status: 429, headers: { 'retry-after': '86400' } });
  expect(await send()).toMatchObject({ waitMs: 3_600_000 });
});

test('nobody there: nothing was sent', async () => {
  const api = wecomApi('http://127.0.0.1:9', { connectMs: 200, answerMs: 300 });
  onTestFinished(() => api.close());
  const error = await api.call({ path: '/cgi-bin/webhook/send', query: { key: KEY }, body: {} }).catch((e) => e);
  expect(error).toBeInstanceOf(PlatformError);
  expect(error).toMatchObject({ code: 'no-connection', outcome: 'retry' });
});

test('a redirect is not followed, not even to where it says', async () => {
  const visited: string[] = [];
  const server = createServer((request, response) => {
    visited.push(request.url ?? '');
    response.writeHead(307, { location: '/elsewhere' }).end('{"errcode":0}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  // A private deployment may stand below a path.
  const api = wecomApi(`http://127.0.0.1:${port}/wecom/`, { connectMs: 200, answerMs: 300 });
  onTestFinished(async () => {
    await api.close();
    server.closeAllConnections();
    server.close();
  });
  await api.call({ path: '/cgi-bin/user/get', query: { userid: 'a' } }).catch(() => {});
  expect(visited).toEqual(['/wecom/cgi-bin/user/get?userid=a']);
});

test('no error tells with what was asked', async () => {
  const { fake, send } = await house();
  const faults: Fault[] = [
    { errcode: 93_000, errmsg: `invalid webhook url key=${KEY} ${'x'.repeat(500)}` },
    html,
    { answers: 'reset' },
  ];
  for (const fault of faults) {
    fake.fail(fault);
    const error = await send();
    expect(inspect(error, { depth: 9 })).not.toContain(KEY);
    expect(String(error).length).toBeLessThan(250);
  }
  expect(refusal(45_009, '').waitMs).toBe(60_000);
});

test('a file goes out whole, under its Chinese name', async () => {
  const { fake, api } = await house();
  const { key } = fake.addWebhook('g1');
  const bytes = Buffer.from('PK\r\n--riqing\r\n整本台账');
  const upload = { field: 'media', name: '榜"单\r\n.xlsx', bytes } as const;
  const { media_id } = await api.call({ path: '/cgi-bin/webhook/upload_media', query: { key, type: 'file' }, upload });
  await api.call({ path: '/cgi-bin/webhook/send', query: { key }, body: { msgtype: 'file', file: { media_id } } });
  expect(fake.posts.map(({ file }) => file?.name)).toEqual(['榜_单__.xlsx']);
  expect(Buffer.from(fake.posts[0]?.file?.bytes ?? [])).toEqual(bytes);
});
