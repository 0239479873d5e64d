import { expect, test } from 'vitest';
import { type Chat, chatKey, type Person } from '../../../src/message.ts';
import { rebuild, scopesOf, verifyLog, verifyProjections } from '../../../src/store/verify.ts';
import { house, redis } from '../../house.ts';
import { at, day, direct, group, li, say, wang } from '../../values.ts';

const boss: Person = { id: 'boss', name: '管' };
const zhang: Person = { id: 'zhang', name: '张三' };
const other: Chat = { ...group, id: 'g2' };

/** 城关镇 with Wang and its coordinator Li; 上水乡 with Zhang; Boss, in no unit, is administrator. */
const county = async () => {
  const home = house();
  const town = await home.town();
  const village = await home.unit('上水乡', { chats: [chatKey(other)] });
  await home.member(li, town, [{ role: 'coordinator', unit: town.id }]);
  await home.member(zhang, village);
  await home.member(boss, null, [{ role: 'admin', unit: null }]);
  /** Said in private. */
  const tell = async (sender: Person, words: string, over: Parameters<typeof say>[1] = {}) =>
    home.ask(say(words, { sender, chat: direct(sender), addressed: true, ...over }));
  const known = (id: string) => home.directory.member(`playground:${id}`);
  return { ...home, townUnit: town, village, tell, known };
};

test('the people of a unit come with roles and the day they joined, privately', async () => {
  const { hear, tell } = await county();
  expect(await hear(say('/名册', { sender: li }))).toEqual([
    { chat: 'g1', text: '已私信发给你。' },
    { chat: 'li', text: '城关镇名册：2 人\n· 李二，联络员，11月20日（周五）加入\n· 王一，11月20日（周五）加入' },
  ]);

  expect(await tell(boss, '/名册 上水乡')).toBe('上水乡名册：1 人\n· 张三，11月20日（周五）加入');
});

test('somebody who holds an office from elsewhere stands in the roster, and counts not as a member', async () => {
  const { tell, ask } = await county();
  await ask(say('/任命 张三 领导 城关镇', { sender: boss }));
  const said = (await tell(li, '/名册')) ?? '';
  expect(said).toContain('城关镇名册：2 人，另有 1 人在此任职');
  expect(said).toContain('张三，领导，人在上水乡');
});

test('a coordinator sees the own unit, a leader what is below it too, an administrator all; nobody else sees any', async () => {
  const { tell, unit, member, townUnit } = await county();
  await unit('东门社区', { parent: townUnit.id });
  await member({ id: 'chief', name: '镇长' }, townUnit, [{ role: 'leader', unit: townUnit.id }]);
  expect(await tell(li, '/名册 上水乡')).toBe('上水乡的名册只有它的联络员、领导和管理员能看。');
  expect(await tell(li, '/名册 东门社区')).toContain('只有它的联络员');
  expect(await tell({ id: 'chief' }, '/名册 东门社区')).toContain('东门社区名册里还没有人');
  expect(await tell(boss, '/名册')).toBe('看哪个单位的？有城关镇、上水乡、东门社区。例如：/名册 城关镇');
  expect(await tell(boss, '/名册 无此镇')).toContain('没有“无此镇”这个单位');
  expect(await tell(wang, '/名册')).toContain('只有');
});

test('people of one name are told apart, and a long roster comes in pages', async () => {
  const { tell, member, townUnit } = await county();
  for (let i = 0; i < 31; i += 1) await member({ id: `p${i}`, name: '张三' }, townUnit);
  const first = (await tell(li, '/名册')) ?? '';
  expect(first).toContain('城关镇名册：33 人（第 1/2 页）');
  expect(first).toContain('张三（p0）');
  expect(first).toContain('/名册 城关镇 2');
  const second = (await tell(li, '/名册 城关镇 2')) ?? '';
  expect(second.split('\n').filter((line) => line.startsWith('·'))).toHaveLength(3);
  expect(await tell(li, '/名册 城关镇 第3页')).toBe('城关镇的名册共 2 页。');
});

test('who has left owes nothing, holds nothing, keeps the records, and comes back only by checking in', async () => {
  const { tell, ask, known, directory, reports, townUnit } = await county();
  await ask('/日清 走访；未清：协议');
  await ask(say('/任命 王一 领导 城关镇', { sender: boss }));
  expect(await tell(li, '/名册 离任 王一')).toContain('有领导职务或本单位以外的职务，请管理员来办');
  expect(await tell(boss, '/名册 离任 王一')).toBe(
    '王一（wang）已从城关镇离任，从现在起不再应报，以前的记录都还在。同时免去：城关镇领导。' +
      '如果他回来，在单位的群里发 /报到 姓名 即可。',
  );
  expect(await known('wang')).toMatchObject({ unit: null, roles: [], left: day('2026-11-23') });
  expect((await directory.membersOf(townUnit.id)).map(({ id }) => id)).toEqual(['playground:li']);
  const period = await reports.period(townUnit.id, day('2026-11-23'), day('2026-11-23'));
  expect(period.days.get('2026-11-23')?.has('playground:wang')).toBe(true);

  expect(await ask('/日清 又来了')).toBe(
    '你11月23日（周一）离开了原来的单位，这条没有记。要归入城关镇，请先发 /报到 姓名，再报一次。',
  );
  expect((await known('wang'))?.unit).toBeNull();
  await ask('/报到 王一');
  expect(await known('wang')).toMatchObject({ unit: townUnit.id });
  expect(await known('wang')).not.toHaveProperty('left');
  expect(await ask('/日清 又来了')).toContain('已记');
});

test('a coordinator takes off nobody of another unit, and nobody with roles beyond the own', async () => {
  const { tell, ask, known } = await county();
  expect(await tell(li, '/名册 离任 张三')).toContain('没有找到“张三”');
  expect(await tell(li, '/名册 离任 @张三', { mentions: [zhang] })).toContain(
    '只有张三（zhang）所在单位的联络员和管理员',
  );
  await ask(say('/任命 王一 督查', { sender: boss }));
  expect(await tell(li, '/名册 离任 王一')).toContain('请管理员来办');
  expect((await known('wang'))?.unit).not.toBeNull();
  expect(await tell(boss, '/名册 离任 王一')).toContain('同时免去：督查');
});

test('the last administrator neither leaves nor is merged away; a second one may', async () => {
  const { tell, ask, known } = await county();
  expect(await tell(boss, '/名册 离任 我')).toContain('管（boss）是最后一名管理员');
  expect(await tell(boss, '/名册 合并 王一 管')).toContain('管（boss）是最后一名管理员，不能并入');
  expect((await known('boss'))?.roles).toEqual([{ role: 'admin', unit: null }]);
  await ask(say('/任命 王一 管理员', { sender: boss }));
  expect(await tell(boss, '/名册 离任 我')).toContain('已为管（boss）办理离任');
});

test('two identities become one: both act as the one, in one unit, with one history', async () => {
  const { tell, ask, hear, known, directory, reports, keys, townUnit, village } = await county();
  const second: Person = { id: 'wang2', name: '王一' };
  await ask(say('/日清 修路；未清：协议', { sender: second, chat: other, at: at('2026-11-23 08:00') }));
  await ask('/日清 走访；未清：台账');
  await ask(say('/请假 11-25', { sender: second, chat: direct(second), addressed: true }));
  expect(await tell(boss, '/名册 合并 王一 wang2')).toContain('有 2 位“王一”');
  expect(await tell(boss, '/名册 合并 wang wang2')).toContain('王一（wang2）已并入王一（wang）');

  expect(await known('wang2')).toMatchObject({ id: 'playground:wang', unit: townUnit.id });
  expect((await directory.everybody()).map(({ id }) => id)).not.toContain('playground:wang2');
  expect((await directory.membersOf(village.id)).map(({ id }) => id)).toEqual(['playground:zhang']);
  expect((await reports.open(townUnit.id, 'playground:wang')).map(({ text }) => text)).toEqual(['台账', '协议']);
  expect(await reports.open(village.id, 'playground:wang2')).toEqual([]);

  await ask(say('/日清 上报', { sender: second, chat: group }));
  const { days, leave } = await reports.period(townUnit.id, day('2026-11-23'), day('2026-11-25'));
  expect([...(days.get('2026-11-23') ?? new Map()).keys()]).toEqual(['playground:wang']);
  expect(leave.get('playground:wang')).toHaveLength(1);
  // What is asked with the second identity is answered to it.
  expect((await hear(say('/我的', { sender: second })))[1]).toMatchObject({ chat: 'wang2' });
  expect(await ask(say('/任命 wang2 领导', { sender: boss }))).toContain('王一（wang）');
  expect(await tell(boss, '/名册 合并 wang wang2')).toContain('已经是同一个人');
  for (const scope of await scopesOf(redis, keys)) {
    expect(await verifyLog(redis, keys, scope)).toBeNull();
    expect(await verifyProjections(redis, keys, scope)).toEqual([]);
    await rebuild(redis, keys, scope);
  }
  expect(await known('wang2')).toMatchObject({ id: 'playground:wang' });
});

test('what the second identity filed on the day counts for the person', async () => {
  const { tell, ask, member, townUnit } = await county();
  const second: Person = { id: 'wang2', name: '王一' };
  await member(second, townUnit);
  await ask(say('/日清 走访', { sender: second, at: at('2026-11-23 08:00') }));
  expect(await tell(li, '/未报')).toContain('应报 3 人，已报 1 人');
  await tell(boss, '/名册 合并 wang wang2');
  const said = (await tell(li, '/未报')) ?? '';
  expect(said).toContain('应报 2 人，已报 1 人');
  expect(said).not.toContain('王一');
  expect(await tell(wang, '/我的')).toContain('11月23日（周一）：按时');
});

test('a message of the second identity that comes again after the merge is no second report', async () => {
  const { tell, ask, member, reports, townUnit, village } = await county();
  const second: Person = { id: 'wang2', name: '王一' };
  await member(second, village);
  const message = say('/日清 修路', { sender: second, chat: other });
  const first = await ask(message);
  await tell(boss, '/名册 合并 wang wang2');
  expect(await ask(message)).toBe(first);
  const { days } = await reports.period(townUnit.id, day('2026-11-23'), day('2026-11-23'));
  expect(days.get('2026-11-23')?.size ?? 0).toBe(0);
});

test('a wrong merger is taken apart: the second is somebody of its own again', async () => {
  const { tell, ask, known, directory, townUnit } = await county();
  const second: Person = { id: 'wang2', name: '王一' };
  await ask(say('/日清 修路', { sender: second, chat: other }));
  expect(await tell(boss, '/名册 合并 wang wang2')).toContain('/名册 拆分 playground:wang2');
  expect(await tell(boss, '/名册 拆分 playground:wang2')).toContain('wang2已从王一（wang）拆出来');
  expect(await known('wang2')).toMatchObject({ id: 'playground:wang2', unit: null, roles: [] });
  expect(await known('wang')).not.toHaveProperty('merged');
  await ask(say('/日清 修桥', { sender: second }));
  expect(await directory.membersOf(townUnit.id)).toHaveLength(3);
  expect(await tell(boss, '/名册 拆分 wang2')).toBe('wang2没有并入别的账号，没有改动。');
  expect(await tell(li, '/名册 拆分 wang2')).toContain('只有管理员');
});

test('only an administrator merges', async () => {
  const { tell, known } = await county();
  expect(await tell(li, '/名册 合并 王一 张三')).toBe('这一步只有管理员能办，没有改动。');
  expect(await known('zhang')).toMatchObject({ id: 'playground:zhang' });
});

test.each([
  ['/名册 离任', '谁离任？'],
  ['/名册 离任 无此人', '没有找到“无此人”'],
  ['/名册 合并', '哪两个账号'],
  ['/名册 合并 王一', '没看出是哪两个人'],
  ['/名册 合并 王一 王一', '已经是同一个人'],
  ['/名册 合并 王一 无此人', '没看出是哪两个人'],
])('%s is told how', async (line, words) => {
  expect(await (await county()).tell(boss, line)).toContain(words);
});

test('open items go along with who is moved, and keep their words and their days', async () => {
  const { ask, tell, reports, townUnit, village } = await county();
  await ask(say('/日清 未清：协议；未清：合同', { at: at('2026-11-20 10:00') }));
  await ask('/日清 未清：台账');
  const move = say('/任命 王一 成员 上水乡', { sender: boss });
  await ask(move);
  await ask(move);
  const open = await reports.open(village.id, 'playground:wang');
  expect(open.map(({ number, day: on, text }) => [number, `${on}`, text])).toEqual([
    [1, '2026-11-20', '协议'],
    [2, '2026-11-20', '合同'],
    [3, '2026-11-23', '台账'],
  ]);
  expect(await reports.texts(village.id, open)).toEqual(['协议', '合同', '台账']);
  expect(await reports.open(townUnit.id, 'playground:wang')).toEqual([]);
  expect(await tell(wang, '/清 1')).toContain('协议');
});
