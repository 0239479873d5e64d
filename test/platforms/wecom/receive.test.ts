import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { withoutMention } from '../../../src/platforms/wecom/mention.ts';
import { type Received, reader } from '../../../src/platforms/wecom/receive.ts';

const now = Temporal.Instant.from('2026-11-20T08:00:00Z');
const read = reader(['日清助手'], () => now);

/** The vendor's own example, DOC 100719. */
const published = {
  msgid: 'MSGID',
  aibotid: 'AIBOTID',
  chatid: 'CHATID',
  chattype: 'group',
  from: { userid: 'zhangsan' },
  response_url: 'https://example.invalid/once',
  msgtype: 'text',
  text: { content: '@RobotA hello robot' },
  quote: { msgtype: 'text', text: { content: 'earlier message' } },
};

const messageIn = (received: Received) => {
  if (received.kind !== 'message') throw new Error(`read as ${received.kind}`);
  return received.message;
};

test('reads the published example of a group message', () => {
  expect(reader(['RobotA'], () => now)(published)).toEqual({
    kind: 'message',
    message: {
      id: 'MSGID',
      platform: 'wecom',
      chat: { platform: 'wecom', id: 'CHATID', kind: 'group' },
      sender: { id: 'zhangsan' },
      text: 'hello robot',
      addressed: true,
      mentions: [],
      files: [],
      at: now,
    },
  });
});

test('a direct chat is the person’s own', () => {
  const { chatid: _, ...single } = { ...published, chattype: 'single', text: { content: '/我的' } };
  expect(messageIn(read(single))).toMatchObject({ chat: { id: 'zhangsan', kind: 'direct' }, text: '/我的' });
});

test('in a direct chat an @ at the start is what the person wrote', () => {
  expect(messageIn(read({ ...published, chattype: 'single', text: { content: '@日清助手 你好' } })).text).toBe(
    '@日清助手 你好',
  );
});

test('what WeCom says about the time of sending is believed, nonsense is not', () => {
  expect(messageIn(read({ ...published, create_time: 1_700_000_000 })).at.epochMilliseconds).toBe(1_700_000_000_000);
  for (const create_time of [0, -1, 'soon', 1.5, 1_700_000_000_000, null]) {
    expect(messageIn(read({ ...published, create_time })).at).toBe(now);
  }
});

test('voice is read as WeCom heard it, mixed messages by their words', () => {
  const voice = { ...published, msgtype: 'voice', text: undefined, voice: { content: '走访三户企业' } };
  expect(messageIn(read(voice)).text).toBe('走访三户企业');
  const mixed = {
    ...published,
    msgtype: 'mixed',
    text: undefined,
    mixed: {
      msg_item: [
        { msgtype: 'text', text: { content: '@日清助手 /日清 走访' } },
        { msgtype: 'image', image: { url: 'https://example.invalid/p', aeskey: 'k' } },
        { msgtype: 'text', text: { content: '上报台账' } },
      ],
    },
  };
  expect(messageIn(read(mixed)).text).toBe('/日清 走访\n上报台账');
});

test('a quoted command is not said now', () => {
  const quote = { msgtype: 'text', text: { content: '/撤回' } };
  expect(messageIn(read({ ...published, text: { content: '@日清助手 你好' }, quote })).text).toBe('你好');
});

test.each(['image', 'file', 'video', 'location', 'text', 'voice', 'mixed'])(
  'a %s without words is unreadable',
  (msgtype) => {
    const { text: _, ...rest } = published;
    expect(read({ ...rest, msgtype })).toMatchObject({ kind: 'unreadable', message: { id: 'MSGID' } });
  },
);

test.each([
  ['nothing', undefined],
  ['no object', 'text'],
  ['no id', { ...published, msgid: '' }],
  ['a recalled message', { ...published, msgtype: 'revoke' }],
  ['what WeCom invents next', { ...published, msgtype: 'hologram', hologram: { content: '/日清 走访' } }],
  ['a name of every object', { ...published, msgtype: '__proto__' }],
  ['a group without an id', { ...published, chatid: undefined }],
  ['another kind of chat', { ...published, chattype: 'channel' }],
])('%s is not taken for a message', (_, body) => {
  expect(read(body).kind).toBe('unknown');
});

test.each([
  ['nobody', undefined],
  ['no name', {}],
  ['an empty name', { userid: '' }],
  ['a name that is no text', { userid: ['zhangsan'] }],
])('who comes with %s is not of this corp', (_, from) => {
  const chat = { platform: 'wecom', id: 'CHATID', kind: 'group' };
  expect(read({ ...published, from })).toEqual({ kind: 'outsider', chat, id: 'MSGID' });
  expect(read({ ...published, chattype: 'single', from })).toMatchObject({
    kind: 'outsider',
    chat: { kind: 'direct' },
  });
});

describe('the mention of the bot', () => {
  const strip = withoutMention(['日清', '日清 助手', 'Bot (test)']);

  test.each([
    ['@日清 /日清 走访', '/日清 走访'],
    ['＠日清 /日清 走访', '/日清 走访'],
    ['@日清 助手 /日清 走访', '/日清 走访'],
    ['@日清\u2005助手\u2005/日清 走访', '/日清 走访'],
    ['@日清\u00a0/日清 走访', '/日清 走访'],
    ['@日清\u3000／日清 走访', '／日清 走访'],
    ['@日清\u200b/日清 走访', '/日清 走访'],
    ['\u2068@日清\u2069 /日清 走访', '/日清 走访'],
    ['@日清/日清 走访', '/日清 走访'],
    ['@日清：/日清 走访', '/日清 走访'],
    ['@日清，/日清 走访', '/日清 走访'],
    ['@日清\n/日清\n走访', '/日清\n走访'],
    ['@Bot (test) /help', '/help'],
    ['@日清', ''],
    ['@张三 @日清 /日清 走访', '@张三 /日清 走访'],
    ['/日清 走访 @日清', '/日清 走访 '],
    ['/日清 走访\n上报 @日清 助手 ', '/日清 走访\n上报 '],
  ])('%j is heard as %j', (said, heard) => {
    expect(strip(said)).toBe(heard);
  });

  test.each(['@日清办 /日清 走访', '@张三 /日清 走访', '/日清 与 @日清 同事开会', '邮箱 a@日清', '/日清 走访'])(
    '%j stays',
    (said) => {
      expect(strip(said)).toBe(said);
    },
  );

  test('with no name known, one word after an @ at the start goes', () => {
    const strip = withoutMention([]);
    expect(strip('@RobotA hello robot')).toBe('hello robot');
    expect(strip('＠日清助手\u2005/日清 走访')).toBe('/日清 走访');
    expect(strip('/日清 走访 @张三')).toBe('/日清 走访 @张三');
  });

  test('nothing else of the text changes, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (said) => {
        fc.pre(!/[@＠]/u.test(said) && !/^[\s\p{Cf}:：,，]/u.test(said));
        expect(strip(`@日清 ${said}`)).toBe(said);
      }),
    );
  });

  test.each(['@\u200b', '@日清 ', ' ', '@a\u200b', '@日'])('a hundred thousand times %j costs no time', (piece) => {
    const said = piece.repeat(100_000);
    const start = performance.now();
    strip(said);
    withoutMention([])(said);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
