import { expect, test } from 'vitest';
import { settingNames } from '../../../src/domain/setting-rules.ts';
import type { Chat } from '../../../src/message.ts';
import { house } from '../../house.ts';
import { at, direct, group, li, say, wang } from '../../values.ts';

const other: Chat = { ...group, id: 'g2' };

/** Wang coordinates 城关镇 (group g1); 上水乡 has the group g2; Li is administrator. */
const governed = async () => {
  const built = house();
  const town = await built.town();
  await built.member(wang, town, [{ role: 'coordinator', unit: town.id }]);
  await built.unit('上水乡', { chats: ['playground:group:g2'] });
  await built.member(li, null, [{ role: 'admin', unit: null }]);
  const set = async (id: string) => (await built.directory.unit(id))?.settings;
  return { ...built, set };
};

test('shows each setting with value, default and range, and who may change it', async () => {
  const { receive } = await governed();
  const [answer] = await receive(say('/设置'));
  const rows = answer?.reply.flatMap((block) => (block.kind === 'table' ? block.rows : []));
  expect(rows).toEqual(
    expect.arrayContaining([
      ['频次', '每日（未确认）', '每日', '每日、每周、只报问题、关，或指定周几'],
      ['截止', '20:00', '20:00', '15:30–23:59'],
      ['提醒', '17:00', '17:00', '15:00–20:30，一次或两次，或关'],
      ['简报', '09:00', '09:00', '08:30–18:30'],
      ['安静', '18:30–08:30', '18:30–08:30', '可以更长，最短 21:00–07:30'],
      ['私信', '每人每天 3 条', '每人每天 3 条', '0–6 条'],
      ['群消息', '每群每天 2 条', '每群每天 2 条', '0–4 条'],
      ['补报', '3 个工作日', '3 个工作日', '0–10 个工作日'],
      ['撤回', '10 分钟', '10 分钟', '0–60 分钟'],
      ['查重', '90%', '90%', '80–100%、关'],
      ['蓝灯', '到期前 2 个工作日', '到期前 2 个工作日', '0–10 个工作日'],
      ['红灯', '超过 3 个工作日', '超过 3 个工作日', '0–10 个工作日'],
      ['周榜', '09:30', '09:30', '08:30–18:30、关'],
      ['榜首', '前 5 名', '前 5 名', '前 3–10 名'],
      ['前后', '各 5 名', '各 5 名', '各 0–10 名'],
      ['门槛', '应报 15 份', '应报 15 份', '3–20 份'],
      ['按时权重', '10', '10', '0–20，经批准到 40'],
      ['日清权重', '20', '20', '0–40'],
    ]),
  );
  expect(answer?.reply.findLast((block) => block.kind === 'text')).toMatchObject({
    text: expect.stringContaining('联络员、领导、负责人和管理员可以改'),
  });
});

test.each([
  ['/设置 截止 18:45', '城关镇的截止时间已改为：18:45。', { deadline: '18:45' }],
  ['/设置 截止：２１点半', '城关镇的截止时间已改为：21:30。', { deadline: '21:30' }],
  ['/设置 提醒 16:30', '城关镇的提醒时间已改为：16:30。', { nudgeAt: '16:30' }],
  ['/设置 提醒 关', '城关镇的提醒时间已改为：关。', { nudgeAt: 'off' }],
  ['/设置 提醒 16:00、18:00', '城关镇的提醒时间已改为：16:00 / 18:00。', { nudgeAt: '16:00,18:00' }],
  ['/设置 简报 18:05', '城关镇的简报时间已改为：18:05。', { digestAt: '18:05' }],
  ['/设置 安静 21:00-07:30', '城关镇的安静时段已改为：21:00–07:30。', { quietFrom: '21:00', quietTo: '07:30' }],
  ['/设置 私信 2', '城关镇的每天私信条数上限已改为：每人每天 2 条。', { privateMost: 2 }],
  ['/设置 群消息 4条', '城关镇的每天群消息条数上限已改为：每群每天 4 条。', { groupMost: 4 }],
  ['/设置 补报 5', '城关镇的补报期限已改为：5 个工作日。', { lateWorkdays: 5 }],
  ['/设置 撤回 30分钟', '城关镇的撤回时限已改为：30 分钟。', { undoMinutes: 30 }],
  ['/settings undo 0', '城关镇的撤回时限已改为：0 分钟。', { undoMinutes: 0 }],
  ['/设置 查重 95', '城关镇的查重提示已改为：95%。', { copyPercent: 95 }],
  ['/设置 查重 关', '城关镇的查重提示已改为：关。', { copyPercent: 0 }],
])('%s', async (line, words, settings) => {
  const { ask, set } = await governed();
  expect(await ask(line)).toBe(words);
  expect(await set('u1')).toEqual(settings);
});

test('weekly says what no longer happens', async () => {
  const { ask, set } = await governed();
  expect(await ask('/设置 频次 每周')).toBe(
    '城关镇的报送频次已改为：每周。从11月23日（周一）起，每周交周结就行；不再催日清，也不发每日未报名单，愿意记日清的照常记。这之前的日子还按原来的频次算。',
  );
  expect(await set('u1')).toEqual({ cadence: 'weekly' });
});

test('the same again says so; 默认 takes it back', async () => {
  const { ask, set } = await governed();
  await ask('/设置 补报 5');
  expect(await ask('/设置 补报 5')).toBe('城关镇的补报期限本来就是这样：5 个工作日，没有改动。');
  expect(await ask('/设置 补报 默认')).toBe('城关镇的补报期限已改为：3 个工作日。');
  expect(await set('u1')).toEqual({});
});

test.each([
  ['/设置 截止 12:00', '15:30 到 23:59 之间'],
  ['/设置 截止 25:00', '“25:00”不行'],
  ['/设置 提醒 14:00', '15:00 到 20:30 之间'],
  ['/设置 简报 07:00', '08:30 到 18:30 之间'],
  ['/设置 安静 22:00-06:00', '不能短于 21:00 到次日 07:30'],
  ['/设置 私信 7', '每天要在 0 到 6 条之间'],
  ['/设置 群消息 5', '每天要在 0 到 4 条之间'],
  ['/设置 补报 11', '0 到 10 个工作日之间'],
  ['/设置 撤回 61', '0 到 60 分钟之间'],
  ['/设置 查重 70', '80 到 100% 之间，或者关'],
  ['/设置 频次 每月', '每日、每周、只报问题、关'],
  ['/设置 截止 16:00', '提醒（17:00）要早于截止（16:00）'],
  ['/设置 提醒 18:30', '落在安静时段 18:30–08:30 里'],
  ['/设置 截至 18:30', '没有“截至 18:30”这个设置或单位，没有改动。是不是想改“截止”？'],
  ['/设置 天气 18:30', '没有改动。发 /设置 看可以改哪些。'],
])('%s changes nothing and says why', async (line, words) => {
  const { ask, set } = await governed();
  expect(await ask(line)).toContain(words);
  expect(await set('u1')).toEqual({});
});

test('a coordinator cannot set another unit, neither in its group nor by its name', async () => {
  const { ask, set } = await governed();
  expect(await ask(say('/设置 补报 5', { chat: other }))).toContain('上水乡的设置你不能改');
  expect(await ask('/设置 上水乡 补报 5')).toContain('上水乡的设置你不能改');
  expect(await set('u2')).toEqual({});
  expect(await ask(say('/设置 补报 5', { chat: direct(wang) }))).toBe('城关镇的补报期限已改为：5 个工作日。');
});

test('an administrator sets the group’s unit, or any that is named', async () => {
  const { ask, set } = await governed();
  await ask(say('/设置 补报 5', { sender: li, chat: other }));
  await ask(say('/设置 城关镇 补报 6', { sender: li, chat: direct(li) }));
  expect([await set('u1'), await set('u2')]).toEqual([{ lateWorkdays: 6 }, { lateWorkdays: 5 }]);
  expect(await ask(say('/设置', { sender: li, chat: direct(li) }))).toContain('有城关镇、上水乡');
});

test('one setting alone can be looked at', async () => {
  const answer = await (await governed()).ask('/设置 截止');
  expect(answer).toContain('15:30–23:59');
  expect(answer).not.toContain('补报');
});

test('a member without a role is told who may', async () => {
  const { ask, member, directory } = await governed();
  await member({ id: 'zhao' }, await directory.unit('u1'));
  expect(await ask(say('/设置 补报 5', { sender: { id: 'zhao' } }))).toBe(
    '/设置 只有本单位联络员、领导、单位负责人、管理员可以用。',
  );
});

test('named weekdays are chosen as people write them, and shown as they read them', async () => {
  const { ask, receive } = await governed();
  expect(await ask('/设置 频次 周一周三周五')).toBe(
    '城关镇的报送频次已改为：周一、周三、周五。从11月23日（周一）起，周一、周三、周五的工作日应报日清，其他日子不催、不算。这之前的日子还按原来的频次算。',
  );
  const table = (await receive(say('/设置 频次')))[0]?.reply.find((block) => block.kind === 'table');
  expect(table?.kind === 'table' && table.rows[0]?.[1]).toBe('周一、周三、周五');
  expect(await ask('/settings cadence Mon Wed Fri')).toContain('本来就是这样');
});

test('who changed what, from what to what, newest first', async () => {
  const { ask } = await governed();
  expect(await ask('/设置 记录')).toBe('城关镇的设置还没有改过，都是默认值。');
  await ask('/设置 截止 18:45');
  await ask('/设置 补报 5');
  await ask(say('/设置 城关镇 截止 默认', { sender: li, at: at('2026-11-24 10:05') }));
  await ask('/设置 截止 12:00');
  await ask('/设置 补报 5');
  await ask(say('/设置 上水乡 补报 6', { sender: li }));
  expect(await ask('/设置 记录')).toBe(
    [
      '城关镇的设置改动，新的在前：',
      '· 11月24日 10:05，李二：截止时间 18:45 → 20:00',
      '· 11月23日 09:00，王一：补报期限 3 个工作日 → 5 个工作日',
      '· 11月23日 09:00，王一：截止时间 20:00 → 18:45',
    ].join('\n'),
  );
  expect(await ask('/设置 补报 记录')).not.toContain('截止');
  expect(await ask('/设置 城关镇 改动')).toBe(await ask('/settings log'));
});

test('the record is for those who may change', async () => {
  const { ask } = await governed();
  expect(await ask('/设置 上水乡 记录')).toContain('上水乡的设置你不能改');
});

test('each table is short, and who may change stands once', async () => {
  const { receive } = await governed();
  const [answer] = await receive(say('/设置'));
  const tables = answer?.reply.filter((block) => block.kind === 'table') ?? [];
  expect(tables.map(({ rows }) => rows.length).every((rows) => rows <= 8)).toBe(true);
  expect(tables.flatMap(({ rows }) => rows)).toHaveLength(settingNames.length);
  expect(answer?.reply.filter((block) => block.kind === 'text' && block.text.includes('可以改'))).toHaveLength(1);
});
