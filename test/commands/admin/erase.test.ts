import { expect, test } from 'vitest';
import { type Chat, chatKey, type Person } from '../../../src/message.ts';
import { rebuild, scopesOf, verifyLog, verifyProjections } from '../../../src/store/verify.ts';
import { house, redis } from '../../house.ts';
import { at, day, direct, group, li, say } from '../../values.ts';

const boss: Person = { id: 'boss', name: '管' };
const zhang: Person = { id: 'zhang', name: '张三丰' };
const chief: Person = { id: 'chief', name: '镇长' };
const other: Chat = { ...group, id: 'g2' };

/** Zhang, once of 上水乡 and now of 城关镇, has said everything that is kept in words: 秘 is in all of it. */
const told = async () => {
  const home = house();
  const town = await home.town();
  const village = await home.unit('上水乡', { chats: [chatKey(other)] });
  await home.member(li, town, [{ role: 'coordinator', unit: town.id }]);
  await home.member(boss, null, [{ role: 'admin', unit: null }]);
  await home.member(chief, null, [{ role: 'leader', unit: town.id }]);
  const hear = (who: Person, words: string, when = '2026-11-23 09:00', chat: Chat = group) =>
    home.ask(say(words, { sender: who, chat, at: at(when) }));
  const tell = (who: Person, words: string) =>
    home.ask(say(words, { sender: who, chat: direct(who), addressed: true }));

  await hear(zhang, '/日清 秘一；未清：秘二；未清：秘三', '2026-11-19 09:00', other);
  await hear(zhang, '/报到 张三丰', '2026-11-19 09:00', other);
  await hear(boss, '/任命 张三丰 成员 城关镇');
  await hear(zhang, '/日清 秘四；未清：秘五；求助：秘六');
  await hear(chief, '/答复 H-01 秘答');
  await hear(chief, '/点评 张三丰 秘评');
  await hear(zhang, '/日清 秘二');
  await hear(zhang, '/改 秘七；未清：秘八');
  await hear(zhang, '/清 1');
  await hear(zhang, '/日清 秘九');
  await hear(zhang, '/撤回');
  await hear(zhang, '/周结 秘十');
  await hear(zhang, '/请假 11-25 秘十一');
  await hear(li, '/请假 张三丰 11-26 秘十二');
  // One offer was taken, one stands.
  await tell(zhang, '今天走访了秘十三家企业');
  await tell(zhang, '是');
  await tell(zhang, '今天给3家企业送了秘十四');
  await hear(li, '/日清 走访李家；未清：别人的事');
  await hear(li, '/请假 11-27 别人的假');
  await hear(chief, '/点评 李二 别人的评');
  return { ...home, town, village, hear, tell };
};

/** Everything that is stored of the organisation and its units, but for the memory of messages, which ends by itself. */
const stored = async (namespace: string) => {
  const keys = (await redis.keys(`${namespace}*`)).filter((key) => !/:seen:|:\{out/.test(key)).sort();
  const read = async (key: string) =>
    (await redis.type(key)) === 'stream' ? redis.xrange(key, '-', '+') : redis.hgetall(key);
  return Promise.all(keys.map(async (key) => [key, await read(key)] as const));
};

const expectSound = async ({ keys }: Awaited<ReturnType<typeof told>>) => {
  for (const scope of await scopesOf(redis, keys)) {
    expect(await verifyLog(redis, keys, scope)).toBeNull();
    expect(await verifyProjections(redis, keys, scope)).toEqual([]);
  }
};

test('what was asked for once is asked again, and nothing is changed until it is confirmed', async () => {
  const home = await told();
  const before = await stored(home.namespace);
  const answer = (await home.tell(boss, '/名册 抹除 @张三丰')) ?? '';
  expect(answer).toContain('要抹除张三丰（zhang）的个人数据');
  expect(answer).toContain('[确认抹除] /名册 抹除 playground:zhang 确认');
  expect(await stored(home.namespace)).toEqual(before);
});

test('after erasure none of the words and no name are stored; the chain is whole and a rebuild gives the same', async () => {
  const home = await told();
  expect(JSON.stringify(await stored(home.namespace))).toContain('秘');
  expect(await home.tell(boss, '/名册 抹除 playground:zhang 确认')).toContain('已抹除账号 zhang 的全部文字和姓名');

  const after = await stored(home.namespace);
  expect(JSON.stringify(after)).not.toMatch(/秘|张三丰/);
  expect(JSON.stringify(after)).toMatch(/走访李家.*别人的事/);
  expect(JSON.stringify(after)).toMatch(/别人的假/);
  expect(JSON.stringify(after)).toMatch(/别人的评/);
  await expectSound(home);
  for (const scope of await scopesOf(redis, home.keys)) await rebuild(redis, home.keys, scope);
  expect(await stored(home.namespace)).toEqual(after);
});

test('the fact and the date stay: reports, weeks, leave and roles', async () => {
  const home = await told();
  await home.tell(boss, '/名册 抹除 张三丰 确认');
  const { days, weeks, leave, open } = await home.reports.period(home.town.id, day('2026-11-23'), day('2026-11-29'));
  expect(days.get('2026-11-23')?.get('playground:zhang')).toMatchObject({ onTime: true });
  expect(weeks.get('2026-11-23')?.get('playground:zhang')).toBe(true);
  expect(leave.get('playground:zhang')?.map(({ from, reason }) => [`${from}`, reason])).toEqual([
    ['2026-11-25', ''],
    ['2026-11-26', ''],
  ]);
  expect(open.get('playground:zhang') ?? []).toEqual([]);
  expect(open.get('playground:li')).toHaveLength(1);
  expect(await home.directory.member('playground:zhang')).toMatchObject({ name: null, unit: home.town.id });
  expect(await home.reports.weekText(home.town.id, day('2026-11-23'), 'playground:zhang')).toBeNull();
});

test('the person goes on as before: what is filed, carried and closed from then on is whole', async () => {
  const home = await told();
  await home.tell(boss, '/名册 抹除 张三丰 确认');
  expect(await home.hear(zhang, '/日清 新的；未清：新事', '2026-11-23 10:00')).toContain('已记');
  expect(await home.hear(zhang, '/清 全部', '2026-11-24 10:00')).toContain('1');
  expect(await home.tell(zhang, '/我的')).toBeTruthy();
  expect(await home.tell(li, '/名册')).toContain('· zhang，');
  await expectSound(home);
});

test('told again, by the name that is gone, it answers alike and changes nothing', async () => {
  const home = await told();
  const message = say('/名册 抹除 张三丰 确认', { sender: boss, chat: direct(boss) });
  const first = await home.ask(message);
  const after = await stored(home.namespace);
  expect(await home.ask(message)).toBe(first);
  expect(await stored(home.namespace)).toEqual(after);
  expect(await home.tell(boss, '/名册 抹除 张三丰 确认')).toContain('没有找到');
});

test('a leader’s answers and comments go with the leader’s other words', async () => {
  const home = await told();
  const before = JSON.stringify(await stored(home.namespace));
  for (const words of ['秘答', '秘评', '别人的评']) expect(before).toContain(words);
  await home.tell(boss, '/名册 抹除 镇长 确认');
  const after = JSON.stringify(await stored(home.namespace));
  expect(after).not.toMatch(/秘答|秘评|别人的评|镇长/);
  expect(after).toMatch(/秘五/);
  await expectSound(home);
});

test('an edit of what was erased, or of the entry before it, is found by verify', async () => {
  const home = await told();
  await home.tell(boss, '/名册 抹除 张三丰 确认');
  const scope = { unit: home.town.id };
  const log = home.keys.log(scope);
  const entries = await redis.xrange(log, '-', '+');
  const sealed = entries.find(([, fields]) => fields[11]?.startsWith('!'));
  await redis.del(log);
  for (const [id, fields] of entries) {
    const isIt = id === sealed?.[0];
    await redis.xadd(log, id, ...(isIt ? fields.map((was, i) => (i === 5 ? '1' : was)) : fields));
  }
  expect(await verifyLog(redis, home.keys, scope)).toMatchObject({ entry: Number.parseInt(sealed?.[0] ?? '', 10) });
});

test('a second identity’s words go with the person’s', async () => {
  const home = await told();
  await home.hear({ id: 'zhang2' }, '/日清 秘密的', '2026-11-23 09:00', other);
  await home.tell(boss, '/名册 合并 zhang zhang2');
  await home.tell(boss, '/名册 抹除 zhang 确认');
  expect(JSON.stringify(await stored(home.namespace))).not.toMatch(/秘|张三丰/);
  await expectSound(home);
});

test.each([
  [li, '/名册 抹除 张三丰 确认', '这一步只有管理员能办'],
  [boss, '/名册 抹除', '抹除谁的？'],
  [boss, '/名册 抹除 确认', '抹除谁的？'],
  [boss, '/名册 抹除 无此人 确认', '没有找到“无此人”'],
])('%o saying %s erases nothing', async (who, words, answer) => {
  const home = await told();
  const before = await stored(home.namespace);
  expect(await home.tell(who, words)).toContain(answer);
  expect(await stored(home.namespace)).toEqual(before);
});
