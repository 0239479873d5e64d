import { expect, onTestFinished, test } from 'vitest';
import { newcomer } from '../../../src/domain/organisation.ts';
import { wecomApi } from '../../../src/platforms/wecom/api.ts';
import { wecomGroupVoices } from '../../../src/platforms/wecom/group-voices.ts';
import { accessToken, authorized } from '../../../src/platforms/wecom/token.ts';
import { redisAccessTokens } from '../../../src/store/access-tokens.ts';
import { redisGroupRobots } from '../../../src/store/group-robots.ts';
import { wecomApi as wecomFake } from '../../fakes/wecom-api.ts';
import { house, redis } from '../../house.ts';
import { at, cause, direct, group, ledger, li, say, wang } from '../../values.ts';

const admin = [{ role: 'admin', unit: null } as const];

/** A house whose administrator is Wang, and the local WeCom beside it. */
const governed = async ({ hasApp = true } = {}) => {
  const fake = await wecomFake();
  const api = wecomApi(fake.url, { connectMs: 500, answerMs: 500 });
  onTestFinished(async () => {
    await api.close();
    await fake.close();
  });
  const { log } = ledger();
  const built = house({
    voices: (keys) => {
      const token = accessToken({ api, account: fake.account, tokens: redisAccessTokens(redis, keys), log });
      const call = hasApp ? authorized(api, token) : null;
      return wecomGroupVoices({
        api,
        apiUrl: fake.url,
        robots: redisGroupRobots(redis, keys),
        take: async () => {},
        call,
      });
    },
  });
  await built.member(wang, null, admin);
  const robots = redisGroupRobots(redis, built.keys);
  const privately = (text: string) => built.ask(say(text, { chat: direct(wang) }));
  return { ...built, fake, robots, privately };
};
const inTown = async (over?: Parameters<typeof governed>[0]) => {
  const built = await governed(over);
  const unit = await built.unit('城关镇', { chats: ['wecom:group:g1'] });
  return { ...built, town: unit };
};

test('a robot’s address, sent in private, lets it speak in the unit’s group; the address is never shown again', async () => {
  const { fake, robots, privately, ask } = await inTown();
  const { key, url } = fake.addWebhook('g1');
  const answer = await privately(`/绑定 城关镇 ${url}`);
  expect(answer).toContain(`已接好城关镇的群机器人（地址末四位 ${key.slice(-4)}）`);
  expect(answer).not.toContain(key);
  expect(fake.posts).toMatchObject([{ chat: { id: 'g1' }, via: 'webhook', text: expect.stringContaining('城关镇') }]);
  expect(await robots.keyOf('wecom:group:g1')).toBe(key);
  const shown = await ask('/绑定 机器人');
  expect(shown).toContain(`城关镇：地址末四位 ${key.slice(-4)}`);
  expect(shown).not.toContain(key);
  expect(await privately('/绑定 城关镇 撤机器人')).toContain('城关镇的群机器人已撤下');
  expect(await robots.keyOf('wecom:group:g1')).toBeNull();
  expect(await ask('/绑定 机器人')).toContain('还没有接群机器人');
});

test('an address sent in a group is refused with the advice to replace it', async () => {
  const { fake, robots, ask } = await inTown();
  const { url } = fake.addWebhook('g1');
  expect(await ask(say(`/绑定 城关镇 ${url}`, { chat: group }))).toContain('请在群机器人设置里删掉它、重新添加一个');
  expect(await ask(say('/绑定 城关镇 https://elsewhere.example/?key=1', { chat: group }))).toContain('不能发在群里');
  expect((await robots.all()).size).toBe(0);
  expect(fake.posts).toEqual([]);
});

test('where the bot is in no group, the robot’s group becomes the unit’s', async () => {
  const { fake, unit, directory, privately } = await governed();
  const { id } = await unit('上水乡', { chats: [] });
  const first = fake.addWebhook('x');
  expect(await privately(`/绑定 上水乡 ${first.url}`)).toContain('那个群就是上水乡的群');
  const chats = (await directory.unit(id))?.chats ?? [];
  expect(chats).toEqual([expect.stringMatching(/^wecom:group:webhook\/[0-9a-f]{12}$/)]);
  const second = fake.addWebhook('x');
  await privately(`/绑定 上水乡 ${second.url}`);
  const after = (await directory.unit(id))?.chats ?? [];
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(chats);
  expect(await privately('/绑定 上水乡 撤机器人')).toContain('那个群不再收到我的消息');
  expect((await directory.unit(id))?.chats).toEqual([]);
});

test.each<[string, string]>([
  [
    'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2aifa5aaa',
    '这不是企业微信群机器人的地址',
  ],
  ['http://127.0.0.1:9/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2aifa5aaa', '这不是企业微信群机器人的地址'],
  ['URL/cgi-bin/webhook/send?key=short', '这不是企业微信群机器人的地址'],
  ['URL/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2aifa5aaa&debug=1', '这不是企业微信群机器人的地址'],
  ['URL/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2aifa5aaa#x', '这不是企业微信群机器人的地址'],
  ['URL/cgi-bin/webhook/send/../send2?key=693a91f6-7aaa-4bc4-97a0-0ec2aifa5aaa', '这不是企业微信群机器人的地址'],
  ['USER/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2aifa5aaa', '这不是企业微信群机器人的地址'],
  // The right form, and no robot behind it.
  ['URL/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2aifa5aaa', '不认这个机器人（93000）'],
])('%s binds nothing', async (pattern, words) => {
  const { fake, robots, privately } = await inTown();
  const address = pattern.replace('URL', fake.url).replace('USER', fake.url.replace('http://', 'http://me:you@'));
  expect(await privately(`/绑定 城关镇 ${address}`)).toContain(words);
  expect((await robots.all()).size).toBe(0);
});

test('with several groups it asks which one; nobody but an administrator binds anything', async () => {
  const { fake, unit, robots, privately, ask } = await governed();
  await unit('城关镇', { chats: ['wecom:group:g1', 'wecom:group:g2'] });
  const { key, url } = fake.addWebhook('g2');
  expect(await privately(`/绑定 城关镇 ${url}`)).toContain('城关镇有 2 个群，请写明接到第几个');
  expect(await privately(`/绑定 没有的单位 ${url}`)).toContain('没有“没有的单位”这个单位');
  expect(await privately(`/绑定 ${url}`)).toContain('请写明是哪个单位的群');
  expect(await ask(say(`/绑定 城关镇 2 ${url}`, { chat: direct(li), sender: li }))).toContain('只有管理员可以用');
  expect(fake.posts).toEqual([]);
  await privately(`/绑定 城关镇 2 ${url}`);
  expect(await robots.keyOf('wecom:group:g2')).toBe(key);
});

test('the order sent last stands, however often and in whatever order it is delivered', async () => {
  const { fake, robots, ask } = await inTown();
  const { url } = fake.addWebhook('g1');
  const on = say(`/绑定 城关镇 ${url}`, { chat: direct(wang) });
  const off = say('/绑定 城关镇 撤机器人', { chat: direct(wang), at: at('2026-11-23 09:01') });
  const first = await ask(on);
  await ask(off);
  expect(await ask(on)).toBe(first);
  expect(await robots.keyOf('wecom:group:g1')).toBeNull();
});

test('a group is made of the unit’s people and spoken in; the same message makes one', async () => {
  const { fake, unit, directory, ask, told } = await governed();
  const { id } = await unit('城关镇', { chats: [] });
  const people = ['zhao', 'qian'].map((name) => ({ ...newcomer(`wecom:${name}`, name), unit: id }));
  await directory.change(
    'hire',
    people.map((one) => one.id),
    () => ({ members: people, facts: null }),
    cause(),
  );
  const order = say('/绑定 城关镇 建群', { chat: direct(wang) });
  const answer = await ask(order);
  expect(answer).toContain('已建好城关镇的群，共 2 人');
  expect(await ask(order)).toBe(answer);
  expect([...fake.groups.groups.values()]).toMatchObject([{ name: '城关镇', userlist: ['qian', 'zhao'] }]);
  const [chatid] = fake.groups.groups.keys();
  expect((await directory.unit(id))?.chats).toEqual([`wecom:group:appchat/${chatid}`]);
  expect(told()).toEqual([expect.stringContaining(`appchat/${chatid}: 这是城关镇的工作群`)]);
  expect(await ask(say('/绑定 城关镇 建群', { chat: direct(wang) }))).toContain('已有应用建的群');
  expect(await ask(say('/绑定 城关镇 撤群', { chat: direct(wang) }))).toContain('城关镇的群已撤下');
  expect((await directory.unit(id))?.chats).toEqual([]);
});

test('no group is made without an app, or of fewer than two people', async () => {
  const without = await inTown({ hasApp: false });
  expect(await without.privately('/绑定 城关镇 建群')).toContain('没有配置企业微信自建应用');
  const { privately, fake } = await inTown();
  expect(await privately('/绑定 城关镇 建群')).toContain('还不够两个企业微信成员');
  expect(fake.groups.groups.size).toBe(0);
  const { ask } = house();
  expect(await ask(say('/绑定 城关镇 建群', { chat: direct(wang) }))).toContain('管理员');
});
