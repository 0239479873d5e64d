import { expect, test } from 'vitest';
import { house } from '../../house.ts';
import { direct, group, li, say } from '../../values.ts';

const stranger = { id: 'woAJ2GCAAAXtWyujWaJH' };

test('a name told in a unit’s group makes a member, who owes from the next workday', async () => {
  const { ask, town, directory } = house();
  await town();
  const answer = await ask(say('/报到 张三', { sender: stranger }));
  expect(answer).toContain('你好，张三');
  expect(answer).toContain('你已归入城关镇，下一个工作日起开始报');
  expect(answer).toContain('请点我的头像进入单聊');
  const known = await directory.member(`playground:${stranger.id}`);
  expect([known?.name, known?.unit, known?.since?.toString()]).toEqual(['张三', 'u1', '2026-11-23']);
});

test('where WeCom’s app writes to people, nobody has to open a chat first', async () => {
  const make = async () => group;
  const robots = { keyOf: async () => null, all: async () => new Map<string, string>(), set: async () => {} };
  const voices = () => ({
    robots,
    keyIn: () => null,
    chatOf: () => group,
    groupOf: () => group,
    greet: async () => {},
    make,
  });
  const { ask } = house({ voices });
  const inGroup = { platform: 'wecom', id: 'g1', kind: 'group' } as const;
  const answer = await ask(say('/报到 张三', { platform: 'wecom', sender: stranger, chat: inGroup }));
  expect(answer).toContain('提醒会由企业微信里的应用私信给你');
  expect(answer).not.toContain('单聊');
});

test('told in the direct chat it is kept, without a unit', async () => {
  const { ask, directory } = house();
  const answer = await ask(say('/报到 张三', { sender: stranger, chat: direct(stranger) }));
  expect(answer).toContain('以后的提醒和简报会发到这里');
  expect(await directory.member(`playground:${stranger.id}`)).toMatchObject({ name: '张三', unit: null });
});

test('without a name it says what is known', async () => {
  const { ask, town } = house();
  await town();
  expect(await ask('/报到')).toBe('你登记为王一，属于城关镇。改名字发 /报到 新名字。');
  expect(await ask(say('/报到', { sender: stranger }))).toContain('还没有登记名字');
  expect(await ask(say('/报到', { sender: li }))).toContain('还没有归到单位');
});

test('a new name changes nothing but the name', async () => {
  const { ask, town, directory } = house();
  await town();
  expect(await ask('/报到 王小一')).toContain('名字已改为王小一，以前的记录还是你的');
  expect(await directory.member('playground:wang')).toMatchObject({ name: '王小一', unit: 'u1' });
});

test('two people of one name are allowed and told so', async () => {
  const { ask, town } = house();
  await town();
  expect(await ask(say('/报到 王一', { sender: stranger }))).toContain('本单位还有一位王一');
});

test('who says it in another unit’s group stays at home and hears how to move', async () => {
  const { ask, town, unit, directory } = house();
  await town();
  await unit('上水乡', { chats: ['playground:group:g2'] });
  const answer = await ask(say('/报到 王一', { chat: { platform: 'playground', id: 'g2', kind: 'group' } }));
  expect(answer).toContain('你仍属城关镇');
  expect(await directory.member('playground:wang')).toMatchObject({ unit: 'u1' });
});

test.each([
  [`/报到 ${'长'.repeat(21)}`, '最多 20 个字'],
  ['/报到 12345', '要有文字'],
  ['/报到 \u202e\u200b😀', '要有文字'],
])('%s keeps nothing', async (line, words) => {
  const { ask, directory } = house();
  expect(await ask(say(line, { sender: stranger }))).toContain(words);
  expect(await directory.member(`playground:${stranger.id}`)).toBeNull();
});
