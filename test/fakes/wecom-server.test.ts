import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { type Frame, type Options, wecomServer } from './wecom-server.ts';

/** The server, and a bot that speaks the bare protocol; each request answers its errcode. */
const house = async (options: Options = {}) => {
  const clock = { now: 1_700_000_000_000 };
  const server = await wecomServer({ ...options, now: () => clock.now });
  onTestFinished(() => server.close());
  let count = 0;

  const bot = async (secret = 'local-secret') => {
    const socket = new WebSocket(server.url);
    await once(socket, 'open');
    const heard: Frame[] = [];
    socket.on('message', (raw) => heard.push(JSON.parse(raw.toString())));
    const ask = async (cmd: string, body: object, req_id = `r${++count}`) => {
      const before = heard.length;
      socket.send(JSON.stringify({ cmd, headers: { req_id }, body }));
      await expect
        .poll(() => heard.slice(before).find((frame) => !frame.cmd && frame.headers.req_id === req_id), { interval: 2 })
        .toBeDefined();
      return heard.slice(before).find((frame) => !frame.cmd && frame.headers.req_id === req_id)?.errcode;
    };
    const subscribed = await ask('aibot_subscribe', { bot_id: 'local-bot', secret });
    return {
      socket,
      heard,
      ask,
      subscribed,
      push: (chatid: string, content: string) =>
        ask('aibot_send_msg', { chatid, msgtype: 'markdown', markdown: { content } }),
    };
  };
  /** The req_id of the last callback. */
  const lastReqId = () =>
    server.frames.findLast(({ frame }) => frame.cmd?.endsWith('_callback'))?.frame.headers.req_id ?? '';
  return { server, clock, bot, lastReqId };
};
const stream = (content: string, id = 's', finish = true) => ({ msgtype: 'stream', stream: { id, finish, content } });

test('takes the right secret and no other', async () => {
  const { bot } = await house();
  expect((await bot()).subscribed).toBe(0);
  expect((await bot('wrong')).subscribed).toBe(853_000);
});

test('a bot that has not subscribed is told so', async () => {
  const { bot } = await house();
  const { ask } = await bot('wrong');
  expect(await ask('ping', {})).toBe(846_609);
});

test('a second subscription ends the first', async () => {
  const { bot, server } = await house();
  const first = await bot();
  const closed = once(first.socket, 'close');
  await bot();
  await closed;
  expect(first.heard.at(-1)).toMatchObject({ body: { event: { eventtype: 'disconnected_event' } } });
  expect(server.isConnected()).toBe(true);
});

test('a push needs somebody who spoke there before, and markdown', async () => {
  const { bot, server } = await house();
  const { push, ask } = await bot();
  expect(await push('g1', '榜')).toBe(93_006);
  server.enter('zhang');
  expect(await push('zhang', '提醒')).toBe(93_006);
  server.inGroup('g1', 'zhang', '一');
  expect(await push('g1', '榜')).toBe(0);
  expect(await ask('aibot_send_msg', { chatid: 'g1', msgtype: 'text', text: { content: '榜' } })).toBe(40_008);
  expect(
    await ask('aibot_send_msg', { chatid: 'g1', chat_type: 1, msgtype: 'markdown', markdown: { content: '榜' } }),
  ).toBe(93_006);
  expect(server.posts.map(({ text }) => text)).toEqual(['榜']);
});

test('20,480 bytes are taken, one more is not', async () => {
  const { bot, server } = await house();
  const { push } = await bot();
  server.inDirect('zhang', '一');
  expect(await push('zhang', 'x'.repeat(20_480))).toBe(0);
  expect(await push('zhang', `${'清'.repeat(6_826)}xyz`)).toBe(45_002);
});

test('thirty a minute and a thousand an hour in one chat, whenever the minute begins; replies and pushes together', async () => {
  const { bot, server, clock, lastReqId } = await house({ perMinute: 3, perHour: 5 });
  const { push, ask } = await bot();
  server.inGroup('g1', 'zhang', '一');
  server.inGroup('g2', 'zhang', '一');
  const reply = () => ask('aibot_respond_msg', stream('答', `s${clock.now}`), lastReqId());
  expect([await push('g2', '1'), await reply(), await push('g2', '3')]).toEqual([0, 0, 0]);
  expect([await push('g2', '4'), await push('g1', '1')]).toEqual([45_009, 0]);
  clock.now += 59_999;
  expect(await push('g2', '4')).toBe(45_009);
  clock.now += 1;
  expect([await push('g2', '4'), await reply(), await push('g2', '6')]).toEqual([0, 0, 45_009]);
  clock.now += 3_600_000;
  expect(await push('g2', '6')).toBe(0);
});

test('a callback can be answered for 24 hours, an unfinished stream for 6 minutes', async () => {
  const { bot, server, clock, lastReqId } = await house();
  const { ask } = await bot();
  server.inGroup('g1', 'zhang', '一');
  const reqId = lastReqId();
  expect(await ask('aibot_respond_msg', stream('未完', 'a', false), reqId)).toBe(0);
  expect(await ask('aibot_respond_msg', stream('未完，完', 'a'), reqId)).toBe(0);
  expect(server.posts.map(({ text }) => text)).toEqual(['未完，完']);
  expect(await ask('aibot_respond_msg', stream('又', 'a'), reqId)).toBe(846_608);
  await ask('aibot_respond_msg', stream('未完', 'b', false), reqId);
  clock.now += 6 * 60_000 + 1;
  expect(await ask('aibot_respond_msg', stream('完', 'b'), reqId)).toBe(846_608);
  clock.now += 24 * 3_600_000;
  expect(await ask('aibot_respond_msg', stream('完', 'c'), reqId)).toBe(846_605);
  expect(await ask('aibot_respond_msg', stream('完'), 'never heard')).toBe(846_605);
});

test('a welcome is taken for five seconds', async () => {
  const { bot, server, clock, lastReqId } = await house();
  const { ask } = await bot();
  const hello = { msgtype: 'text', text: { content: '你好' } };
  server.enter('zhang');
  expect(await ask('aibot_respond_welcome_msg', hello, lastReqId())).toBe(0);
  clock.now += 5_001;
  expect(await ask('aibot_respond_welcome_msg', hello, lastReqId())).toBe(846_605);
});
