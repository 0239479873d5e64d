import { expect, test } from 'vitest';
import { county, person } from '../../town.ts';

const wang = person('wang', '王一');

test('my week: days, what is open with number, age and lamp, and the rates', async () => {
  const home = county();
  await home.unit('城关镇', [wang]);
  await home.tell(wang, '2026-11-23 16:00', '/日清 走访3户企业；未清：防汛台账；未清：园区征地，等县局批复');
  await home.tell(wang, '2026-11-24 20:30', '/日清 写材料；写总结；未清：档案');
  await home.tell(wang, '2026-11-25 09:00', '/请假 11-25');
  const answers = await home.tell(wang, '2026-11-27 10:00', '/我的', '城关镇');
  expect(answers[0]).toEqual({ chat: '城关镇', text: '已私信发给你。' });
  expect(answers[1]?.text.split('\n')).toEqual([
    '你在城关镇的本周（11月23日—11月29日）',
    '· 11月23日（周一）：按时',
    '· 11月24日（周二）：补报',
    '· 11月25日（周三）：请假',
    '· 11月26日（周四）：未报',
    '· 11月27日（周五）：未到截止时间',
    '未清 3 项：',
    // Due on Tuesday: Thursday and Friday are over, Wednesday was leave.
    '· 1. 防汛台账（已 4 个工作日） 🟡Y 黄灯',
    '· 2. 园区征地，等县局批复（已 4 个工作日） ⚪P 暂停',
    '· 3. 档案（已 3 个工作日） 🟡Y 黄灯',
    '办完了发 /清 1',
    '按时率 1/3（33.3%），日清率 3/5（60.0%）',
    '怎么算的，发 /为什么',
  ]);
});

test('last week, a month and a span are told by the same words', async () => {
  const home = county();
  await home.unit('城关镇', [wang]);
  for (const date of [23, 24, 25]) await home.tell(wang, `2026-11-${date} 16:00`, '/日清 走访3户企业');
  const ask = async (text: string) => (await home.tell(wang, '2026-12-02 10:00', text))[0]?.text.split('\n') ?? [];
  const last = await ask('/我的 上周');
  expect(last[0]).toBe('你在城关镇的上周（11月23日—11月29日）');
  expect(last.filter((line) => line.startsWith('· '))).toHaveLength(5 + 1 + 3);
  expect(last).toContain('· 11月25日（周三） 完成：走访3户企业');
  expect(await ask('/我的 上月')).toEqual([
    '你在城关镇的11月1日—11月30日',
    '· 应报 6，按时 3，补报 0，未报 3，请假 0',
    '· 周结：已提交 0 份，草稿未确认 1 份',
    '报过 3 项：',
    ...[23, 24, 25].map((date, i) => `· 11月${date}日（周${'一二三'[i]}） 完成：走访3户企业`),
    '没有未清事项。',
    '按时率 3/6（50.0%），日清率 3/3（100.0%）',
    '怎么算的，发 /为什么',
  ]);
  expect((await ask('/我的 11-24 至 11-25'))[0]).toBe('你在城关镇的11月24日—11月25日');
  expect((await ask('/我的 11-24 至 11-25')).at(-2)).toBe('按时率 2/2（100.0%），日清率 2/2（100.0%）');
  expect((await ask('/我的 2026-1-1 至 2026-11-30'))[0]).toBe('一次最多看 92 天，请把日期分开发。');
  expect((await ask('/我的 未来'))[0]).toContain('看不懂“未来”');
});

test('where the unit reports weekly there is one line a week', async () => {
  const home = county();
  await home.unit('城关镇', [wang], { settings: { cadence: 'weekly' } });
  await home.tell(wang, '2026-11-27 15:00', '/周结 征地协议签了3份');
  const ask = async (when: string, text: string) => (await home.tell(wang, when, text))[0]?.text.split('\n') ?? [];
  expect((await ask('2026-11-27 16:00', '/我的'))[1]).toBe('· 本周（11月23日—11月29日）周结：按时');
  expect((await ask('2026-12-02 16:00', '/我的'))[1]).toBe('· 本周（11月30日—12月6日）周结：未到截止时间');
  expect((await ask('2026-12-02 16:00', '/我的 上周')).at(-2)).toBe('按时率 1/1（100.0%），日清率 —');
});

test('a change of cadence leaves the days before it as they were', async () => {
  const home = county();
  await home.unit('城关镇', [wang], { roles: { wang: ['coordinator'] } });
  const ask = async (when: string, text: string) => (await home.tell(wang, when, text))[0]?.text.split('\n') ?? [];
  await ask('2026-11-23 10:00', '/日清 走访');
  expect((await ask('2026-11-25 10:00', '/设置 频次 每周'))[0]).toContain('从11月25日（周三）起');
  await ask('2026-11-27 15:00', '/周结 征地协议签了3份');
  const mine = await ask('2026-12-01 10:00', '/我的 上周');
  expect(mine.slice(1, 4)).toEqual([
    '· 11月23日（周一）：按时',
    '· 11月24日（周二）：未报',
    '· 上周（11月23日—11月29日）周结：按时',
  ]);
  expect(mine.at(-2)).toContain('按时率 2/3');
  expect(await ask('2026-12-01 10:00', '/为什么 上周')).toContain('· 应报 3 份 = 1 人 × 3 次');
});

test('half a day off is shown beside the day, which is owed all the same', async () => {
  const home = county();
  await home.unit('城关镇', [wang]);
  const ask = async (when: string, text: string) => (await home.tell(wang, when, text))[0]?.text.split('\n') ?? [];
  await ask('2026-11-23 10:00', '/请假 今天下午');
  expect((await ask('2026-11-23 20:30', '/我的'))[1]).toBe('· 11月23日（周一）（下午请假）：未报');
});

test('a word is looked for in a year of one’s own items, literally, newest first, a page at a time', async () => {
  const home = county();
  const other = person('li', '李二');
  await home.unit('城关镇', [wang, other]);
  await home.tell(wang, '2026-11-20 16:00', '/日清 未清：园区征地协议（ＡＢＣ）');
  await home.tell(wang, '2026-11-23 16:00', '/日清 协议签了；走访');
  await home.tell(other, '2026-11-23 16:00', '/日清 别人的协议');
  const ask = async (text: string) => (await home.tell(wang, '2026-11-24 10:00', text))[0]?.text ?? '';
  expect(await ask('/我的 找 协议')).toBe(
    '近 12 个月里有“协议”的 2 项，新的在前：\n· 11月23日（周一） 完成：协议签了\n· 11月20日（周五） 未清：园区征地协议（ＡＢＣ）',
  );
  expect(await ask('/me find abc')).toContain('ＡＢＣ');
  expect(await ask('/我的 找 .*')).toBe('近 12 个月里没有报过“.*”。');

  for (let n = 0; n < 3; n += 1) {
    const items = Array.from({ length: 15 }, (_, i) => `回访第${n}-${i}户`).join('；');
    await home.tell(wang, `2026-11-${25 + n} 16:00`, `/日清 ${items}`);
  }
  const later = async (text: string) => (await home.tell(wang, '2026-11-30 10:00', text))[0]?.text ?? '';
  expect(await later('/我的 找 回访')).toContain('第 1 页，共 3 页。下一页发 /我的 找 回访 第2页');
  expect((await later('/我的 找 回访 第3页')).split('\n')).toHaveLength(1 + 5);
  expect(await later('/我的 找 回访 page 4')).toBe('一共 3 页。');
  expect(await later('/我的 11月 第2页')).toContain('下一页发 /我的 11月 第3页');
  expect(await later('/我的 本季度')).toContain('报过 48 项');
  expect(await later('/我的 2026-11-01..2026-11-20')).toContain('报过 1 项');
});

test('a week whose draft was left is shown as such, and counts as not filed; a confirmed one is filed', async () => {
  const home = county();
  await home.unit('城关镇', [wang]);
  const ask = async (when: string, text: string) => (await home.tell(wang, when, text))[0]?.text.split('\n') ?? [];
  await home.tell(wang, '2026-11-24 16:00', '/日清 走访3户企业');
  expect((await ask('2026-11-27 14:00', '/我的')).join()).not.toContain('周结');
  expect(await ask('2026-11-27 16:00', '/我的')).toContain('· 周结：草稿（未确认）。发 /周结 本周 看草稿');
  expect(await ask('2026-12-01 16:00', '/我的 上周')).toContain('· 周结：草稿（未确认）。发 /周结 上周 看草稿');
  expect(await ask('2026-12-08 16:00', '/我的 11-23至11-29')).toContain('· 周结：草稿（未确认）');
  expect(await ask('2026-12-01 16:01', '/我的 11月')).toContain('· 周结：已提交 0 份，草稿未确认 1 份');
  await home.tell(wang, '2026-12-01 16:02', '/周结 上周 确认');
  expect(await ask('2026-12-01 16:03', '/我的 上周')).toContain('· 周结：已提交');
  expect(await ask('2026-12-01 16:04', '/我的 11月')).toContain('· 周结：已提交 1 份，草稿未确认 0 份');
});

test('a week that is due on the next Monday is missing after its hour, not before', async () => {
  const home = county();
  await home.unit('城关镇', [wang], { settings: { cadence: 'weekly', weekDueAt: '10:00' } });
  const ask = async (when: string, text: string) => (await home.tell(wang, when, text))[0]?.text ?? '';
  expect(await ask('2026-11-30 10:00', '/我的 上周')).toContain('周结：未到截止时间');
  expect(await ask('2026-11-30 10:01', '/我的 上周')).toContain('周结：未报');
  expect(await ask('2026-11-30 10:00', '/周结 上周 协议签了3份')).not.toContain('补报');
});

test('what was filed under an account that was merged is one’s own: listed, found, exported', async () => {
  const home = county();
  const [old, boss] = [person('wang2', '王一'), person('boss', '管')];
  await home.unit('城关镇', [wang, old]);
  await home.member(boss, null, [{ role: 'admin', unit: null }]);
  await home.tell(old, '2026-11-23 16:00', '/日清 旧账号的协议');
  await home.tell(wang, '2026-11-24 16:00', '/日清 新账号的协议');
  await home.tell(boss, '2026-11-25 09:00', '/名册 合并 wang wang2');
  const ask = async (text: string) => (await home.tell(wang, '2026-11-25 10:00', text))[0]?.text ?? '';
  expect(await ask('/我的 11月')).toMatch(/旧账号的协议[\s\S]*新账号的协议/);
  expect(await ask('/我的 找 协议')).toContain('2 项');
});
