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

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('pixels')]);
const card = (title: string, task_id = 't1') => ({
  card_type: 'button_interaction',
  main_title: { title },
  button_list: [{ text: '同意', key: '/批准 1' }],
  task_id,
});

test('a pressed card can be changed for five seconds, once, under its own task', async () => {
  const { bot, server, clock, lastReqId } = await house();
  const { ask, heard } = await bot();
  server.inGroup('g1', 'zhang', '/请假');
  const send = (task: string) => ({ msgtype: 'template_card', template_card: card('请假', task) });
  expect(await ask('aibot_respond_msg', send('t1'), lastReqId())).toBe(0);
  expect(await ask('aibot_respond_msg', send('t1'), lastReqId())).toBe(40_058);
  server.click('li', 1, '/批准 1', { q: ['a', 'b'] });
  await expect
    .poll(() => heard.at(-1)?.body)
    .toMatchObject({
      chatid: 'g1',
      from: { userid: 'li' },
      event: {
        template_card_event: {
          event_key: '/批准 1',
          task_id: 't1',
          selected_items: { selected_item: [{ question_key: 'q', option_ids: { option_id: ['a', 'b'] } }] },
        },
      },
    });
  const update = (task = 't1', at = lastReqId()) =>
    ask('aibot_respond_update_msg', { response_type: 'update_template_card', template_card: card('已同意', task) }, at);
  expect([await update('t2'), await update(), await update()]).toEqual([40_058, 0, 846_605]);
  expect(server.posts).toMatchObject([{ text: '已同意\n[同意]', msgtype: 'template_card' }]);
  expect(await ask('aibot_respond_msg', stream('答'), lastReqId())).toBe(846_605);
  server.click('li', 1, '/批准 1');
  clock.now += 5_001;
  expect(await update()).toBe(846_605);
});

test('a file comes in pieces, and is sent for three days', async () => {
  const { bot, server, clock } = await house();
  const { ask, heard } = await bot();
  server.inDirect('zhang', '一');
  const lastBody = () => heard.at(-1)?.body ?? {};
  const wanted = { type: 'file', filename: '未报.xlsx', total_size: PNG.length, total_chunks: 2 };
  const uploaded = async (pieces: readonly [number, Uint8Array][]) => {
    await ask('aibot_upload_media_init', wanted);
    const { upload_id } = lastBody() as { upload_id: string };
    for (const [chunk_index, bytes] of pieces) {
      const base64_data = Buffer.from(bytes).toString('base64');
      expect(await ask('aibot_upload_media_chunk', { upload_id, chunk_index, base64_data })).toBe(0);
    }
    return ask('aibot_upload_media_finish', { upload_id });
  };
  const [first, second] = [PNG.subarray(0, 5), PNG.subarray(5)];
  expect(await uploaded([[1, second]])).toBe(40_006);
  expect(
    await uploaded([
      [1, second],
      [0, first],
    ]),
  ).toBe(0);
  const { media_id } = lastBody() as { media_id: string };
  const send = () => ask('aibot_send_msg', { chatid: 'zhang', msgtype: 'file', file: { media_id } });
  expect(await send()).toBe(0);
  expect(server.posts[0]?.file).toMatchObject({ name: '未报.xlsx', bytes: new Uint8Array(PNG) });
  clock.now += 3 * 24 * 3_600_000 + 1;
  expect(await send()).toBe(40_007);
});

test('thirty files a minute, for all chats together', async () => {
  const { bot, server } = await house();
  const { ask } = await bot();
  const init = () => ask('aibot_upload_media_init', { type: 'file', filename: 'a', total_size: 6, total_chunks: 1 });
  for (let n = 0; n < 30; n += 1) expect(await init()).toBe(0);
  expect([await init(), server.worstUploads(60_000)]).toEqual([45_009, 31]);
});

test('the worst window of every chat is known, refused frames included', async () => {
  const { bot, server, clock } = await house({ perMinute: 2 });
  const { push } = await bot();
  server.inGroup('g1', 'zhang', '一');
  server.inGroup('g2', 'zhang', '一');
  for (const chat of ['g1', 'g1', 'g2', 'g1']) await push(chat, '榜');
  clock.now += 60_000;
  await push('g2', '榜');
  expect([server.worst(60_000), server.worst(60_000, 'group:g2'), server.worst(60_001, 'group:g2')]).toEqual([3, 1, 2]);
});

test('pings stay without an answer at either level', async () => {
  const { bot, server } = await house();
  const { socket, ask } = await bot();
  const pong = () => {
    const answered = Promise.race([once(socket, 'pong').then(() => true), ask('ping', {}).then(() => false)]);
    socket.ping();
    return answered;
  };
  socket.ping();
  await once(socket, 'pong');
  server.faults.answersSocketPings = false;
  expect(await pong()).toBe(false);
  server.faults.answersPings = false;
  await expect(ask('ping', {})).rejects.toThrow();
});
