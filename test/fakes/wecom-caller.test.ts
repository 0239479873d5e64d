import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { wecomAppCaller } from './wecom-app-caller.ts';
import { wecomBotCaller } from './wecom-bot-caller.ts';
import { type Secrets, seal, unseal } from './wecom-crypto.ts';
import { wecomScreen } from './wecom-screen.ts';
import { readXml, writeXml } from './wecom-xml.ts';

const aesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const app: Secrets = { token: 'QDG6eK', aesKey, receiveId: 'ww-local' };
const bot: Secrets = { ...app, receiveId: '' };
const timing = { checkMs: 200, answerMs: 200, againMs: 5 };

type Asked = { readonly query: URLSearchParams; readonly body: string; readonly plain: string };
/** An address that opens what it is sent and answers as told; null: no answer at all. */
const address = async (secrets: Secrets, answer: (asked: Asked) => { status?: number; body: string } | null) => {
  const asked: Asked[] = [];
  const http = createServer(async (request, response) => {
    const query = new URL(request.url ?? '', 'http://localhost').searchParams;
    const body = Buffer.concat(await Array.fromAsync(request)).toString();
    const encrypt =
      query.get('echostr') ?? /"encrypt":"(.+?)"|<Encrypt><!\[CDATA\[(.+?)\]\]>/.exec(body)?.slice(1).join('') ?? '';
    const field = (name: string) => query.get(name) ?? '';
    const signature = field('msg_signature');
    const plain = unseal(secrets, { encrypt, signature, timestamp: field('timestamp'), nonce: field('nonce') });
    asked.push({ query, body, plain });
    const said = answer({ query, body, plain });
    if (said) response.writeHead(said.status ?? 200).end(said.body);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  onTestFinished(async () => {
    http.closeAllConnections();
    http.close();
  });
  const place = http.address();
  return { asked, url: `http://127.0.0.1:${typeof place === 'object' && place ? place.port : 0}/callback` };
};

const xmlAnswer = (fields: Record<string, string>) => {
  const { encrypt, signature, timestamp, nonce } = seal(app, writeXml(fields), Date.now());
  return { body: writeXml({ Encrypt: encrypt, MsgSignature: signature, TimeStamp: timestamp, Nonce: nonce }) };
};
const jsonAnswer = (message: object) => {
  const { encrypt, signature, timestamp, nonce } = seal(bot, JSON.stringify(message), Date.now());
  return { body: JSON.stringify({ encrypt, msgsignature: signature, timestamp: Number(timestamp), nonce }) };
};

test('an address that echoes what was sealed is taken; quotes around it, or a second’s silence, are not', async () => {
  const check = async (answer: Parameters<typeof address>[1]) => {
    const { url } = await address(app, answer);
    return (await wecomAppCaller({ url, secrets: app, agentId: 1, timing }).check()).problem;
  };
  expect(await check(({ plain }) => ({ body: plain }))).toBeNull();
  expect(await check(({ plain }) => ({ body: `"${plain}"` }))).toBe('not the echo');
  expect(await check(() => null)).toContain('Timeout');
});

test('an app’s message is called as XML, and its answer shown', async () => {
  const screen = wecomScreen();
  const { url, asked } = await address(app, () => xmlAnswer({ MsgType: 'text', Content: '听到了' }));
  const caller = wecomAppCaller({ url, secrets: app, agentId: 7, screen, timing });
  expect(await caller.says('zhang', '/我的 ]]> <b>')).toMatchObject({ isTaken: true });
  expect(readXml(asked[0]?.plain ?? '')).toMatchObject({
    FromUserName: 'zhang',
    Content: '/我的 ]]> <b>',
    AgentID: '7',
  });
  expect(screen.posts).toMatchObject([{ chat: { id: 'zhang' }, via: 'answer', text: '听到了' }]);
});

test('what is not taken comes three times more, sealed anew, the message the same', async () => {
  const { url, asked } = await address(app, () => ({ status: 503, body: '' }));
  const delivery = await wecomAppCaller({ url, secrets: app, agentId: 7, timing }).says('zhang', '/我的');
  expect(delivery).toMatchObject({ isTaken: false });
  expect(asked).toHaveLength(4);
  expect(new Set(asked.map(({ plain }) => plain)).size).toBe(1);
  expect(new Set(asked.map(({ body }) => body)).size).toBe(4);
});

test('silence is broken off', async () => {
  const { url, asked } = await address(app, () => (asked.length < 2 ? null : { body: '' }));
  const { tries } = await wecomAppCaller({ url, secrets: app, agentId: 7, timing }).says('zhang', '/我的');
  expect(tries.map(({ status }) => status)).toEqual([0, 200]);
});

test('an answer that is sealed for others, or not at all, shows nothing', async () => {
  const screen = wecomScreen();
  const { url } = await address(app, () => jsonAnswer({ MsgType: 'text' }));
  const { tries } = await wecomAppCaller({ url, secrets: app, agentId: 7, screen, timing }).says('zhang', '/我的');
  expect(tries[0]?.problem).toContain('no Encrypt');
  expect(screen.posts).toEqual([]);
});

test('a bot’s stream is polled until it ends', async () => {
  const screen = wecomScreen();
  const { url, asked } = await address(bot, () => {
    const content = ['查', '查着', '查到了'][asked.length - 1] ?? '';
    return jsonAnswer({ msgtype: 'stream', stream: { id: 's1', finish: asked.length === 3, content } });
  });
  const caller = wecomBotCaller({ url, secrets: bot, screen, timing, pollMs: 2 });
  await caller.inGroup('g1', 'zhang', '/榜');
  expect(screen.posts).toMatchObject([{ chat: { kind: 'group', id: 'g1' }, text: '查到了' }]);
  expect(asked.slice(1).map(({ plain }) => JSON.parse(plain))).toMatchObject([
    { msgtype: 'stream', stream: { id: 's1' }, chatid: 'g1' },
    { msgtype: 'stream', stream: { id: 's1' } },
  ]);
});

test('a bot’s answer of a kind that callbacks do not take is not shown, and told', async () => {
  const screen = wecomScreen();
  const { url } = await address(bot, () => jsonAnswer({ msgtype: 'markdown', markdown: { content: '答' } }));
  const caller = wecomBotCaller({ url, secrets: bot, screen, timing });
  await caller.inDirect('zhang', '/我的');
  expect([screen.posts.length, caller.wrong.length]).toEqual([0, 1]);
});

test('a pressed button brings another card in the place of the first', async () => {
  const screen = wecomScreen();
  const card = (title: string, key: string) => ({
    card_type: 'button_interaction',
    main_title: { title },
    button_list: [{ text: '同意', key }],
    task_id: 't1',
  });
  const { url, asked } = await address(bot, ({ plain }) =>
    jsonAnswer(
      plain.includes('"event"')
        ? { response_type: 'update_template_card', template_card: card('已同意', 'done') }
        : { msgtype: 'template_card', template_card: card('请假', 'yes') },
    ),
  );
  const caller = wecomBotCaller({ url, secrets: bot, screen, timing });
  await caller.inGroup('g1', 'zhang', '/请假');
  await caller.clicks('li', 1, 'yes');
  expect(JSON.parse(asked[1]?.plain ?? '')).toMatchObject({
    from: { userid: 'li' },
    chatid: 'g1',
    event: { eventtype: 'template_card_event', template_card_event: { event_key: 'yes', task_id: 't1' } },
  });
  expect(screen.posts).toMatchObject([{ text: '已同意\n[同意]' }]);
});
