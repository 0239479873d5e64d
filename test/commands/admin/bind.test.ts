import { expect, test } from 'vitest';
import type { Chat } from '../../../src/message.ts';
import { house } from '../../house.ts';
import { direct, group, li, say, wang } from '../../values.ts';

const admin = [{ role: 'admin', unit: null } as const];
const second: Chat = { ...group, id: 'g2' };

/** A house whose administrator is Wang. */
const governed = async () => {
  const built = house();
  await built.member(wang, null, admin);
  return built;
};

test('a group is bound to a unit, which is made when it is missing', async () => {
  const { ask, directory } = await governed();
  expect(await ask('/绑定 城关镇')).toContain('已新建单位城关镇，本群绑定到它了');
  expect(await directory.unitOfChat(group)).toMatchObject({ id: 'u1', name: '城关镇', parent: null });
  expect(await ask(say('/绑定 城关镇', { chat: second }))).toContain('本群已绑定到城关镇，它现在有 2 个群');
});

test('whoever then files there belongs to the unit', async () => {
  const { ask, directory } = await governed();
  await ask('/绑定 城关镇');
  await ask(say('/日清 走访3户企业', { sender: li }));
  expect(await directory.membersOf('u1')).toMatchObject([{ id: 'playground:li', name: '李二' }]);
});

test('a parent is made and named', async () => {
  const { ask, directory } = await governed();
  const answer = await ask('/绑定 城关镇 上级 云岭县');
  expect(answer).toContain('城关镇的上级单位是云岭县');
  expect(answer).toContain('同时新建了单位云岭县');
  expect(await directory.units()).toMatchObject([{ name: '云岭县' }, { name: '城关镇', parent: 'u1' }]);
});

test('after making a unit it asks how often it reports; the buttons answer that', async () => {
  const { receive, ask, directory } = await governed();
  const [answer] = await receive(say('/绑定 城关镇'));
  const buttons = answer?.reply.flatMap((block) => (block.kind === 'buttons' ? block.buttons : [])) ?? [];
  expect(buttons.map(({ command }) => command)).toEqual(['/设置 频次 每周', '/设置 频次 每日', '/设置 频次 只报问题']);
  // Until it is answered the question stands.
  expect(await ask('/绑定')).toContain('多久报一次');
  expect(await ask(buttons[0]?.command ?? '')).toContain('城关镇的报送频次已改为：每周');
  expect(await directory.unit('u1')).toMatchObject({ settings: { cadence: 'weekly' } });
  expect(await ask('/绑定 城关镇')).not.toContain('多久报一次');
  expect(await ask('/绑定')).not.toContain('多久报一次');
});

test('weekly is recommended to a town, not to an office; a town at the top is told about the county', async () => {
  const { ask } = await governed();
  const town = await ask('/绑定 城关镇');
  expect(town).toContain('建议每周');
  expect(town).toContain('县级以下原则上不单独建政务应用');
  const office = await ask(say('/绑定 云岭县/县委办', { chat: second }));
  expect(office).not.toContain('建议每周');
  expect(office).not.toContain('县级以下');
});

test('without a name it says what the group is bound to', async () => {
  const { ask } = await governed();
  expect(await ask('/绑定')).toContain('本群还没有绑定单位');
  await ask('/绑定 云岭县/城关镇');
  expect(await ask('/bind')).toContain('本群绑定的是云岭县/城关镇');
});

test('a bound group moves only when told so; members stay where they were', async () => {
  const { ask, directory } = await governed();
  await ask('/绑定 城关镇');
  await ask(say('/日清 走访', { sender: li }));
  expect(await ask('/绑定 上水乡')).toContain('/绑定 改 上水乡');
  expect(await directory.unitOfChat(group)).toMatchObject({ name: '城关镇' });
  expect(await ask('/绑定 改 上水乡')).toContain('本群已从城关镇改绑到上水乡');
  expect(await directory.unitOfChat(group)).toMatchObject({ name: '上水乡' });
  expect(await directory.membersOf('u1')).toHaveLength(1);
  expect(await directory.unit('u1')).toMatchObject({ chats: [] });
});

test('in a direct chat it says where to send it', async () => {
  const { ask, directory } = await governed();
  expect(await ask(say('/绑定 城关镇', { chat: direct(wang) }))).toContain('绑定要在群里发');
  expect(await directory.units()).toEqual([]);
});

test('somebody who is no administrator binds nothing', async () => {
  const { ask, directory } = await governed();
  expect(await ask(say('/绑定 城关镇', { sender: li }))).toBe('/绑定 只有管理员可以用。');
  expect(await directory.units()).toEqual([]);
});

test.each([
  ['/绑定 12345', '要有文字'],
  [`/绑定 ${'长'.repeat(31)}`, '最多 30 个字'],
  ['/绑定 城关镇 上级 城关镇', '不能是自己的上级或下级'],
  ['/绑定 a/b/c/d/e/f/g', '最多写 6 级'],
])('%s makes nothing', async (line, words) => {
  const { ask, directory } = await governed();
  expect(await ask(line)).toContain(words);
  expect(await directory.units()).toEqual([]);
});

test('two groups that make the same unit at the same moment share it', async () => {
  const { ask, directory, member } = await governed();
  await member(li, null, admin);
  await Promise.all([ask('/绑定 云岭县/城关镇'), ask(say('/绑定 云岭县/城关镇', { chat: second, sender: li }))]);
  expect(await directory.units()).toMatchObject([{ name: '云岭县' }, { name: '城关镇', chats: { length: 2 } }]);
});

test('the same message delivered again is answered alike and makes nothing', async () => {
  const { ask, directory } = await governed();
  const message = say('/绑定 城关镇');
  const first = await ask(message);
  expect(await ask(message)).toBe(first);
  expect(await directory.units()).toHaveLength(1);
});
