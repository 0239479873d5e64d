import { expect, onTestFinished, test } from 'vitest';
import { wecomApi } from '../fakes/wecom-api.ts';
import { wecomAppCaller } from '../fakes/wecom-app-caller.ts';
import { wecomBotCaller } from '../fakes/wecom-bot-caller.ts';
import type { Caller } from '../fakes/wecom-caller.ts';
import { encrypted, type Secrets, signatureOf } from '../fakes/wecom-crypto.ts';
import { wecomScreen } from '../fakes/wecom-screen.ts';
import { writeXml } from '../fakes/wecom-xml.ts';
import { bots } from './bot.ts';

const app = { token: 'localAppToken', aesKey: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg', receiveId: 'ww-local' };
const bot = { token: 'localBotToken', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', receiveId: '' };

/** A real bot that is called back, as a bot and as an app; both call it with a message of their own. */
const house = async () => {
  const screen = wecomScreen();
  const api = await wecomApi({ screen });
  onTestFinished(() => api.close());
  const { start } = await bots();
  const { url, claimCode } = await start({
    WECOM_BOT_TOKEN: bot.token,
    WECOM_BOT_AES_KEY: bot.aesKey,
    WECOM_BOT_NAME: '日清助手',
    WECOM_CORP_ID: app.receiveId,
    WECOM_AGENT_ID: '1000002',
    WECOM_APP_SECRET: api.account.secret,
    WECOM_APP_TOKEN: app.token,
    WECOM_APP_AES_KEY: app.aesKey,
    WECOM_API_URL: api.url,
  });
  const asApp = wecomAppCaller({ url: `${url}/callback/wecom/app`, secrets: app, agentId: 1_000_002, screen });
  const asBot = wecomBotCaller({
    url: `${url}/callback/wecom/bot`,
    secrets: bot,
    screen,
    responseUrl: api.responseUrl,
  });
  await asBot.inGroup('g1', 'sun', `/认领 ${claimCode}`);
  await asBot.inGroup('g1', 'sun', '/绑定 城关镇');
  return { asApp, asBot, screen, url };
};

const words = '/日清 伪造';
const fields = { ToUserName: 'ww-local', FromUserName: 'zhang', MsgType: 'text', Content: words, AgentID: 1_000_002 };
const inJson = { msgid: 'm1', chattype: 'group', chatid: 'g1', from: { userid: 'zhang' }, msgtype: 'text' };
const plain = {
  app: writeXml({ ...fields, CreateTime: Math.floor(Date.now() / 1000), MsgId: '77' }),
  bot: JSON.stringify({ ...inJson, text: { content: `@日清助手 ${words}` } }),
};

/** Everything that a forger can send, each as a call. */
const forged = (
  caller: Caller,
  secrets: Secrets,
  message: string,
): readonly (() => Promise<{ status: number; body: string }>)[] => {
  const good = caller.seal(message);
  const signed = (over: Partial<typeof good>, by: Secrets = secrets) => {
    const sealed = { ...good, ...over };
    return { ...sealed, signature: signatureOf(by, sealed.timestamp, sealed.nonce, sealed.encrypt) };
  };
  const at = (seconds: number) => String(Math.floor(Date.now() / 1000) + seconds);
  const { signature } = good;
  const envelopes = [
    ...['', signature.slice(1), `${signature}0`, signature.toUpperCase(), '签'.repeat(40), 'a'.repeat(5_000)].map(
      (wrong) => ({ ...good, signature: wrong }),
    ),
    ...[at(-3_600), at(3_600), '', 'soon', '1e9'].map((timestamp) => signed({ timestamp })),
    ...['', '!!!!', good.encrypt.slice(0, 40), encrypted({ ...secrets, receiveId: 'wwother' }, message)].map(
      (encrypt) => signed({ encrypt }),
    ),
    signed({ encrypt: encrypted({ ...secrets, aesKey: 'Z'.repeat(43) }, message) }),
    signed({}, { ...secrets, token: 'another' }),
  ];
  const evil = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>';
  const bodies = [
    '',
    'hello',
    evil,
    '{"encrypt":',
    '['.repeat(100_000),
    '{"__proto__":{"encrypt":"x"}}',
    '<xml><Encrypt>',
  ];
  return [
    ...envelopes.map((sealed) => () => caller.once(message, sealed)),
    ...bodies.map((body) => () => caller.call(caller.address(good), { method: 'POST', body })),
  ];
};

test('whatever a forger sends, one answer comes and nothing is recorded; a replay has no second effect', async () => {
  const { asApp, asBot, screen, url } = await house();
  for (const [caller, secrets, message] of [
    [asApp.caller, app, plain.app],
    [asBot.caller, bot, plain.bot],
  ] as const) {
    const answers = new Set<string>();
    for (const call of forged(caller, secrets, message)) {
      const { status, body } = await call();
      answers.add(`${status} ${body}`);
    }
    expect([...answers]).toEqual(['403 ']);
    const tooLong = await caller.call(caller.address(caller.seal('x')), {
      method: 'POST',
      body: 'x'.repeat(1_048_577),
    });
    expect(tooLong.status).toBe(413);
  }
  expect(screen.posts.filter(({ chat }) => chat.id === 'zhang')).toEqual([]);

  // The same message in earnest: at once and again, word for word and sealed anew.
  const sealed = asBot.caller.seal(plain.bot);
  const [first, again, anew] = [
    await asBot.caller.once(plain.bot, sealed),
    await asBot.caller.once(plain.bot, sealed),
    await asBot.caller.once(plain.bot),
  ];
  expect(first.answer).toContain('已记 1 项');
  expect([again.answer, anew.answer]).toEqual([first.answer, first.answer]);
  await asApp.says('zhang', '/清');
  await asBot.inGroup('g1', 'zhang', '/日清 真的');
  expect(screen.posts.at(-1)?.text).toContain('新增 1 项，当天已记 2 项');
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
}, 30_000);
