import { createServer } from 'node:http';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PlatformError, Unconfirmed, WINDOW_FULL } from '../../../src/errors.ts';
import { type Chat, directChat, plain, type Reply, text } from '../../../src/message.ts';
import type { Take, Voice } from '../../../src/platforms/wecom/voice.ts';
import type { Answered, Receive } from '../../../src/ports.ts';
import { wecomCaller } from '../../fakes/wecom-caller.ts';
import { botHouse, corpId, second, secrets, t } from './callback-house.ts';

const town: Chat = { platform: 'wecom', kind: 'group', id: 'g1' };
const zhang: Chat = { platform: 'wecom', kind: 'direct', id: 'zhangsan' };
const answering =
  (...answers: readonly Answered[]) =>
  async () =>
    answers;
const inTown = (reply: Reply): Answered => ({ chat: town, reply });
const withButtons = (stays = false): Reply => [
  ...text('要提交吗？'),
  { kind: 'buttons', buttons: [{ text: '提交', command: '/日清 走访' }], ...(stays && { stays }) },
];
/** Another voice of the same people, which takes everything. */
const voice = (refuse?: PlatformError['outcome']) => {
  const said: string[] = [];
  const other: Voice = {
    reaches: () => true,
    async send(chat, reply) {
      if (refuse) throw new PlatformError('wecom', 60111, refuse, 'no such user');
      said.push(`${chat.id}: ${JSON.stringify(reply)}`);
    },
  };
  return { said, other };
};

test('the address is checked: the echo comes back bare', async () => {
  const { bot } = await botHouse();
  expect(await bot.check()).toMatchObject({ status: 200, problem: null });
});

test('a group’s message is answered in the response, as one whole text', async () => {
  const { bot, heard, screen } = await botHouse();
  await bot.inGroup('g1', 'zhangsan', '/日清 走访3户企业', { create_time: second });
  expect(heard).toMatchObject([
    { platform: 'wecom', chat: town, sender: { id: 'zhangsan' }, text: '/日清 走访3户企业', addressed: true },
  ]);
  expect(screen.posts).toMatchObject([
    { chat: { kind: 'group', id: 'g1' }, via: 'answer', msgtype: 'stream', text: '听到：/日清 走访3户企业' },
  ]);
  expect(bot.wrong).toEqual([]);
});

describe('a response counts among what the bot may say in its chat', () => {
  /** One report is answered; then the chat is full, until `room` is made. */
  const full = async () => {
    let places = 1;
    const take: Take = async () => {
      if (places === 0) throw new PlatformError('wecom', WINDOW_FULL, 'retry', 'full', { waitMs: 200 });
      places -= 1;
    };
    const receive: Receive = async ({ chat, text: words }) => [
      { chat, reply: text(`听到：${words}`), ...(words.startsWith('/日清') && { isReceipt: true }) },
    ];
    const house = await botHouse({ take, receive });
    const bot = await house.copy({ hasResponseUrl: true });
    const texts = () => house.screen.posts.map(({ via, text }) => [via, text]);
    const room = () => {
      places = 1;
    };
    return { ...house, bot, texts, room };
  };

  test('in a full group receipts wait in silence, and become one line', async () => {
    const { bot, texts, room } = await full();
    for (const n of [1, 2, 3, 4]) await bot.inGroup('g1', 'zhangsan', `/日清 走访${n}户`);
    expect(texts()).toEqual([['answer', '听到：/日清 走访1户']]);
    room();
    await expect.poll(texts).toEqual([
      ['answer', '听到：/日清 走访1户'],
      ['response_url', t('reply.merged', { count: 3 })],
    ]);
    expect(bot.wrong).toEqual([]);
  });

  test('what is no receipt is kept for another voice', async () => {
    const { bot, texts, kept } = await full();
    for (const n of [1, 2]) await bot.inGroup('g1', 'zhangsan', `/榜 ${n}`);
    expect(texts()).toEqual([['answer', '听到：/榜 1']]);
    await expect.poll(() => kept.map(({ chat, reply }) => [chat.id, plain(reply)])).toEqual([['g1', '听到：/榜 2']]);
  });

  test('thirty in a minute are answered, the one after them is not', async () => {
    const { bot, screen } = await botHouse();
    for (let n = 1; n <= 31; n += 1) await bot.inGroup('g1', 'zhangsan', `/榜 ${n}`);
    expect(screen.posts.map(({ text }) => text).at(-1)).toBe('听到：/榜 30');
    await bot.inGroup('g2', 'zhangsan', '/榜');
    expect(screen.posts.at(-1)).toMatchObject({ chat: { id: 'g2' }, text: '听到：/榜' });
  });
});

test('so is one in the direct chat, and speech that WeCom wrote down', async () => {
  const { bot, screen } = await botHouse();
  await bot.inDirect('zhangsan', '/我的');
  await bot.inDirect('zhangsan', '', { msgtype: 'voice', voice: { content: '/榜' } });
  expect(screen.posts.map(({ chat, text }) => [chat.kind, text])).toEqual([
    ['direct', '听到：/我的'],
    ['direct', '听到：/榜'],
  ]);
});

test('buttons stand on a card below the words, or alone', async () => {
  const many = [...text('一'.repeat(200)), ...withButtons().slice(1)];
  const { bot, screen } = await botHouse({
    receive: async ({ chat, text: said }) => [{ chat, reply: said === '短' ? withButtons() : many }],
  });
  await bot.inGroup('g1', 'zhangsan', '短');
  await bot.inGroup('g1', 'zhangsan', '长');
  expect(screen.posts.map(({ msgtype }) => msgtype)).toEqual(['template_card', 'stream', 'template_card']);
  expect(bot.wrong).toEqual([]);
});

test('who opens the chat is greeted in the response', async () => {
  const { bot, screen } = await botHouse();
  await bot.enter('zhangsan');
  expect(screen.posts).toMatchObject([{ via: 'welcome', text: t('chat.welcome') }]);
});

test('what is not for the bot is taken, and nothing said', async () => {
  const { bot, screen } = await botHouse({ receive: answering() });
  expect((await bot.inGroup('g1', 'zhangsan', '大家好')).tries).toMatchObject([{ status: 200, body: '' }]);
  expect(screen.posts).toEqual([]);
});

test.each<[string, object]>([
  ['a kind of message invented later', { msgtype: 'hologram', hologram: { content: '/我的' } }],
  ['a recalled message, should there ever be such', { msgtype: 'recall', recall: { msgid: 'm1' } }],
  ['an edited one', { msgtype: 'edit', text: { content: '/日清 无' } }],
  ['an event invented later', { msgtype: 'event', event: { eventtype: 'dance' } }],
  [
    'an opinion on an answer',
    { msgtype: 'event', event: { eventtype: 'feedback_event', feedback_event: { type: 1 } } },
  ],
  ['an event without a type', { msgtype: 'event', event: {} }],
  ['a group message without a group', { msgtype: 'text', chattype: 'group', chatid: '' }],
  ['no message at all', { msgtype: undefined }],
  ['a question about a text that nobody remembers', { msgtype: 'stream', stream: { id: 'gone' } }],
  ['a question about nothing', { msgtype: 'stream', stream: null }],
])('%s is taken, changes nothing and gets no answer', async (_, body) => {
  const { bot, heard, errors } = await botHouse();
  const message = { msgid: 'm9', chattype: 'group', chatid: 'g1', from: { userid: 'zhangsan' }, ...body };
  expect(await bot.caller.once(JSON.stringify(message))).toMatchObject({ status: 200, body: '' });
  expect([heard, errors]).toEqual([[], []]);
});

test('a picture alone gets its sentence in the direct chat, none in a group', async () => {
  const { bot, screen } = await botHouse();
  const image = { msgtype: 'image', image: { url: 'https://x', aeskey: 'k' } };
  await bot.inDirect('zhangsan', '', image);
  await bot.inGroup('g1', 'zhangsan', '', image);
  expect(screen.posts.map(({ text }) => text)).toEqual([t('chat.text-only')]);
});

test('whom WeCom does not name is told why nothing is recorded', async () => {
  const { bot, heard } = await botHouse();
  const body = {
    msgid: 'm1',
    chattype: 'group',
    chatid: 'g1',
    from: {},
    msgtype: 'text',
    text: { content: '@日清助手 /日清 走访' },
  };
  expect((await bot.caller.once(JSON.stringify(body))).answer).toContain(t('chat.outsider'));
  expect(heard).toEqual([]);
});

test('the mention is taken off wherever it stands, though the name hold spaces', async () => {
  const { bot, heard } = await botHouse();
  for (const content of ['@日清助手 /榜', '@日清助手\u2005/榜', '/榜 @日清助手', '＠日清助手：/榜']) {
    await bot.inGroup('g1', 'zhangsan', '', { text: { content } });
  }
  expect(heard.map(({ text }) => text)).toEqual(['/榜', '/榜', '/榜', '/榜']);
});

describe('delivered again', () => {
  test('the same is answered, though asked once: in turn, at once, from the same bytes', async () => {
    let asked = 0;
    const { bot } = await botHouse({
      receive: async ({ chat }) => {
        asked += 1;
        return [{ chat, reply: text(`第${asked}次`) }];
      },
    });
    const first = await bot.inGroup('g1', 'zhangsan', '/日清 走访', { msgid: 'm1' });
    const sealed = bot.caller.seal(
      JSON.stringify({
        msgid: 'm1',
        chattype: 'group',
        chatid: 'g1',
        from: { userid: 'zhangsan' },
        msgtype: 'text',
        text: { content: '/日清 走访' },
      }),
    );
    const same = () => bot.caller.call(bot.caller.address(sealed), { method: 'POST', body: bot.caller.bodyOf(sealed) });
    const again = await Promise.all([same(), same(), bot.again(), bot.again()]);
    expect(new Set([first, ...again].map(({ answer }) => answer)).size).toBe(1);
    expect(asked).toBe(1);
  });

  test('to another copy asks there again; the house knows the message', async () => {
    const { bot, copy, heard } = await botHouse();
    const other = await copy();
    await Promise.all([bot, other].map((one) => one.inGroup('g1', 'zhangsan', '/日清 走访', { msgid: 'm1' })));
    expect(heard.map(({ id }) => id)).toEqual(['m1', 'm1']);
  });

  test('in another chat the same id is another message', async () => {
    const { bot, screen } = await botHouse();
    await bot.inGroup('g1', 'zhangsan', '/榜', { msgid: 'm1' });
    await bot.inGroup('g2', 'zhangsan', '/我的', { msgid: 'm1' });
    expect(screen.posts.map(({ text }) => text)).toEqual(['听到：/榜', '听到：/我的']);
  });

  test('a question how the text goes on gets the whole again', async () => {
    const { bot } = await botHouse();
    const { answer } = await bot.inGroup('g1', 'zhangsan', '/榜');
    const { stream } = JSON.parse(answer ?? '{}');
    const poll = { msgid: 'p1', aibotid: 'b', msgtype: 'stream', stream: { id: stream.id } };
    expect(JSON.parse((await bot.caller.once(JSON.stringify(poll))).answer ?? '')).toEqual({
      msgtype: 'stream',
      stream,
    });
  });
});

describe('what is not safe', () => {
  test('is not acknowledged; delivered again it is answered', async () => {
    let failures = 2;
    const { bot, screen, errors } = await botHouse({
      receive: async ({ chat }) => {
        failures -= 1;
        if (failures >= 0) throw new Unconfirmed('gone');
        return [{ chat, reply: text('已记') }];
      },
    });
    const { tries } = await bot.inGroup('g1', 'zhangsan', '/日清 走访');
    expect(tries.map(({ status, body }) => [status, body === ''])).toEqual([
      [503, true],
      [503, true],
      [200, false],
    ]);
    expect(screen.posts.map(({ text }) => text)).toEqual(['已记']);
    expect(errors).toEqual([]);
  });

  test('by a fault of ours is logged and not acknowledged', async () => {
    const { bot, errors } = await botHouse({ receive: () => Promise.reject(new TypeError('bug')) });
    const { isTaken } = await bot.inGroup('g1', 'zhangsan', '/日清 走访');
    expect([isTaken, errors.length]).toEqual([false, 4]);
  });

  test('in time is refused before WeCom hangs up, and the next delivery finds it done', {
    timeout: 20_000,
  }, async () => {
    const slow = Promise.withResolvers<void>();
    const { bot, heard } = await botHouse({
      receive: async ({ chat }) => {
        await slow.promise;
        return [{ chat, reply: text('已记') }];
      },
    });
    const refused = await bot.caller.once(
      JSON.stringify({
        msgid: 'm1',
        chattype: 'single',
        from: { userid: 'zhangsan' },
        msgtype: 'text',
        text: { content: '/日清 走访' },
      }),
    );
    expect([refused.status, refused.ms < 4_700]).toEqual([503, true]);
    slow.resolve();
    const taken = await bot.inDirect('zhangsan', '/日清 走访', { msgid: 'm1' });
    expect(taken.answer).toContain('已记');
    expect(heard).toHaveLength(1);
  });
});

describe('a private answer to a question in a group', () => {
  const both = answering(inTown(text('已私信发给你。')), { chat: directChat('wecom:zhangsan'), reply: text('你的数') });

  test('goes by another voice, once, before the group hears that it was sent', async () => {
    const { other, said } = voice();
    const { bot, copy, screen } = await botHouse({ receive: both, other });
    const second = await copy();
    await bot.inGroup('g1', 'zhangsan', '/我的', { msgid: 'm1' });
    await second.inGroup('g1', 'zhangsan', '/我的', { msgid: 'm1' });
    expect(said).toEqual(['zhangsan: [{"kind":"text","text":"你的数"}]']);
    expect(screen.posts.map(({ text }) => text)).toEqual(['已私信发给你。', '已私信发给你。']);
  });

  test('is asked for in the direct chat where there is no other voice', async () => {
    const { bot, screen } = await botHouse({ receive: both });
    await bot.inGroup('g1', 'zhangsan', '/我的');
    expect(screen.posts.map(({ text }) => text)).toEqual([t('reply.ask-privately')]);
  });

  test('to somebody who cannot be written to says so, and shows nothing of it', async () => {
    const { other } = voice('refused');
    const { bot, screen } = await botHouse({ receive: both, other });
    await bot.inGroup('g1', 'zhangsan', '/我的');
    expect(screen.posts.map(({ text }) => text)).toEqual([t('reply.cannot-write-privately')]);
  });
});

describe('a reply of 60 kB', () => {
  const lines = Array.from({ length: 1_500 }, (_, i) => `第${i}行：走访企业，上报台账`);
  const long = answering(inTown([{ kind: 'list', items: lines }]));
  const numbers = (texts: readonly string[]) =>
    texts.flatMap((text) => [...text.matchAll(/第(\d+)行/g)].map(([, n]) => Number(n)));

  test('goes whole by another voice that reaches the chat', async () => {
    const { other, said } = voice();
    const { bot, screen } = await botHouse({ receive: long, other });
    expect((await bot.inGroup('g1', 'zhangsan', '/名册')).tries).toMatchObject([{ status: 200, body: '' }]);
    expect([screen.posts.length, said.length, numbers(said).length]).toEqual([0, 1, 1_500]);
  });

  test('has its second part said at the message’s own address, once, and says what is left out', async () => {
    const { bot, copy, screen } = await botHouse({ receive: long });
    const first = await copy({ hasResponseUrl: true });
    const { id } = await first.inGroup('g1', 'zhangsan', '/名册');
    await first.inGroup('g1', 'zhangsan', '/名册', { msgid: id });
    await expect.poll(() => screen.posts.map(({ via }) => via)).toEqual(['answer', 'answer', 'response_url']);
    const [answer, , more] = screen.posts;
    expect(numbers([answer?.text ?? '', more?.text ?? ''])).toEqual(
      Array.from({ length: numbers([answer?.text ?? '', more?.text ?? '']).length }, (_, i) => i),
    );
    expect(more?.text.endsWith(t('reply.cut'))).toBe(true);
    expect(Buffer.byteLength(more?.text ?? '')).toBeLessThanOrEqual(20_480);
    expect([...bot.wrong, ...first.wrong]).toEqual([]);
  });

  test('is cut where there is no other way, and says so', async () => {
    const { bot, screen } = await botHouse({ receive: long });
    await bot.inGroup('g1', 'zhangsan', '/名册');
    expect(screen.posts).toHaveLength(1);
    expect(screen.posts[0]?.text.endsWith(t('reply.cut'))).toBe(true);
    expect(bot.wrong).toEqual([]);
  });

  test('of 30 kB is whole in two', async () => {
    const { copy, screen } = await botHouse({
      receive: answering(inTown([{ kind: 'list', items: lines.slice(0, 700) }])),
    });
    const bot = await copy({ hasResponseUrl: true });
    await bot.inGroup('g1', 'zhangsan', '/名册');
    await expect
      .poll(() => numbers(screen.posts.map(({ text }) => text)))
      .toEqual(Array.from({ length: 700 }, (_, i) => i));
  });
});

describe('a pressed button', () => {
  const pressing = (receiving: (said: string) => Answered[]) => ({
    receive: async ({ text: said }: { readonly text: string }) =>
      said === '/问' ? [inTown(withButtons())] : receiving(said),
  });

  test('says its command in that chat; the card shows that it was, and what came of it', async () => {
    const { bot, heard, screen } = await botHouse(pressing((said) => [inTown(text(`听到：${said}`))]));
    await bot.inGroup('g1', 'zhangsan', '/问');
    await bot.clicks('lisi', 1, '/日清 走访');
    expect(heard[1]).toMatchObject({ chat: town, sender: { id: 'lisi' }, text: '/日清 走访' });
    expect(screen.posts[0]?.text).toContain(t('card.done'));
    expect(screen.posts[0]?.text).toContain('听到：/日清 走访');
    expect(bot.wrong).toEqual([]);
  });

  test('is answered by another voice where there is one; the card only shows that it was pressed', async () => {
    const { other, said } = voice();
    const { bot, screen } = await botHouse({ ...pressing(() => [inTown(text('已记'))]), other });
    await bot.inGroup('g1', 'zhangsan', '/问');
    await bot.clicks('lisi', 1, '/日清 走访');
    expect(said).toEqual(['g1: [{"kind":"text","text":"已记"}]']);
    expect(screen.posts[0]?.text).toContain('要提交吗');
    expect(screen.posts[0]?.text).toContain(t('card.done'));
    expect(screen.posts[0]?.text).not.toContain('已记');
  });

  test('whose command is refused stays to be pressed, and says why', async () => {
    const refusal = { ...inTown(text('只有管理员可以')), isRefusal: true as const };
    const { bot, screen } = await botHouse(pressing(() => [refusal]));
    await bot.inGroup('g1', 'zhangsan', '/问');
    await bot.clicks('lisi', 1, '/日清 走访');
    expect(screen.posts[0]?.text).toContain('只有管理员可以');
    expect(screen.posts[0]?.text).toContain('[提交]');
  });

  test('that was pressed already says nothing', async () => {
    const { bot, heard } = await botHouse(pressing(() => [inTown(text('已记'))]));
    await bot.inGroup('g1', 'zhangsan', '/问');
    await bot.clicks('lisi', 1, '/日清 走访');
    await bot.clicks('wangwu', 1, 'done');
    expect(heard).toHaveLength(2);
  });

  test('that is not safe is not acknowledged', async () => {
    const { bot } = await botHouse(
      pressing(() => {
        throw new Unconfirmed('gone');
      }),
    );
    await bot.inGroup('g1', 'zhangsan', '/问');
    expect((await bot.clicks('lisi', 1, '/日清 走访')).isTaken).toBe(false);
  });
});

describe('an address that comes in a message', () => {
  /** Somebody who would like to be called, or sends on those who call. */
  const stranger = async (redirectTo?: string) => {
    const calls: string[] = [];
    const server = createServer((request, response) => {
      calls.push(request.url ?? '');
      response.writeHead(redirectTo ? 307 : 200, redirectTo ? { location: redirectTo } : {}).end('{"errcode":0}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    return { calls, port: typeof address === 'object' ? address?.port : 0 };
  };
  const long = answering(inTown(text('一行\n'.repeat(4_000))));

  test('is called only on the platform’s own host', async () => {
    const { calls, port } = await stranger();
    const { bot, screen, server } = await botHouse({ receive: long });
    const own = new URL(server.url);
    const hostile = [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://2130706433:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://127.0.0.1:${own.port}@127.0.0.1:${port}/`,
      `http://user:pass@${own.host}/cgi-bin/aibot/response?response_code=x`,
      `https://${own.host}/`,
      `http://${own.hostname}/`,
      `http://${own.host}.evil.example/`,
      `//127.0.0.1:${port}/`,
      'file:///etc/passwd',
      `ftp://${own.host}/`,
      'http://qyapi.weixin.qq.com/cgi-bin/aibot/response',
      'javascript:alert(1)',
      '',
      'x'.repeat(10_000),
      null,
      7,
      { toString: 'x' },
    ];
    for (const response_url of hostile) await bot.inGroup('g1', 'zhangsan', '/名册', { response_url });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(calls).toEqual([]);
    expect(screen.posts.every(({ via, text }) => via === 'answer' && text.endsWith(t('reply.cut')))).toBe(true);
    expect(screen.posts).toHaveLength(hostile.length);
  });

  test('sends nobody on', async () => {
    const { calls, port } = await stranger();
    const { bot, server } = await botHouse({ receive: long });
    server.fail({ path: '/aibot/response', status: 307, headers: { location: `http://127.0.0.1:${port}/x` } });
    await bot.inGroup('g1', 'zhangsan', '/名册', {
      response_url: server.responseUrl({ kind: 'group', id: 'g1' }, 'm1'),
    });
    await expect.poll(() => server.calls.length).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(calls).toEqual([]);
  });
});

describe('what is not proven, or not to be read', () => {
  test('gets one and the same answer, whatever is wrong with it', async () => {
    const { bot, heard } = await botHouse();
    const message = JSON.stringify({
      msgid: 'm1',
      chattype: 'single',
      from: { userid: 'zhangsan' },
      msgtype: 'text',
      text: { content: '/日清 走访' },
    });
    const good = bot.caller.seal(message);
    const url = bot.caller.address(good);
    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '{"encrypt":1}',
      '{"encrypt":null}',
      '{"__proto__":{"encrypt":"x"}}',
      `{"encrypt":"${good.encrypt}AAAA"}`,
    ];
    const tries = [
      ...(await Promise.all(bodies.map((body) => bot.caller.call(url, { method: 'POST', body })))),
      await bot.caller.once(message, { signature: 'x' }),
      await bot.caller.check({ signature: 'x' }),
      await wecomCaller({
        url: url.href.replace(/\?.*/, ''),
        format: 'json',
        secrets: { ...secrets, receiveId: corpId },
      }).once(message),
      await wecomCaller({
        url: url.href.replace(/\?.*/, ''),
        format: 'json',
        secrets: { ...secrets, receiveId: '' },
        now: () => Date.now() + 3_600_000,
      }).once(message),
    ];
    expect(tries.map(({ status, body }) => `${status}${body}`)).toEqual(tries.map(() => '403'));
    expect(heard).toEqual([]);
  });

  test.each([
    'hello',
    '',
    '7',
    'null',
    '"text"',
    '{"msgtype":',
    '<xml></xml>',
    '{"__proto__":{"admin":1},"msgtype":"text"}',
    '['.repeat(100_000),
  ])('proven all the same, %.20s is refused and changes nothing', async (message) => {
    const { bot, heard, errors } = await botHouse();
    expect(await bot.caller.once(message)).toMatchObject({ status: 400, body: '' });
    expect([heard, errors, ({} as { admin?: unknown }).admin]).toEqual([[], [], undefined]);
  });

  test('__proto__ further in changes nothing either', async () => {
    const { bot, heard } = await botHouse();
    await bot.caller.once(
      '{"msgid":"m1","chattype":"single","from":{"userid":"z","__proto__":{"admin":1}},"msgtype":"text","text":{"content":"/榜","__proto__":{"a":1}}}',
    );
    expect(heard).toMatchObject([{ sender: { id: 'z' }, text: '/榜' }]);
    expect([heard[0]?.sender, ({} as { admin?: unknown }).admin]).toEqual([{ id: 'z' }, undefined]);
  });
});

test('whatever people write is answered with what they wrote, and never with a card, a link or a mention of it', async () => {
  const { bot, screen } = await botHouse({ receive: async ({ text: said }) => [{ chat: zhang, reply: text(said) }] });
  const piece = fc.constantFrom(
    '<@all>',
    '@all',
    '[a](https://b)',
    '![a](b)',
    '"',
    '\\',
    '{',
    '}',
    '\n',
    '|',
    '# ',
    '```',
    '</xml>',
    ']]>',
    '好',
  );
  const words = fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme', maxLength: 20 })), {
    minLength: 1,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(words, async (pieces) => {
      const { tries } = await bot.inDirect('zhangsan', pieces.join(''));
      expect(tries.map(({ problem }) => problem)).toEqual([null]);
      const shown = screen.posts.at(-1);
      if (shown) expect(shown.text).not.toMatch(/<@|@all|\]\(|^#|```/);
    }),
    { numRuns: 60 },
  );
  expect(bot.wrong).toEqual([]);
});
