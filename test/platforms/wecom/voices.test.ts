import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { expect, onTestFinished, test } from 'vitest';
import type { Picture } from '../../../src/domain/picture.ts';
import { PlatformError } from '../../../src/errors.ts';
import { translator } from '../../../src/i18n.ts';
import { type Chat, directChat, type PlatformName, plain, type Reply, text } from '../../../src/message.ts';
import { refusal } from '../../../src/platforms/wecom/codes.ts';
import { openWecom } from '../../../src/platforms/wecom/open.ts';
import { speakingWith, type Voice } from '../../../src/platforms/wecom/voice.ts';
import { webhookChat } from '../../../src/platforms/wecom/webhook.ts';
import type { Platform, Post, WecomConfig } from '../../../src/ports.ts';
import { redisAccessTokens } from '../../../src/store/access-tokens.ts';
import { redisGroupRobots } from '../../../src/store/group-robots.ts';
import { redisLimits } from '../../../src/store/limits.ts';
import { redisReplyLeases } from '../../../src/store/reply-leases.ts';
import { redisSentParts } from '../../../src/store/sent-parts.ts';
import { engine, place, post as postOf, realNow, redis, unitOf } from '../../engine.ts';
import { html, wecomApi as wecomFake } from '../../fakes/wecom-api.ts';
import { ledger } from '../../values.ts';

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('pixels')]);
const source: Post['source'] = { job: 'digest', slot: 's', unit: 'u1' };
const g1: Chat = { platform: 'wecom', kind: 'group', id: 'g1' };
const zhang = directChat('wecom:zhang');
const picture = { title: '县榜' } as Picture;

const accountOf = ({ account }: Awaited<ReturnType<typeof wecomFake>>) => account;

/** The app and the robots of one house, speaking to the local WeCom. */
const house = async (over: Partial<WecomConfig> = {}, files: Readonly<Record<string, Buffer>> = {}, people = 1_000) => {
  const clock = { ms: Date.now() };
  const fake = await wecomFake({ now: () => clock.ms });
  const { keys, ...stores } = place();
  const robots = redisGroupRobots(redis, keys);
  const lost: Chat[] = [];
  const { log, errors } = ledger();
  const limits = redisLimits(redis, keys, 'wecom', { own: () => clock.ms, shared: async () => clock.ms });
  const config: WecomConfig = {
    bot: null,
    botCallback: null,
    botName: '日清助手',
    app: { ...fake.account, callback: null },
    wsUrl: null,
    apiUrl: fake.url,
    ...over,
  };
  const copy = () =>
    openWecom({
      ...{ config, limits, robots, log, tokens: redisAccessTokens(redis, keys) },
      receive: async () => [],
      leases: redisReplyLeases(redis, keys, realNow),
      parts: redisSentParts(redis, keys),
      outbox: { enqueue: async () => {} },
      onRefused: async () => {},
      onVoiceLost: async (chat) => void lost.push(chat),
      isKnown: async () => true,
      people: async () => people,
      media: {
        draw: async ({ title }) => (title === '' ? null : { png: PNG, width: 1, height: 1 }),
        file: async (url) => files[url] ?? null,
      },
      now: Temporal.Now.instant,
      realNow,
      t: translator('zh-CN'),
      apiTiming: { connectMs: 300, answerMs: 300 },
    });
  const wecom = copy();
  onTestFinished(async () => {
    await wecom.stop();
    await fake.close();
  });
  /** A robot speaks in that group. */
  const robot = async (chat: Chat = g1) => {
    const { key } = fake.addWebhook('g1');
    await robots.set(`wecom:group:${chat.id}`, key, Temporal.Now.instant());
    return key;
  };
  const say = (chat: Chat, reply: Reply, of: Post['source'] = source, id: string = randomUUID()) =>
    wecom.send(chat, reply, id, of).then(
      () => null,
      (error: unknown) => error as PlatformError,
    );
  return { fake, clock, stores, robots, robot, wecom, copy, say, lost, errors };
};

test('the app speaks privately; whom it does not reach is refused though the errcode is 0', async () => {
  const { fake, say } = await house();
  expect(await say(zhang, text('17:00 前请报日清'))).toBeNull();
  expect(fake.posts).toMatchObject([{ via: 'app', chat: { kind: 'direct', id: 'zhang' }, text: '17:00 前请报日清' }]);
  fake.people.unlicensed.add('li');
  expect(await say(directChat('wecom:li'), text('在吗'))).toMatchObject({ code: 'unlicenseduser', outcome: 'refused' });
  fake.people.unreachable.add('gone');
  expect(await say(directChat('wecom:gone'), text('在吗'))).toMatchObject({ code: 81_013, outcome: 'refused' });
});

test('a post that comes a second time is dropped by WeCom; the same answer twice is not', async () => {
  const { fake, say, wecom } = await house();
  fake.fail({ path: '/message/send', lateMs: 1_000, isDone: true });
  expect(await say(zhang, text('提醒'), source, 'p1')).toMatchObject({ outcome: 'unknown' });
  expect(await say(zhang, text('提醒'), source, 'p1')).toBeNull();
  expect(fake.posts).toHaveLength(1);
  expect(fake.app.dropped).toMatchObject([{ user: 'zhang', why: 'duplicate' }]);
  await wecom.send(zhang, text('今天已报'), 'r1', null);
  await wecom.send(zhang, text('今天已报'), 'r2', null);
  expect(fake.posts.map(({ text }) => text)).toEqual(['提醒', '今天已报', '今天已报']);
});

test('60 kB arrive whole, in order, in parts that WeCom does not cut off, through every voice', async () => {
  const lines = Array.from({ length: 1_500 }, (_, i) => `第${i + 1}行：走访企业，现场解决问题一件`);
  const long = text(lines.join('\n'));
  expect(Buffer.byteLength(lines.join('\n'))).toBeGreaterThan(60_000);
  const { fake, clock, robot, say, wecom } = await house();
  const made = await wecom.voices?.make?.({ id: 'm1', name: '城关镇', members: ['a', 'b'] });
  await robot();
  let posts = 0;
  for (const [chat, most] of [
    [zhang, 2_048],
    [made as Chat, 2_048],
    [g1, 2_048],
  ] as const) {
    const id = randomUUID();
    // Thirty a minute to a person, twenty a minute by a robot: the rest waits, and goes on where it stopped.
    for (let error = await say(chat, long, source, id); error; error = await say(chat, long, source, id)) {
      expect(error).toMatchObject({ code: 'window-full', outcome: 'retry', waitMs: expect.any(Number) });
      clock.ms += error.waitMs ?? 0;
    }
    const parts = fake.posts.slice(posts);
    posts = fake.posts.length;
    expect(Math.max(...parts.map(({ text }) => Buffer.byteLength(text)))).toBeLessThanOrEqual(most);
    const said = parts.flatMap(({ text }) => text.split('\n')).filter((line) => line !== '');
    expect(said).toEqual(lines);
  }
}, 30_000);

test('our count keeps each member, group and robot within its window, over copies of the bot', async () => {
  const { fake, robot, say, copy, wecom } = await house();
  const key = await robot();
  const other = copy();
  onTestFinished(() => other.stop());
  const both = (chat: Chat, i: number) =>
    i % 2 === 0
      ? say(chat, text(`第${i}条`))
      : other.send(chat, text(`第${i}条`), randomUUID(), source).then(
          () => null,
          (error: unknown) => error,
        );
  const errors = await Promise.all(Array.from({ length: 60 }, (_, i) => both(i < 30 ? g1 : zhang, i)));
  const full = errors.filter((error) => error !== null);
  expect(full.length).toBe(30 - 20 + 30 - 25);
  expect(full.every((error) => error instanceof PlatformError && error.code === 'window-full')).toBe(true);
  expect(fake.worst(60_000, `webhook:${key}`)).toBe(20);
  expect(fake.worst(60_000, 'member:zhang')).toBe(25);
  // Somebody who asks is answered out of the reserve.
  await wecom.send(zhang, text('答'), 'r', null);
  expect(fake.posts.at(-1)?.text).toBe('答');
});

test('a robot mentions people, draws tables, shows pictures and hands out files', async () => {
  const { fake, robot, say } = await house({}, { 'shelf:1': Buffer.from('PK workbook') });
  await robot();
  await say(g1, [
    { kind: 'text', text: '今日未报' },
    { kind: 'mention', member: 'wecom:zhang', name: '张三' },
  ]);
  await say(g1, [
    { kind: 'table', columns: ['单位', '分'], rows: [['城关镇', '98']] },
    { kind: 'picture', picture },
    { kind: 'file', name: '县榜.xlsx', url: 'shelf:1' },
  ]);
  expect(fake.posts.map(({ via, msgtype }) => `${via} ${msgtype}`)).toEqual([
    'webhook text',
    'webhook markdown_v2',
    'webhook image',
    'webhook file',
  ]);
  expect(fake.posts[0]?.mentions).toEqual(['zhang']);
  expect(Buffer.from(fake.posts[2]?.file?.bytes ?? [])).toEqual(PNG);
  expect(fake.posts[3]?.file?.name).toBe('县榜.xlsx');
});

test('a picture is uploaded once for all, again when WeCom has forgotten it, and missed by nobody when refused', async () => {
  const { fake, say } = await house({}, { 'shelf:1': Buffer.from('PK workbook') });
  const board: Reply = [
    { kind: 'text', text: '县榜' },
    { kind: 'picture', picture },
  ];
  const uploads = () => fake.calls.filter(({ path }) => path.endsWith('/media/upload')).length;
  for (const user of ['a', 'b', 'c']) expect(await say(directChat(`wecom:${user}`), board)).toBeNull();
  expect(uploads()).toBe(1);
  fake.fail({ path: '/message/send', errcode: 0 });
  await say(directChat('wecom:d'), text('一'));
  // The words pass, then the media id is unknown.
  await say(directChat('wecom:e'), text('二'));
  fake.fail({ path: '/message/send', errcode: 40_007 });
  expect(await say(directChat('wecom:f'), [{ kind: 'picture', picture }])).toBeNull();
  expect(uploads()).toBe(2);
  fake.fail({ path: '/message/send', errcode: 45_001 });
  expect(await say(directChat('wecom:g'), [{ kind: 'picture', picture }])).toBeNull();
  // A file that cannot be sent is an error: nothing else says the same.
  expect(await say(zhang, [{ kind: 'file', name: 'x.xlsx', url: 'shelf:gone' }])).toMatchObject({ code: 'file-gone' });
  expect(await say(zhang, [{ kind: 'file', name: 'x.xlsx', url: 'shelf:1' }])).toBeNull();
});

test.each([93_000, 93_004, 93_008])(
  'a robot that is gone (%i) speaks no more, and its people are told once',
  async (code) => {
    const { fake, robots, robot, say, lost } = await house();
    const key = await robot();
    const alone = webhookChat(key);
    await robots.set(`wecom:group:${alone.id}`, key, Temporal.Now.instant());
    fake.fail({ path: '/webhook/send', errcode: code });
    expect(await say(alone, text('通知'))).toMatchObject({ code, outcome: 'refused' });
    expect(lost).toEqual([alone]);
    expect(await robots.keyOf(`wecom:group:${alone.id}`)).toBeNull();
    expect(await say(alone, text('通知'))).toMatchObject({ outcome: 'retry' });
    expect(lost).toHaveLength(1);
  },
);

test('a robot that answers 45009, a page, nothing, or late', async () => {
  const { fake, robot, say } = await house();
  const key = await robot();
  fake.fail({ path: '/webhook/send', errcode: 45_009 });
  expect(await say(g1, text('一'))).toMatchObject({ code: 45_009, outcome: 'retry', waitMs: 60_000 });
  for (const fault of [
    html,
    { answers: 'nothing' } as const,
    { lateMs: 900, isDone: true },
    { answers: 'drip' } as const,
  ]) {
    fake.fail(fault);
    const error = await say(g1, text('二'));
    expect(error).toMatchObject({ outcome: 'unknown' });
    expect(inspect(error, { depth: 9 })).not.toContain(key);
  }
  expect(await say(g1, text('三'))).toBeNull();
});

test('after an unknown outcome atMostOnce is not posted again, and atLeastOnce is', async () => {
  const { fake, robot, wecom, stores } = await house();
  await robot();
  const platforms = new Map<PlatformName, Pick<Platform, 'send'>>([['wecom', wecom]]);
  const { outbox: box } = engine(stores, { mail: { sent: [], platforms }, units: [unitOf('u1')] });
  for (const delivery of ['atMostOnce', 'atLeastOnce'] as const) {
    fake.fail({ path: '/webhook/send', lateMs: 600, isDone: true });
    await box.enqueue([postOf({ chat: g1, reply: text(delivery), delivery })]);
    await expect
      .poll(() => box.drain().then(() => stores.posts.list()), { timeout: 8_000 })
      .not.toContainEqual(expect.objectContaining({ state: expect.stringMatching(/queued|sending/) }));
  }
  const said = fake.posts.map(({ text }) => text);
  expect(said.filter((one) => one === 'atMostOnce')).toHaveLength(1);
  expect(said.filter((one) => one === 'atLeastOnce')).toHaveLength(2);
}, 20_000);

test('what the operator has to mend is said to the operator, and of nobody else', async () => {
  const { fake, say, wecom, errors } = await house();
  fake.fail({ path: '/message/send', errcode: 60_020, times: 2 });
  expect(await say(zhang, text('提醒'))).toMatchObject({ code: 60_020, outcome: 'refused' });
  await say(zhang, text('提醒'));
  expect(errors).toHaveLength(1);
  expect(wecom.isAboutReceiver?.('60020')).toBe(false);
  expect(wecom.isAboutReceiver?.('81013')).toBe(true);
  expect(wecom.isAboutReceiver?.('invaliduser')).toBe(true);
});

test('buttons are a card where they can be pressed, words where they cannot', async () => {
  const reply: Reply = [
    { kind: 'text', text: '李四请假一天' },
    { kind: 'buttons', buttons: [{ text: '同意', command: '/批准 1' }] },
  ];
  const silent = await house();
  expect(await silent.say(zhang, reply)).toBeNull();
  expect(silent.fake.posts.every(({ msgtype }) => msgtype !== 'template_card')).toBe(true);
  expect(silent.fake.posts.map(({ text }) => text).join()).toContain('/批准 1');
  const callback = { token: 't', aesKey: 'k'.repeat(43) };
  const open = await house({ app: { ...accountOf(silent.fake), callback } });
  expect(await open.say(zhang, reply)).toBeNull();
  expect(open.fake.posts.at(-1)).toMatchObject({ msgtype: 'template_card' });
  // A card that is refused is said in words.
  open.fake.switches.hasCallback = false;
  expect(await open.say(zhang, reply)).toBeNull();
  expect(open.fake.posts.at(-1)?.text).toContain('/批准 1');
});

test('where a robot is gone the bot speaks in its place; any other error is the outcome', async () => {
  const { log } = ledger();
  const said: string[] = [];
  const lost: Chat[] = [];
  let code = 93_004;
  const voices: readonly Voice[] = [
    {
      reaches: ({ kind }) => kind === 'group',
      send: async () => {
        throw refusal(code, '');
      },
      lost: async (chat) => void lost.push(chat),
    },
    { reaches: () => true, send: async (_, reply) => void said.push(plain(reply)) },
  ];
  const send = speakingWith(voices, log);
  await send(g1, text('通知'), 'p1', source);
  expect([said, lost]).toEqual([['通知'], [g1]]);
  for (code of [45_009, 45_002, 60_020])
    await expect(send(g1, text('又'), 'p2', source)).rejects.toMatchObject({ code });
  expect([said.length, lost.length]).toEqual([1, 1]);
  await expect(speakingWith([], log)(g1, text('无人'), 'p3', source)).rejects.toMatchObject({ outcome: 'retry' });
});

test('a day takes two hundred messages for each account, and the next one as many', async () => {
  const { clock, fake, say } = await house({}, {}, 1);
  const to = (i: number) => say(directChat(`wecom:u${i}`), text('通知'));
  for (let i = 0; i < 180; i += 1) expect(await to(i)).toBeNull();
  const full = await to(180);
  expect(full).toMatchObject({ code: 'window-full' });
  // Who asks is answered out of the reserve.
  expect(await say(zhang, text('答'), null)).toBeNull();
  expect(full?.waitMs).toBeGreaterThan(23 * 3_600_000);
  clock.ms += full?.waitMs ?? 0;
  fake.tokens.revoke(42_001);
  expect(await to(181)).toBeNull();
});
