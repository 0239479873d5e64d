import { expect, test } from 'vitest';
import { PlatformError, Unconfirmed } from '../../../src/errors.ts';
import { list, text } from '../../../src/message.ts';
import { connected, t, wecom } from './house.ts';

const group = { platform: 'wecom', id: 'g1', kind: 'group' } as const;
const zhang = { platform: 'wecom', id: 'zhang', kind: 'direct' } as const;
const shown = (posts: readonly { text: string }[]) => posts.map((post) => post.text);

test('answers in the group where it was mentioned, as a reply to that very message', async () => {
  const { server, heard } = await connected();
  const msgid = server.inGroup('g1', 'zhang', '/日清 走访');
  const [post] = await server.seen(() => server.posts.length > 0 && server.posts);
  expect(heard).toMatchObject([{ id: msgid, text: '/日清 走访', chat: group, sender: { id: 'zhang' } }]);
  expect(post).toMatchObject({
    n: 1,
    chat: { kind: 'group', id: 'g1' },
    via: 'reply',
    text: '听到：/日清 走访',
    to: msgid,
  });
});

test('answers in a direct chat', async () => {
  const { server } = await connected();
  server.inDirect('zhang', '/我的');
  const [post] = await server.seen(() => server.posts.length > 0 && server.posts);
  expect(post).toMatchObject({ chat: { kind: 'direct', id: 'zhang' }, text: '听到：/我的' });
});

test('a message delivered twice, one after the other or at once, is answered once', async () => {
  const { server, heard } = await connected();
  server.inGroup('g1', 'zhang', '一');
  server.again();
  await server.seen(() => server.posts.length > 0);
  server.again();
  server.inGroup('g1', 'zhang', '二');
  await server.seen(() => server.posts.length > 1);
  expect(heard.filter(({ text }) => text === '一')).toHaveLength(3);
  expect(shown(server.posts)).toEqual(['听到：一', '听到：二']);
});

test('two copies that hear the same message answer it once', async () => {
  const { server, bot, another } = await connected();
  server.inGroup('g1', 'zhang', '一');
  await server.seen(() => server.posts.length === 1);
  const second = another();
  await expect.poll(() => second.isUp() && !bot.isUp()).toBe(true);
  server.again();
  server.inGroup('g1', 'zhang', '二');
  await server.seen(() => server.posts.length > 1);
  expect(shown(server.posts)).toEqual(['听到：一', '听到：二']);
});

test('the private part goes to the person first, then the group is told', async () => {
  const { server } = await connected({
    receive: async ({ chat }) => [
      { chat, reply: text('已私信发给你。') },
      { chat: zhang, reply: text('你的数') },
    ],
  });
  server.inDirect('zhang', '你好');
  await server.seen(() => server.posts.length === 1);
  server.inGroup('g1', 'zhang', '/我的');
  await server.seen(() => server.posts.length === 3);
  expect(server.posts.slice(1)).toMatchObject([
    { chat: { kind: 'direct', id: 'zhang' }, via: 'push', text: '你的数' },
    { chat: { kind: 'group', id: 'g1' }, via: 'reply', text: '已私信发给你。' },
  ]);
});

test('who never opened the direct chat is told in the group how to; nothing private is said there', async () => {
  const { server, kept, refused } = await connected({
    receive: async ({ chat }) => [
      { chat, reply: text('已私信发给你。') },
      { chat: zhang, reply: text('你的数') },
    ],
  });
  server.inGroup('g1', 'zhang', '/我的');
  await server.seen(() => server.posts.length > 0);
  expect(shown(server.posts)).toEqual([t('reply.cannot-write-privately')]);
  expect(kept).toEqual([]);
  expect(refused).toMatchObject([{ chat: zhang }]);
});

test('says that nothing is confirmed when the store did not confirm, and answers the redelivery in full', async () => {
  let isDown = true;
  const { server, leases } = await connected({
    receive: async ({ chat }) => {
      if (isDown) throw new Unconfirmed('redis is gone');
      return [{ chat, reply: text('已记') }];
    },
  });
  const msgid = server.inGroup('g1', 'zhang', '/日清 走访');
  await server.seen(() => server.posts.length === 1);
  expect(shown(server.posts)).toEqual([t('error.unconfirmed')]);
  isDown = false;
  expect(await leases.claim(`reply/wecom:group:g1/${msgid}`)).toBe('busy');
});

test('a reply that WeCom refuses for now is kept for the outbox, which pushes what is left of it', async () => {
  const { server, bot, kept } = await connected();
  server.faults.refuseNext.push(45_009);
  const msgid = server.inGroup('g1', 'zhang', '一');
  await expect.poll(() => kept.length).toBe(1);
  expect(server.posts).toEqual([]);
  expect(kept).toMatchObject([{ id: `reply/wecom:group:g1/${msgid}`, chat: group, delivery: 'atMostOnce' }]);
  for (const { chat, reply, id } of kept) await bot.send(chat, reply, id, null);
  expect(server.posts).toMatchObject([{ via: 'push', text: '听到：一' }]);
});

test('an answer WeCom takes but acknowledges after the SDK’s 5 s stands in the chat once', async () => {
  const { server, kept, lines } = await connected({ line: { probeMs: 60_000 } });
  server.faults.ackDelayMs = 5_300;
  const acks = () =>
    server.frames.filter(
      ({ from, frame }) => from === 'server' && !frame.cmd && frame.headers.req_id.startsWith('callback'),
    );
  server.inGroup('g1', 'zhang', '一');
  await server.seen(() => acks().length === 1);
  server.faults.ackDelayMs = 0;
  server.again();
  server.inGroup('g1', 'zhang', '二');
  await server.seen(() => server.posts.length > 1);
  expect(shown(server.posts)).toEqual(['听到：一', '听到：二']);
  expect(kept).toEqual([]);
  expect(lines.filter((line) => line.includes('not confirmed by the platform'))).toHaveLength(1);
}, 15_000);

test('an answer of more than 20,480 bytes goes in parts, in order, each as an answer', async () => {
  const items = Array.from({ length: 900 }, (_, i) => `第${i}件事，走访企业并上报台账`);
  const { server } = await connected({ receive: async ({ chat }) => [{ chat, reply: list(items) }] });
  server.inGroup('g1', 'zhang', '/我的');
  const said = () => shown(server.posts).join('\n').split('\n');
  await server.seen(() => said().length === items.length);
  expect(said()).toEqual(items.map((item) => `- ${item}`));
  expect(server.posts.length).toBeGreaterThan(1);
  expect(server.posts.every(({ via }) => via === 'reply')).toBe(true);
});

test('a post that failed half way goes on where it stopped', async () => {
  const items = Array.from({ length: 900 }, (_, i) => `第${i}件事，走访企业并上报台账`);
  const { server, bot } = await connected({ server: { perMinute: 2 } });
  server.inGroup('g1', 'zhang', '一');
  await server.seen(() => server.posts.length === 1);
  await expect(bot.send(group, list(items), 'post-1', null)).rejects.toMatchObject({ code: 45_009, outcome: 'retry' });
  server.faults.refuseNext.push(846_609);
  await expect(bot.send(group, list(items), 'post-1', null)).rejects.toMatchObject({ outcome: 'retry' });
  expect(server.posts).toHaveLength(2);
});

test('what is pushed says whether it is for a group or a person, and never is plain text', async () => {
  const { server, bot } = await connected();
  server.inGroup('g1', 'zhang', '一');
  server.inDirect('zhang', '一');
  await server.seen(() => server.posts.length === 2);
  await bot.send(group, text('榜'), 'p1', null);
  await bot.send(zhang, text('提醒'), 'p2', null);
  const pushes = server.frames.flatMap(({ frame }) => (frame.cmd === 'aibot_send_msg' ? [frame.body] : []));
  expect(pushes).toEqual([
    { chatid: 'g1', chat_type: 2, msgtype: 'markdown', markdown: { content: '榜' } },
    { chatid: 'zhang', chat_type: 1, msgtype: 'markdown', markdown: { content: '提醒' } },
  ]);
});

test('a push where the bot was never spoken to is refused for good', async () => {
  const { bot } = await connected();
  const pushing = bot.send(group, text('榜'), 'p1', null);
  await expect(pushing).rejects.toThrow(PlatformError);
  await expect(pushing).rejects.toMatchObject({ platform: 'wecom', code: 93_006, outcome: 'refused' });
});

test('over the limit of a chat a push is to be tried again', async () => {
  const { server, bot } = await connected({ server: { perMinute: 3 } });
  server.inGroup('g1', 'zhang', '一');
  await server.seen(() => server.posts.length === 1);
  await bot.send(group, text('二'), 'p2', null);
  await bot.send(group, text('三'), 'p3', null);
  await expect(bot.send(group, text('四'), 'p4', null)).rejects.toMatchObject({ code: 45_009, outcome: 'retry' });
});

test('nothing is sent while nobody is connected, and that is certain', async () => {
  const { server, bot } = await connected({ again: { firstMs: 60_000, slowestMs: 60_000 } });
  server.drop();
  await expect.poll(() => bot.isUp()).toBe(false);
  await expect(bot.send(group, text('榜'), 'p1', null)).rejects.toMatchObject({
    code: 'not-connected',
    outcome: 'retry',
  });
});

test('who opens the direct chat is welcomed', async () => {
  const { server } = await connected();
  server.enter('zhang');
  await server.seen(() => server.posts.length === 1);
  expect(server.posts).toMatchObject([
    { via: 'welcome', chat: { kind: 'direct', id: 'zhang' }, text: t('chat.welcome') },
  ]);
});

test('a picture in a direct chat gets a sentence, in a group it gets silence', async () => {
  const { server, heard } = await connected();
  const picture = { msgtype: 'image', text: undefined, image: { url: 'https://example.invalid/p', aeskey: 'k' } };
  server.inGroup('g1', 'zhang', '', { msgtype: 'mixed', text: undefined, mixed: { msg_item: [picture] } });
  server.inDirect('zhang', '', picture);
  await server.seen(() => server.posts.length > 0);
  expect(server.posts).toMatchObject([{ chat: { kind: 'direct', id: 'zhang' }, text: t('chat.text-only') }]);
  expect(heard).toEqual([]);
});

test('a callback of no known shape, or another event, hurts nobody', async () => {
  const { server, heard } = await connected();
  server.inGroup('g1', 'zhang', '', {
    from: { userid: 'zhang' },
    msgid: 'odd',
    chattype: 'group',
    msgtype: 'hologram',
    text: 7,
  });
  server.inGroup('', 'zhang', '一');
  server.inGroup('g1', 'zhang', '二');
  await server.seen(() => server.posts.length > 0);
  expect(shown(server.posts)).toEqual(['听到：二']);
  expect(heard).toHaveLength(1);
});

test('stops when the messages in hand are answered', async () => {
  let go = () => {};
  const { server, bot } = await connected({
    receive: async ({ chat }) => {
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      return [{ chat, reply: text('已记') }];
    },
  });
  server.inGroup('g1', 'zhang', '/日清 走访');
  await server.seen(() => server.frames.some(({ frame }) => frame.cmd === 'aibot_msg_callback'));
  await expect.poll(() => go.name).not.toBe('go');
  const stopped = bot.stop();
  go();
  await stopped;
  expect(shown(server.posts)).toEqual(['已记']);
  await server.seen(() => server.connections() === 0);
  expect(bot.isUp()).toBe(false);
});

test('no secret and no words of people get into the log, at no level', async () => {
  const { server, lines } = await connected({ server: { secret: 'canary' } });
  server.faults.refuseNext.push(40_008);
  server.inGroup('g1', 'zhang', 'canary');
  server.inGroup('', 'zhang', 'canary');
  await server.seen(() => server.faults.refuseNext.length === 0);
  server.inDirect('zhang', 'canary');
  await server.seen(() => server.posts.length > 0);
  server.drop();
  await server.seen(() => server.subscriptions() > 1);
  expect(lines.join('\n')).toContain('40008');
  expect(lines.filter((line) => line.includes('canary'))).toEqual([]);
});

test('a stopped bot leaves nothing behind that keeps a process alive', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const { server, bot } = await wecom();
  server.faults.answersPings = false;
  const before = timers();
  const made = bot();
  await server.seen(() => server.frames.filter(({ frame }) => frame.cmd === 'ping').length > 1);
  expect(timers()).toBeGreaterThan(before);
  await made.stop();
  expect(timers()).toBeLessThanOrEqual(before);
});

test('somebody whom WeCom does not name is told why nothing is recorded, in a group and alone', async () => {
  const { server, heard } = await connected();
  server.inGroup('g1', '', '/日清 走访', { from: {} });
  server.inDirect('', '/日清 走访', { from: {} });
  await server.seen(() => server.posts.length === 2);
  expect(shown(server.posts)).toEqual([t('chat.outsider'), t('chat.outsider')]);
  expect(heard).toEqual([]);
});

test('a message that is taken back, and what WeCom invents next, are passed over in silence', async () => {
  const { server, heard } = await connected();
  for (const msgtype of ['revoke', 'hologram', '__proto__', 'stream']) {
    server.inDirect('zhang', '', { msgtype, [msgtype]: { msgid: 'msg_1', content: '/日清 走访' } });
  }
  server.inDirect('zhang', '在吗');
  await server.seen(() => server.posts.length > 0);
  expect(shown(server.posts)).toEqual(['听到：在吗']);
  expect(heard.map(({ text }) => text)).toEqual(['在吗']);
});
