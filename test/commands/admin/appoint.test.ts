import { expect, test } from 'vitest';
import { readAppointment } from '../../../src/domain/appointment-text.ts';
import { roles } from '../../../src/domain/roles.ts';
import { locales, translator } from '../../../src/i18n.ts';
import type { Person } from '../../../src/message.ts';
import { house } from '../../house.ts';
import { day, direct, li, say, wang } from '../../values.ts';

const zhang: Person = { id: 'zhangsan', name: '张三' };

/** 城关镇 with its group; Wang is administrator there. */
const governed = async () => {
  const built = house();
  const town = await built.town();
  await built.member(wang, town, [{ role: 'admin', unit: null }]);
  const rolesOf = async (id: string) => (await built.directory.member(`playground:${id}`))?.roles;
  return { ...built, town, rolesOf };
};

test('somebody who is mentioned is appointed, though the bot has never seen him', async () => {
  const { ask, rolesOf, directory } = await governed();
  expect(await ask(say('/任命 @李二 联络员', { mentions: [li] }))).toBe('已任命李二（li）为城关镇联络员。');
  expect(await rolesOf('li')).toEqual([{ role: 'coordinator', unit: 'u1' }]);
  expect(await directory.member('playground:li')).toMatchObject({ name: '李二', unit: null });
});

test('the second coordinator replaces the first, who then may no longer ask for the missing list', async () => {
  const { ask, rolesOf } = await governed();
  await ask(say('/任命 @李二 联络员', { mentions: [li] }));
  const answer = await ask(say('/任命 @张三 联络员', { mentions: [zhang] }));
  expect(answer).toBe('已任命张三（zhangsan）为城关镇联络员。一个单位一名联络员，李二（li）不再担任。');
  expect(await rolesOf('li')).toEqual([]);
  expect(await rolesOf('zhangsan')).toEqual([{ role: 'coordinator', unit: 'u1' }]);
});

test('known people are found by user id and by name, also where a mention carries no id', async () => {
  const { ask, member, town, rolesOf } = await governed();
  await member(li, town);
  await ask('/任命 李二 领导');
  await ask('/任命 li 督查');
  await ask('/任命 @李二 审核人');
  expect((await rolesOf('li'))?.map(({ role }) => role)).toEqual(['leader', 'inspector', 'reviewer']);
});

test('so is somebody without unit and role who only told a name', async () => {
  const { ask, rolesOf } = await governed();
  await ask(say('/报到 张三', { sender: { id: 'z9' }, chat: direct({ id: 'z9' }) }));
  expect(await ask('/任命 张三 领导 城关镇')).toBe('已任命张三（z9）为城关镇领导。');
  expect(await rolesOf('z9')).toEqual([{ role: 'leader', unit: 'u1' }]);
});

test('a name that two people have decides nothing: the answer tells them apart', async () => {
  const { ask, member, town, unit, rolesOf } = await governed();
  await member({ id: 'woAJ2GCAAAXtWyuj9001', name: '张三' }, town);
  await member({ id: 'woAJ2GCAAAXtWyuj9002', name: '张三' }, await unit('上水乡'));
  const answer = await ask('/任命 张三 联络员');
  expect(answer).toContain('城关镇的张三（…9001）、上水乡的张三（…9002）');
  expect(await rolesOf('woAJ2GCAAAXtWyuj9001')).toEqual([]);
  expect(await ask('/任命 …9002 联络员')).toBe('已任命张三（…9002）为城关镇联络员。');
});

test('a user id the bot has not met yet is taken as written, with a word of warning', async () => {
  const { ask, directory, rolesOf } = await governed();
  expect(await ask('/任命 lisi 联络员')).toBe(
    '已任命lisi为城关镇联络员。我还没见过账号 playground:lisi，请核对有没有写错。',
  );
  expect(await rolesOf('lisi')).toEqual([{ role: 'coordinator', unit: 'u1' }]);
  expect(await ask('/任命 lisi 领导')).not.toContain('请核对');
  expect(await ask('/任命 sunqi 城关镇 联络员')).toContain('已任命sunqi为城关镇联络员');
  expect(await ask('/任命 Sun Qi 联络员')).toContain('我还不认识“Sun Qi”');
  await ask('/任命 @wecom:zhao.wu 领导');
  expect(await directory.member('wecom:zhao.wu')).toMatchObject({ roles: [{ role: 'leader', unit: 'u1' }] });
});

test('a name nobody has is nobody', async () => {
  const { ask, directory } = await governed();
  expect(await ask('/任命 赵六 联络员')).toContain('我还不认识“赵六”，没有改动');
  expect(await ask('/任命 nosuch:lisi 联络员')).toContain('我还不认识');
  expect(await directory.everybody()).toHaveLength(1);
});

test('the unit may be named before or after the role', async () => {
  const { ask, member, town, unit, rolesOf } = await governed();
  await member(li, town);
  await unit('上水乡');
  await ask('/任命 李二 领导 上水乡');
  await ask('/任命 李二 上水乡 单位负责人');
  await ask('/任命 李二 为上水乡联络员');
  expect(await rolesOf('li')).toEqual(['leader', 'unitHead', 'coordinator'].map((role) => ({ role, unit: 'u2' })));
});

test('roles are taken with 免去 and 撤销; what was so already is said', async () => {
  const { ask, rolesOf } = await governed();
  await ask(say('/任命 @李二 联络员', { mentions: [li] }));
  expect(await ask('/任命 李二 联络员')).toBe('李二（li）已经是城关镇联络员，没有改动。');
  expect(await ask('/任命 李二 免去 联络员')).toBe('已免去李二（li）的城关镇联络员。');
  expect(await ask('/任命 王一 撤销 督查')).toBe('王一（wang）本来就不是督查，没有改动。');
  expect(await rolesOf('li')).toEqual([]);
});

test('a member is put into a unit, moved, and taken out', async () => {
  const { ask, directory, unit } = await governed();
  await unit('上水乡');
  expect(await ask(say('/任命 @李二 成员', { mentions: [li] }))).toBe(
    '已把李二（li）归入城关镇，下一个工作日起开始报。',
  );
  expect(await ask('/任命 李二 干部 上水乡')).toBe('已把李二（li）从城关镇调到上水乡，下一个工作日起开始报。');
  expect(await directory.membersOf('u2')).toHaveLength(1);
  expect(await ask('/任命 李二 免去 成员')).toBe('已把李二（li）移出上水乡，不再应报；以前的记录都还在。');
  expect(await directory.membersOf('u2')).toEqual([]);
});

test('the last administrator stays; another one can be made, also of oneself by 我', async () => {
  const { ask, rolesOf } = await governed();
  expect(await ask('/任命 我 免去 管理员')).toContain('最后一名管理员');
  await ask(say('/任命 @李二 管理员', { mentions: [li] }));
  expect(await ask('/任命 我 免去 管理员')).toBe('已免去王一（wang）的管理员。');
  expect(await rolesOf('wang')).toEqual([]);
  expect(await ask('/任命 我 管理员')).toBe('/任命 只有管理员可以用。');
});

test('an administrator reads no complaints', async () => {
  const { ask, rolesOf } = await governed();
  expect(await ask('/任命 我 受理人')).toContain('受理人不能兼管理员');
  await ask(say('/任命 @李二 受理人', { mentions: [li] }));
  expect(await ask('/任命 李二 管理员')).toContain('受理人不能兼管理员');
  expect(await rolesOf('li')).toEqual([{ role: 'intakeOfficer', unit: null }]);
});

test.each([
  ['/任命', '任命谁，做什么'],
  ['/任命 李二', '可以任命：成员、联络员'],
  ['/任命 李二 皇帝', '可以任命：成员、联络员'],
  ['/任命 联络员', '任命谁'],
  ['/任命 王一 联络员 无此镇', '没有“无此镇”这个单位'],
  ['/任命 王一 督查 城关镇', '去掉“城关镇”'],
])('%s is told how', async (line, words) => {
  expect(await (await governed()).ask(line)).toContain(words);
});

test('two people at once are refused', async () => {
  const { ask } = await governed();
  expect(await ask(say('/任命 @李二 @张三 成员', { mentions: [li, zhang] }))).toContain('一次只任命一个人');
});

test('the same message delivered again is answered alike', async () => {
  const { ask } = await governed();
  const message = say('/任命 @李二 联络员', { mentions: [li] });
  expect(await ask(message)).toBe(await ask(message));
});

test('leave goes along with whoever is moved, once, however often it is told', async () => {
  const { ask, member, town, unit, reports } = await governed();
  await member(li, town);
  const other = await unit('上水乡');
  await ask(say('/请假 11-18 至 11-19', { sender: li }));
  await ask(say('/请假 11-25 至 11-27 出差', { sender: li }));
  const order = say('/任命 @李二 成员 上水乡', { mentions: [li] });
  const answer = await ask(order);
  expect(await ask(order)).toBe(answer);
  const { leave } = await reports.period(other.id, day('2026-11-23'), day('2026-11-23'));
  expect(leave.get('playground:li')).toEqual([
    { from: day('2026-11-25'), to: day('2026-11-27'), reason: '出差', part: null },
  ]);
});

test.each(locales.flatMap((locale) => roles.map((role) => [locale, role] as const)))(
  'the name under which %s lists the role of %s can be typed',
  (locale, role) => {
    const spoken = readAppointment(`wang ${translator(locale)(`appoint.role.${role}`)}`, false);
    expect([spoken.person, spoken.role]).toEqual(['wang', role]);
  },
);
