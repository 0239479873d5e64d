import { expect, test } from 'vitest';
import { Unconfirmed } from '../../src/errors.ts';
import { text } from '../../src/message.ts';
import { direct, group, park } from './park.ts';

test('what is said comes back with the answers, as text and as blocks', async () => {
  const { say, heard } = await park();
  expect(await say({ text: '/日清 走访3户企业' })).toMatchObject({
    status: 200,
    body: {
      replies: [
        {
          chat: 'g1',
          text: '收到：/日清 走访3户企业',
          blocks: [{ kind: 'text', text: '收到：/日清 走访3户企业' }],
        },
      ],
    },
  });
  expect(heard[0]).toMatchObject({ chat: group('g1'), sender: { id: 'wang' }, addressed: false, mentions: [] });
});

test('small talk in a group is answered by nothing', async () => {
  const { say } = await park();
  expect((await say({ text: '今天食堂吃什么' })).body).toEqual({ replies: [] });
});

test('the sender’s own id as the chat is the direct chat with the bot', async () => {
  const { say, heard } = await park();
  expect((await say({ chat: 'wang', text: '你好' })).body.replies).toHaveLength(1);
  expect(heard[0]).toMatchObject({ chat: direct('wang'), addressed: true });
});

test('nobody speaks in somebody else’s direct chat', async () => {
  const { say, member } = await park();
  await member('playground:li', '李二', null);
  const { status, body } = await say({ chat: 'li' });
  expect(status).toBe(403);
  expect(body.error).toEqual({ code: 'not-your-chat', message: '这是别人和机器人的单聊，只有本人能在这里说话。' });
});

test('a private answer names the direct chat it goes to', async () => {
  const { say } = await park({
    receive: async ({ chat }) => [
      { chat, reply: text('已私信发给你。') },
      { chat: direct('wang'), reply: text('你的本周') },
    ],
  });
  const { body } = await say({ text: '/我的' });
  expect(body.replies.map((reply: { chat: string }) => reply.chat)).toEqual(['g1', 'wang']);
});

test('a mention block carries the playground’s own id', async () => {
  const { say } = await park({
    receive: async ({ chat }) => [{ chat, reply: [{ kind: 'mention', member: 'playground:li', name: '李二' }] }],
  });
  expect((await say({})).body.replies[0]).toEqual({
    chat: 'g1',
    text: '@李二',
    blocks: [{ kind: 'mention', member: 'li', name: '李二' }],
  });
});

test('the same id again gives the same replies and asks the bot nothing', async () => {
  let count = 0;
  const { say, heard, get } = await park({
    receive: async ({ chat }) => {
      count += 1;
      return [{ chat, reply: text(`第 ${count} 次`) }];
    },
  });
  const first = await say({ id: 'm1' });
  expect(await say({ id: 'm1' })).toMatchObject({ body: first.body });
  expect(heard).toHaveLength(1);
  expect((await get('transcript?chat=g1')).body.lines).toHaveLength(2);
  expect((await say({ id: 'm2' })).body.replies[0].text).toBe('第 2 次');
});

test('the same id ten times at once reaches the bot once', async () => {
  const { say, heard } = await park();
  const answers = await Promise.all(Array.from({ length: 10 }, () => say({ id: 'm1' })));
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(heard).toHaveLength(1);
});

test('the same id in another chat is another message', async () => {
  const { say, heard } = await park();
  await say({ id: 'm1' });
  await say({ id: 'm1', chat: 'g2' });
  expect(heard).toHaveLength(2);
});

test('a repeat after a restart gives what the first process answered', async () => {
  const before = await park({ receive: async ({ chat }) => [{ chat, reply: text('旧的回答') }] });
  const first = await before.say({ id: 'm1' });
  const after = await park({ namespace: before.namespace });
  expect((await after.say({ id: 'm1' })).body).toEqual(first.body);
  expect(after.heard).toEqual([]);
});

test('a crash between the command and its record leads to the command again, under the same id', async () => {
  const dying = await park({
    transcript: (real) => ({ ...real, record: () => Promise.reject(new Error('killed')) }),
  });
  expect((await dying.say({ id: 'm1' })).status).toBe(500);
  const after = await park({ namespace: dying.namespace });
  expect((await after.say({ id: 'm1' })).body.replies).toHaveLength(1);
  expect(after.heard.map(({ id }) => id)).toEqual(['m1']);
});

test('a mention of the bot addresses it and is taken out; other names become mentions', async () => {
  const { say, heard, member, unit } = await park();
  await unit('城关镇');
  await member('playground:li', '李二', 'u1');
  await member('playground:z1', '张三', 'u1');
  await member('playground:z2', '张三', 'u1');
  await member('wecom:zhao', '赵六', 'u1');
  await say({ text: '@日清 /任命 @李二 联络员，@张三 @赵六 @不存在 @z2' });
  expect(heard[0]).toMatchObject({
    addressed: true,
    text: '/任命 @李二 联络员，@张三 @赵六 @不存在 @z2',
    // Two people are called 张三, so only the id tells which one.
    mentions: [
      { id: 'li', name: '李二' },
      { id: 'z2', name: '张三' },
    ],
  });
});

test('who has spoken and is known by name can be mentioned, with no unit and no role', async () => {
  const { say, heard, member, get } = await park();
  await say({ sender: 'li', text: '/报到 李二' });
  await member('playground:li', '李二', null);
  await say({ text: '/任命 @李二 联络员' });
  expect(heard.at(-1)?.mentions).toEqual([{ id: 'li', name: '李二' }]);
  expect((await get('state')).body.members).toEqual([{ id: 'li', name: '李二', unit: null, roles: [] }]);
});

test.each([
  ['＠日清　/榜', '/榜', true],
  ['@日清/榜', '/榜', true],
  ['  @日清', '', true],
  ['@日清周结 大家看', '@日清周结 大家看', false],
  ['a@日清', 'a', true],
])('“%s” is heard as “%s”', async (typed, text, addressed) => {
  const { say, heard } = await park();
  await say({ text: typed });
  expect(heard[0]).toMatchObject({ text, addressed });
});

test('text is passed on as it was typed, up to 100 kB and more, with what is no letter at all', async () => {
  const { say, heard } = await park();
  const long = `/日清 ${'长'.repeat(100_000)}`;
  expect((await say({ text: long })).status).toBe(200);
  expect((await say({ text: '/日清 a\u0000b\u202e\ud800' })).status).toBe(200);
  expect((await say({ text: '' })).status).toBe(200);
  expect(heard.map(({ text }) => text)).toEqual([long, '/日清 a\u0000b\u202e\ufffd', '']);
});

test.each([
  ['no chat', { chat: undefined }, 'bad-field'],
  ['an empty sender', { sender: '' }, 'bad-field'],
  ['a sender with a line end', { sender: 'a\nb' }, 'bad-field'],
  ['a sender of half a character', { sender: '\ud800' }, 'bad-field'],
  ['a list for a sender', { sender: ['wang'] }, 'bad-field'],
  ['a number for the text', { text: 3 }, 'bad-field'],
  ['a chat of 4 kB', { chat: 'g'.repeat(4096) }, 'bad-field'],
  ['an object for an id', { id: { toString: 'x' } }, 'bad-field'],
  ['an unknown file', { files: ['nothing'] }, 'file-unknown'],
  ['a way out of the folder', { files: ['../../../etc/passwd'] }, 'file-unknown'],
])('%s is refused with 400', async (_, said, code) => {
  const { say, heard } = await park();
  const { status, body } = await say(said);
  expect([status, body.error.code]).toEqual([400, code]);
  expect(body.error.message).toMatch(/[\u4e00-\u9fff]/);
  expect(heard).toEqual([]);
});

test.each([
  ['no JSON', '{', 'application/json', 400, 'not-json'],
  ['a list', '[]', 'application/json', 400, 'not-json'],
  ['null', 'null', 'application/json', 400, 'not-json'],
  ['nothing at all', '', 'application/json', 400, 'not-json'],
  ['a form', 'chat=g1', 'application/x-www-form-urlencoded', 415, 'wrong-type'],
  ['JSON that says it is text', '{}', 'text/plain', 415, 'wrong-type'],
  ['more than a megabyte', `{"text":"${'x'.repeat(1_100_000)}"}`, 'application/json', 413, 'body-too-large'],
  ['five thousand brackets', '['.repeat(5_000), 'application/json', 400, 'not-json'],
])('a body of %s is refused', async (_, body, type, status, code) => {
  const { post } = await park();
  const answer = await post('messages', body, { 'content-type': type });
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});

test('a body that names the prototype changes nothing but its own fields', async () => {
  const { post } = await park();
  const body =
    '{"chat":"g1","sender":"wang","text":"/x","__proto__":{"admin":true},"constructor":{"prototype":{"a":1}}}';
  expect((await post('messages', body)).status).toBe(200);
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
});

test('refusals speak the organisation’s language', async () => {
  const { say } = await park({ locale: 'en' });
  expect((await say({ text: undefined })).body.error.message).toBe('“text” is missing or not as expected: a text.');
});

test.each([
  ['another site', { origin: 'https://example.org', host: 'localhost' }],
  ['a name that was made to lead here', { host: 'rebound.example' }],
  ['a page that the browser calls foreign', { 'sec-fetch-site': 'cross-site' }],
])('%s cannot speak here', async (_, headers) => {
  const { post, heard } = await park();
  const answer = await post('messages', { chat: 'g1', sender: 'wang', text: '/日清 无' }, headers);
  expect([answer.status, answer.body.error.code]).toEqual([403, 'foreign-origin']);
  expect(heard).toEqual([]);
});

test('a wrong method and a wrong address are said in the same shape', async () => {
  const { call, get } = await park();
  const wrong = await call('GET', 'messages');
  expect([wrong.status, wrong.body.error.code, wrong.headers.get('allow')]).toEqual([405, 'wrong-method', 'POST']);
  expect(await get('nothing')).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } });
});

test('a store that does not confirm is told as 503, and the same id may be sent again', async () => {
  let isDown = true;
  const { say, heard } = await park({
    receive: async ({ chat }) => {
      if (isDown) throw new Unconfirmed('gone');
      return [{ chat, reply: text('已记') }];
    },
  });
  const refused = await say({ id: 'm1' });
  expect(refused.status).toBe(503);
  expect(refused.body.error).toEqual({
    code: 'unconfirmed',
    message: '这条还没有确认保存，请稍后原样再发一次；重复的内容不会记两遍。',
  });
  isDown = false;
  expect((await say({ id: 'm1' })).body.replies[0].text).toBe('已记');
  expect(heard).toHaveLength(2);
});

test('a store that hangs is told as not confirmed within five seconds', async () => {
  const { say } = await park({ receive: () => new Promise(() => {}) });
  const begun = performance.now();
  expect((await say({})).status).toBe(503);
  expect(performance.now() - begun).toBeLessThan(5_000);
}, 10_000);

test('a fault is answered by a reference that stands in the log, without its inner words', async () => {
  const { say, errors } = await park({ receive: () => Promise.reject(new Error('secret inside')) });
  const { status, body } = await say({});
  expect([status, body.error.code]).toEqual([500, 'internal']);
  expect(body.error.message).not.toContain('secret');
  expect(errors).toContainEqual(expect.objectContaining({ ref: /编号 (\w+)/.exec(body.error.message)?.[1] }));
});

test('a file is put on the shelf, brought along to a message, and can be taken home', async () => {
  const { app, say, heard } = await park();
  const put = await app.request('http://localhost/files?name=../台账 1.csv', { method: 'POST', body: '甲,乙' });
  const { file } = (await put.json()) as { file: string };
  await say({ text: '/交办', files: [file] });
  expect(heard[0]?.files).toMatchObject([{ name: '.._台账 1.csv', size: 7 }]);
  expect(await new Response(heard[0]?.files[0]?.open()).text()).toBe('甲,乙');

  const got = await app.request(`http://localhost/files/${file}`);
  expect(got.headers.get('content-disposition')).toContain('attachment');
  expect(await got.text()).toBe('甲,乙');
  expect((await app.request('http://localhost/files/..%2F..%2Fetc')).status).toBe(404);
});

test('a file over 20 MB is refused, and a name is needed', async () => {
  const { app } = await park();
  const big = new Uint8Array(20 * 1024 * 1024 + 1);
  expect((await app.request('http://localhost/files?name=a', { method: 'POST', body: big })).status).toBe(413);
  expect((await app.request('http://localhost/files', { method: 'POST', body: 'x' })).status).toBe(400);
});

test('the state lists units with their group and members with their roles, by the playground’s ids', async () => {
  const { get, unit, member } = await park();
  await unit('云岭县');
  await unit('城关镇', { parent: 'u1', chats: ['wecom:group:w1', 'playground:group:g:1'] });
  await member('playground:wang', '王一', 'u2', [{ role: 'coordinator', unit: 'u2' }]);
  await member('playground:li', null, null, [{ role: 'admin', unit: null }]);
  expect((await get('state')).body).toEqual({
    now: '2026-11-23T09:00:00+08:00',
    units: [
      { id: 'u1', name: '云岭县', chat: null, parent: null },
      { id: 'u2', name: '城关镇', chat: 'g:1', parent: 'u1' },
    ],
    members: [
      { id: 'wang', name: '王一', unit: 'u2', roles: ['member', 'coordinator'] },
      { id: 'li', name: null, unit: null, roles: ['admin'] },
    ],
  });
});

test('the page’s own calls: chats with their last line, coming events, a line at a time', async () => {
  const due = [{ at: '2026-11-23 17:00', job: 'nudge', chat: direct('li'), reply: text('还没报') }];
  const { get, say, unit } = await park({ due });
  await unit('城关镇');
  await say({ text: '/榜' });
  await say({ chat: 'wang', text: '在吗' });
  const { chats } = (await get('chats')).body;
  expect(chats.map(({ chat, kind, text }: Record<string, string>) => [chat, kind, text]).sort()).toEqual([
    ['g1', 'group', '收到：/榜'],
    ['wang', 'direct', '收到：在吗'],
  ]);
  expect((await get('events')).body.events).toEqual([
    expect.objectContaining({ at: '2026-11-23T17:00:00+08:00', job: 'nudge', units: ['城关镇'] }),
  ]);
  const { lines } = (await get('transcript?chat=wang&kind=direct')).body;
  expect(lines).toMatchObject([
    { from: { id: 'wang' }, text: '在吗', at: '2026-11-23T09:00:00+08:00' },
    { from: null, text: '收到：在吗' },
  ]);
  expect((await get(`transcript?chat=wang&kind=direct&before=${lines[1].n}`)).body.lines).toHaveLength(1);
});

test('whoever listens hears each line as it is said', async () => {
  const { app, say, platform } = await park();
  const stream = await app.request('http://localhost/stream');
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  await say({ text: '/榜' });
  await platform.stop();
  const heard = await stream.text();
  expect(heard.match(/event: (\w+)/g)).toEqual(['event: clock', 'event: line', 'event: line']);
  expect(heard).toContain('收到：/榜');
});
