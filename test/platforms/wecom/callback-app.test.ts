import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlatformError, Unconfirmed, WINDOW_FULL } from '../../../src/errors.ts';
import { type Message, text } from '../../../src/message.ts';
import { crypt } from '../../../src/platforms/wecom/crypt.ts';
import { WINDOW_S } from '../../../src/platforms/wecom/envelope.ts';
import { type Try, wecomCaller } from '../../fakes/wecom-caller.ts';
import { readXml, writeXml, type Xml } from '../../fakes/wecom-xml.ts';
import { house } from '../../house.ts';
import { at, monday, zone } from '../../values.ts';
import { agentId, appHouse, corpId, loud, second, secrets, t } from './callback-house.ts';

const inner = (over: Xml): string =>
  writeXml({ ToUserName: corpId, FromUserName: 'zhangsan', CreateTime: second, AgentID: agentId, ...over });
const said = (words: string, over: Xml = {}): string =>
  inner({
    MsgType: 'text',
    Content: words,
    MsgId: randomUUID().replaceAll(/\D/g, '').padEnd(19, '7').slice(0, 19),
    ...over,
  });
const happened = (event: string, over: Xml = {}): string => inner({ MsgType: 'event', Event: event, ...over });
/** What a response shows. */
const shownIn = (tried?: Try) => readXml(tried?.answer ?? '').Content ?? '';
const t0 = at(monday).toZonedDateTimeISO(zone);
/** What the app says is said after the acknowledgement at the latest. */
const told = (seen: readonly string[]) => expect.poll(() => seen, { interval: 5 });

test('the address is checked: the echo comes back bare', async () => {
  const { caller } = await appHouse();
  expect(await caller.check()).toMatchObject({ status: 200, problem: null });
});

test('a message is acknowledged with an empty 200, and the app answers', async () => {
  const { caller, heard, said: says } = await appHouse();
  const tried = await caller.once(said('  /日清 走访3户企业；<上报> & 台账\n', { MsgId: '4561255354251345929' }));
  expect([tried.status, tried.body, tried.problem]).toEqual([200, '', null]);
  expect(heard).toMatchObject([
    {
      id: '4561255354251345929',
      platform: 'wecom',
      chat: { kind: 'direct', id: 'zhangsan' },
      sender: { id: 'zhangsan' },
      text: '/日清 走访3户企业；<上报> & 台账',
      addressed: true,
    },
  ]);
  expect(heard[0]?.at.epochMilliseconds).toBe(second * 1000);
  expect(says).toEqual(['wecom:direct:zhangsan 听到：/日清 走访3户企业；<上报> & 台账']);
});

test('ids that differ in their last digit stay two messages', async () => {
  const { caller, heard } = await appHouse();
  for (const MsgId of ['9223372036854775806', '9223372036854775807', '007'])
    await caller.once(said('/我的', { MsgId }));
  expect(heard.map(({ id }) => id)).toEqual(['9223372036854775806', '9223372036854775807', '007']);
});

test.each<[string, string, string[]]>([
  [
    'voice that was recognised',
    inner({ MsgType: 'voice', MediaId: 'm', Recognition: '/我的', MsgId: '1' }),
    ['听到：/我的'],
  ],
  ['an entry of the menu', happened('click', { EventKey: '/我的' }), ['听到：/我的']],
  ['a kind of message invented later', inner({ MsgType: 'hologram', Content: '/我的', MsgId: '5' }), []],
  ['an edited message, should there ever be such', inner({ MsgType: 'edit', Content: '/日清 无', MsgId: '6' }), []],
  ['a recalled one', happened('msg_recall', { EventKey: '6' }), []],
  ['an event invented later', happened('template_card_dance', { EventKey: '/我的' }), []],
  ['a change of the contacts', happened('change_contact', { FromUserName: 'sys', ChangeType: 'delete_user' }), []],
  ['a place told from time to time', happened('LOCATION', { Latitude: '23.1' }), []],
  ['a menu entry that opens a page', happened('view', { EventKey: 'https://example.com' }), []],
  ['a button without a key', happened('template_card_event', { EventKey: '', TaskId: 't' }), []],
  ['another app’s message', inner({ MsgType: 'text', Content: '/我的', MsgId: '7', AgentID: 9 }), []],
  ['a message from nobody', inner({ MsgType: 'text', Content: '/我的', MsgId: '8', FromUserName: '' }), []],
])('%s is acknowledged; what is said fits', async (_, message, words) => {
  const { caller, said: says, errors } = await appHouse();
  expect(await caller.once(message)).toMatchObject({ status: 200, body: '', problem: null });
  expect(says).toEqual(words.map((line) => `wecom:direct:zhangsan ${line}`));
  expect(errors).toEqual([]);
});

test('who belongs to another corp is told why, in the one place where they can be', async () => {
  const { caller, heard, said: says } = await appHouse();
  const { status, answer } = await caller.once(said('/日清 走访', { FromUserName: 'wwOther/zhangsan' }));
  expect(status).toBe(200);
  expect(answer).toContain(`<ToUserName><![CDATA[wwOther/zhangsan]]></ToUserName>`);
  expect(answer).toContain(`<Content><![CDATA[${t('chat.outsider')}]]></Content>`);
  expect([heard, says]).toEqual([[], []]);
});

test('who opens the app for the first time is greeted, and not again; who is known is not', async () => {
  const { caller, said: says } = await appHouse({ known: ['lisi'] });
  await caller.once(happened('subscribe'));
  await told(says).toHaveLength(1);
  await caller.once(happened('enter_agent', { CreateTime: second + 60 }));
  await caller.once(happened('enter_agent', { FromUserName: 'lisi' }));
  await caller.once(said('/我的'));
  expect(says).toEqual([`wecom:direct:zhangsan ${t('chat.welcome')}`, 'wecom:direct:zhangsan 听到：/我的']);
});

describe('a pressed button', () => {
  const click = (over: Xml = {}) =>
    happened('template_card_event', {
      EventKey: '/榜',
      TaskId: 'once-x-0',
      CardType: 'button_interaction',
      ResponseCode: 'r',
      ...over,
    });

  test('says its command, and the card shows that it was', async () => {
    const { caller, heard, said: says } = await appHouse();
    const { answer } = await caller.once(click());
    expect(heard).toMatchObject([{ id: `zhangsan+${second}+once-x-0+/榜`, text: '/榜' }]);
    expect(says).toEqual(['wecom:direct:zhangsan 听到：/榜']);
    expect(answer).toContain('<MsgType><![CDATA[update_button]]></MsgType>');
    expect(answer).toContain(`<ReplaceName><![CDATA[${t('card.done')}]]></ReplaceName>`);
  });

  test('that only shows something, or was refused, leaves the card as it is', async () => {
    const { caller, said: says } = await appHouse({
      receive: async ({ chat, text: said }) => [
        { chat, reply: [loud(said)], ...(said === '/绑定' && { isRefusal: true }) },
      ],
    });
    expect(await caller.once(click({ TaskId: 'stay-x-0' }))).toMatchObject({ status: 200, body: '' });
    expect(await caller.once(click({ EventKey: '/绑定' }))).toMatchObject({ status: 200, body: '' });
    expect(await caller.once(click({ EventKey: 'done' }))).toMatchObject({ status: 200, body: '' });
    expect(says).toEqual(['wecom:direct:zhangsan /榜', 'wecom:direct:zhangsan /绑定']);
  });

  test('delivered again says nothing twice, and shows the same; another button of that second is another', async () => {
    const { caller, copy, said: says } = await appHouse();
    const other = await copy();
    const [first, again] = [await caller.once(click()), await other.once(click())];
    await caller.once(click({ EventKey: '/我的' }));
    expect(says).toEqual(['wecom:direct:zhangsan 听到：/榜', 'wecom:direct:zhangsan 听到：/我的']);
    expect(again.answer?.replace(/<CreateTime>\d+/, '')).toBe(first.answer?.replace(/<CreateTime>\d+/, ''));
  });

  test('that is not safe leaves the card as it is', async () => {
    const { caller } = await appHouse({ receive: () => Promise.reject(new Unconfirmed('gone')) });
    expect(await caller.once(click())).toMatchObject({ status: 503, body: '' });
  });
});

describe('what is not proven', () => {
  const far = (seconds: number) => String(Math.floor(Date.now() / 1000) + seconds);

  test.each<[string, (sealed: { signature: string; encrypt: string; nonce: string; timestamp: string }) => object]>([
    [
      'a flipped signature',
      ({ signature }) => ({ signature: signature.replace(/^./, (c) => (c === '0' ? '1' : '0')) }),
    ],
    ['an empty signature', () => ({ signature: '' })],
    ['a cut signature', ({ signature }) => ({ signature: signature.slice(0, 39) })],
    ['an over-long signature', ({ signature }) => ({ signature: `${signature}0` })],
    ['a Chinese signature', () => ({ signature: '签'.repeat(40) })],
    ['another nonce', () => ({ nonce: 'x' })],
    ['another time', ({ timestamp }) => ({ timestamp: String(Number(timestamp) - 1) })],
    ['a flipped byte', ({ encrypt }) => ({ encrypt: encrypt.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) })],
    ['an empty envelope', () => ({ encrypt: '' })],
  ])('%s is refused with nothing told', async (_, change) => {
    const { caller, heard, said: says } = await appHouse();
    const tried = await caller.once(said('/日清 走访'), change(caller.seal(said('/日清 走访'))) as object);
    expect([tried.status, tried.body]).toEqual([403, '']);
    expect([heard, says]).toEqual([[], []]);
  });

  const headersOf = async (response: Response) => {
    const { date: _, ...headers } = Object.fromEntries(response.headers);
    return { status: response.status, headers, body: await response.text() };
  };

  test('by whatever, one and the same answer is given', async () => {
    const { caller, heard } = await appHouse();
    const good = caller.seal(said('/日清 走访'));
    const answers: object[] = [];
    const post = async (to: URL, body: string) =>
      answers.push(await headersOf(await fetch(to, { method: 'POST', body })));
    await post(caller.address({ ...good, signature: 'x' }), caller.bodyOf(good));
    await post(caller.address(good), caller.bodyOf({ ...good, encrypt: `${good.encrypt}AAAA` }));
    for (const body of ['', 'hello', '{"encrypt":1}', '<xml>', '<xml></xml>', '<xml><Encrypt/></xml>', '\u0000']) {
      await post(caller.address(good), body);
    }
    const sealed = caller.bodyOf(good);
    await post(caller.address(good), sealed.slice(0, -10));
    await post(caller.address(good), `<!DOCTYPE xml [<!ENTITY a "b">]>${sealed}`);
    await post(caller.address(good), sealed.replace('<Encrypt>', '<__proto__><a>1</a></__proto__><Encrypt>'));
    const bare = new URL(caller.address(good));
    bare.search = '';
    await post(bare, sealed);
    const uncut = caller.seal(said('/我的'));
    const cut = new URL(caller.address(uncut));
    cut.searchParams.delete('timestamp');
    await post(cut, caller.bodyOf(uncut));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 403, body: '' });
    expect(heard).toEqual([]);
  });

  test('sealed for another corp, or with another key or token, is refused', async () => {
    const { caller, heard } = await appHouse();
    const url = caller.address(caller.seal('')).href.replace(/\?.*/, '');
    for (const wrong of [{ receiveId: 'wx0' }, { receiveId: '' }, { token: 'other' }, { aesKey: 'k'.repeat(43) }]) {
      const other = wecomCaller({ url, format: 'xml', secrets: { ...secrets, receiveId: corpId, ...wrong } });
      expect(await other.once(said('/日清 走访'))).toMatchObject({ status: 403, body: '' });
      expect(await other.check()).toMatchObject({ status: 403, body: '' });
    }
    expect(heard).toEqual([]);
  });

  test.each([-3_600, -WINDOW_S - 5, WINDOW_S + 5, 3_600, 1e9])(
    '%i seconds from now, it is refused',
    async (seconds) => {
      const { caller, heard } = await appHouse();
      const url = caller.address(caller.seal('')).href.replace(/\?.*/, '');
      const now = () => Date.now() + seconds * 1000;
      const late = wecomCaller({ url, format: 'xml', secrets: { ...secrets, receiveId: corpId }, now });
      expect(await late.once(said('/日清 走访'))).toMatchObject({ status: 403, body: '' });
      expect(await late.check()).toMatchObject({ status: 403, body: '' });
      expect(heard).toEqual([]);
    },
  );

  test.each([-WINDOW_S + 20, WINDOW_S - 20])(
    '%i seconds from now, it is taken: clocks differ, and calls are repeated',
    async (seconds) => {
      const { caller, heard } = await appHouse();
      const url = caller.address(caller.seal('')).href.replace(/\?.*/, '');
      const now = () => Date.now() + seconds * 1000;
      const off = wecomCaller({ url, format: 'xml', secrets: { ...secrets, receiveId: corpId }, now });
      expect(await off.once(said('/日清 走访'))).toMatchObject({ status: 200 });
      expect(heard).toHaveLength(1);
    },
  );

  test.each(['', '0', '-1', '1e9', ' 1700000000', `${far(0)}.5`, `${far(0)}0`, 'NaN', '１７００００００００'])(
    'a time of “%s” is refused, though it be signed',
    async (timestamp) => {
      const { caller, heard } = await appHouse();
      const sealed = { ...caller.seal(said('/日清 走访')), timestamp };
      const signature = crypt(secrets, corpId).signatureOf(sealed);
      const body = caller.bodyOf(sealed);
      const tried = await caller.call(caller.address({ ...sealed, signature }), { method: 'POST', body });
      expect([tried.status, heard]).toEqual([403, []]);
    },
  );
});

test.each([
  ['no XML', 'hello'],
  ['nothing', ''],
  ['XML that is cut off', said('/日清 走访').slice(0, -9)],
  ['a DOCTYPE', `<!DOCTYPE xml>${said('/日清 走访')}`],
  ['entities of its own', `<!DOCTYPE a [<!ENTITY b "c">]><xml><MsgType>text</MsgType><Content>&b;</Content></xml>`],
  ['__proto__', said('/日清 走访').replace('<MsgType>', '<__proto__><admin>1</admin></__proto__><MsgType>')],
  ['a field given twice', said('/日清 走访').replace('<MsgType>', '<FromUserName>lisi</FromUserName><MsgType>')],
  ['JSON', '{"msgtype":"text"}'],
])('%s inside, proven all the same, is refused and changes nothing', async (_, message) => {
  const { caller, heard, errors } = await appHouse();
  expect(await caller.once(message)).toMatchObject({ status: 400, body: '' });
  expect([heard, errors, ({} as { admin?: unknown }).admin]).toEqual([[], [], undefined]);
});

test.each([
  ['voice that nobody wrote down', { MsgType: 'voice', MediaId: 'm', Format: 'amr', MsgId: '2' }],
  ['a picture', { MsgType: 'image', PicUrl: 'https://x', MediaId: 'm', MsgId: '3' }],
  ['a place', { MsgType: 'location', Label: '县政府', MsgId: '4' }],
  ['a file', { MsgType: 'file', MsgId: '5' }],
])('%s gets its sentence', async (_, message) => {
  const { caller, heard } = await appHouse();
  expect(shownIn(await caller.once(inner(message)))).toBe(t('chat.text-only'));
  expect(heard).toEqual([]);
});

describe('an answer of plain words', () => {
  const plainly = async ({ chat, text: said }: Message) => [{ chat, reply: text(`听到：${said}`) }];

  test('counts among what may be said to its sender: where that is full, it waits as the app’s', async () => {
    const take = () => Promise.reject(new PlatformError('wecom', WINDOW_FULL, 'retry', 'full', { waitMs: 1_000 }));
    const { caller, said: says } = await appHouse({ receive: plainly, take });
    const tried = await caller.once(said('/我的'));
    expect([tried.status, tried.body]).toEqual([200, '']);
    await told(says).toEqual(['wecom:direct:zhangsan 听到：/我的']);
  });

  test('stands in the response, without another call; so it does when it is asked for again', async () => {
    const { caller, copy, heard, said: says } = await appHouse({ receive: plainly });
    const other = await copy();
    const message = said('/日清 走访');
    const tried = [await caller.once(message), await caller.once(message), await other.once(message)];
    expect(tried.map(shownIn)).toEqual(tried.map(() => '听到：/日清 走访'));
    expect(tried[0]?.answer).toMatch(/<ToUserName><!\[CDATA\[zhangsan\]\]><\/ToUserName><FromUserName><!\[CDATA\[wx/);
    // Once by each copy.
    expect([heard.length, says]).toEqual([2, []]);
  });

  test('with markup of its own shows it and has no effect', async () => {
    const { caller } = await appHouse({ receive: plainly });
    const words = '<a href="https://evil.example">看</a> ]]></Content><MsgType>image</MsgType> <@all>';
    const { answer, problem } = await caller.once(said(words));
    expect(problem).toBeNull();
    expect(answer).not.toMatch(/<a href|<@all|<MsgType>image/);
    expect(readXml(answer ?? '').MsgType).toBe('text');
  });

  test('that is longer than WeCom shows is said by the app, whole', async () => {
    const { caller, said: says } = await appHouse({
      receive: async ({ chat }) => [{ chat, reply: text('长'.repeat(700)) }],
    });
    expect(await caller.once(said('/名册'))).toMatchObject({ status: 200, body: '' });
    expect(says).toEqual([`wecom:direct:zhangsan ${'长'.repeat(700)}`]);
  });

  test('of nothing is an empty response', async () => {
    const { caller, said: says } = await appHouse({ receive: async () => [] });
    expect(await caller.once(said('嗯'))).toMatchObject({ status: 200, body: '' });
    expect(says).toEqual([]);
  });
});

describe('delivered again', () => {
  test('the very same bytes, a new envelope, in turn and at once, to two copies: one effect, one answer', async () => {
    const { heard, caller, copy, said: says } = await appHouse();
    const other = await copy();
    const message = said('/日清 走访');
    const sealed = caller.seal(message);
    const same = () =>
      caller.call(caller.address(sealed), { method: 'POST', body: caller.bodyOf(sealed) }).then(({ status }) => status);
    expect(await Promise.all([same(), same(), same()])).toEqual([200, 200, 200]);
    const again = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? other : caller).once(message)));
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]));
    expect(says).toEqual(['wecom:direct:zhangsan 听到：/日清 走访']);
    // Asked more than once it answers the same; here only that everybody asked about one message.
    expect(new Set(heard.map(({ id }) => id)).size).toBe(1);
  });

  test('through the whole house: a report counts once, however it is delivered', async () => {
    const home = house();
    await home.town({ platform: 'wecom', kind: 'group', id: 'g1' });
    const unit = (await home.directory.unitOfChat({ platform: 'wecom', kind: 'group', id: 'g1' })) ?? { id: '' };
    await home.directory.change(
      'join',
      [],
      () => ({
        members: [
          { id: 'wecom:zhangsan', name: '张三', unit: unit.id, since: t0.toPlainDate(), roles: [], unreachable: false },
        ],
        facts: null,
      }),
      { message: randomUUID(), by: 'wecom:zhangsan', at: t0.toInstant() },
    );
    const { caller, copy } = await appHouse({ receive: home.receive });
    const other = await copy();
    const message = said('/日清 走访3户企业', { CreateTime: t0.epochMilliseconds / 1000 });
    const all = await Promise.all(Array.from({ length: 12 }, (_, i) => (i % 2 ? other : caller).once(message)));
    expect(new Set(all.map(shownIn)).size).toBe(1);
    expect(shownIn(all[0])).toContain('已记');
    const period = await home.reports.period(unit.id, t0.toPlainDate(), t0.toPlainDate());
    expect(period.days.get(t0.toPlainDate().toString())?.get('wecom:zhangsan')?.entries).toHaveLength(1);
  });
});

describe('what is not safe', () => {
  test('is not acknowledged, and nothing is said; delivered again it is, and the answer is said once', async () => {
    let isGone = true;
    const {
      caller,
      said: says,
      errors,
    } = await appHouse({
      receive: async ({ chat }) => {
        if (isGone) throw new Unconfirmed('gone');
        return [{ chat, reply: [loud('已记')] }];
      },
    });
    const message = said('/日清 走访');
    expect(await caller.once(message)).toMatchObject({ status: 503, body: '' });
    expect(says).toEqual([]);
    isGone = false;
    const { tries, isTaken } = await caller.deliver(message);
    expect([tries.length, isTaken, says]).toEqual([1, true, ['wecom:direct:zhangsan 已记']]);
    expect(errors).toEqual([]);
  });

  test('by a fault of ours is not acknowledged either, and is logged', async () => {
    const { caller, said: says, errors } = await appHouse({ receive: () => Promise.reject(new TypeError('bug')) });
    const { tries, isTaken } = await caller.deliver(said('/日清 走访'));
    expect([tries.map(({ status }) => status), isTaken, says]).toEqual([[503, 503, 503, 503], false, []]);
    expect(errors).toHaveLength(4);
  });

  test('in time is refused before WeCom hangs up; it goes on, and the next delivery finds it done', {
    timeout: 20_000,
  }, async () => {
    const slow = Promise.withResolvers<void>();
    const { caller, said: says } = await appHouse({
      receive: async ({ chat }) => {
        await slow.promise;
        return [{ chat, reply: [loud('已记')] }];
      },
    });
    const message = said('/日清 走访');
    const refused = await caller.once(message);
    expect(refused).toMatchObject({ status: 503, body: '' });
    expect(refused.ms).toBeLessThan(4_700);
    slow.resolve();
    await told(says).toEqual(['wecom:direct:zhangsan 已记']);
    expect(await caller.once(message)).toMatchObject({ status: 200 });
    expect(says).toHaveLength(1);
  });

  test('to say is no reason to have it delivered again: the answer goes to the outbox', async () => {
    const { caller, kept } = await appHouse({
      post: () => Promise.reject(new PlatformError('wecom', 45009, 'retry', 'too often')),
    });
    expect(await caller.once(said('/日清 走访'))).toMatchObject({ status: 200 });
    expect(kept).toHaveLength(1);
  });

  test('to say in time is acknowledged after two seconds: the work is safe', { timeout: 20_000 }, async () => {
    const never = Promise.withResolvers<void>();
    const { caller } = await appHouse({ post: () => never.promise });
    const tried = await caller.once(said('/日清 走访'));
    never.resolve();
    expect(tried).toMatchObject({ status: 200 });
    expect(tried.ms).toBeLessThan(3_000);
  });
});

test('whatever words come, they are heard as they are', async () => {
  const { caller, heard } = await appHouse();
  const words = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
    .filter((text) => !/\r/.test(text) && text.trim() !== '');
  await fc.assert(
    fc.asyncProperty(words, async (text) => {
      heard.length = 0;
      expect((await caller.once(said(text))).status).toBe(200);
      expect(heard[0]?.text).toBe(text.trim());
    }),
    { numRuns: 60 },
  );
});
