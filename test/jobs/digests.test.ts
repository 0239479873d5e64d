import { expect, test } from 'vitest';
import { dailyDigest } from '../../jobs/daily-digest.ts';
import { weeklyDigest } from '../../jobs/weekly-digest.ts';
import { county, person } from '../town.ts';

const [wang, li, zhao, boss] = [
  person('wang', '王一'),
  person('li', '李二'),
  person('zhao', '赵三'),
  person('boss', '孙镇长'),
];

/** 城关镇 from Monday, 23 November 2026: see the numbers in the first test. */
const town = async () => {
  const home = county();
  const unit = await home.unit('城关镇', [wang, li, zhao], { roles: { zhao: ['leader'] } });
  await home.tell(wang, '2026-11-23 10:00', '/日清 走访；写材料；未清：防汛台账');
  await home.tell(li, '2026-11-23 10:00', '/日清 走访；未清：征地，等县局批复；求助：请协调用地指标');
  await home.tell(zhao, '2026-11-23 10:00', '/日清 无');
  await home.tell(wang, '2026-11-24 10:00', '/日清 走访；写材料；写总结；开会；未清：档案');
  await home.tell(li, '2026-11-24 21:00', '/日清 走访');
  return { ...home, made: unit };
};

test('the daily digest: what the leader is to answer first, then results with their change, what is overdue, what waits, and reports', async () => {
  const { run, made } = await town();
  const posts = await run(dailyDigest, made, '2026-11-26 09:00');
  expect(posts.map(({ chat }) => chat)).toEqual(['direct:zhao']);
  // About Wednesday the 25th, on which nobody filed.
  expect(posts[0]?.text.split('\n')).toEqual([
    '简报 · 11月25日（周三） · 城关镇',
    '· 等你答复 1 项：',
    '· H-01 🟡Y 黄灯 请协调用地指标（城关镇，11月24日 18:00 前）',
    '· 办结 0 项（比前一工作日 -5），新增未清 0 项',
    '· 超期未清 2 项：🟡Y 黄灯 2，最久的已 3 个工作日',
    '· 等别人答复的 1 项',
    '· 应报 3，按时 0（比前一工作日 -1），未报 3',
    '[看城关镇] /看 城关镇',
    '[看单位榜] /榜',
  ]);
});

test('the day before it: what was done and closed, what is new, who was late as a count', async () => {
  const { run, tell, made } = await town();
  await tell(wang, '2026-11-24 17:00', '/清 1');
  const [post] = await run(dailyDigest, made, '2026-11-25 09:00');
  expect(post?.text.split('\n').slice(3)).toEqual([
    '· 办结 6 项（比前一工作日 +3），新增未清 1 项',
    '· 等别人答复的 1 项',
    '· 应报 3，按时 1（比前一工作日 -2），补报 1，未报 1',
    '[看城关镇] /看 城关镇',
    '[看单位榜] /榜',
  ]);
});

test('no name of a person stands in a digest', async () => {
  const { run, made } = await town();
  const posts = [
    ...(await run(dailyDigest, made, '2026-11-25 09:00')),
    ...(await run(weeklyDigest, made, '2026-11-30 09:00')),
  ];
  expect(posts).toHaveLength(2);
  for (const { text } of posts)
    for (const { id, name } of [wang, li, zhao]) {
      expect(text).not.toContain(name);
      expect(text).not.toContain(id);
    }
});

test('the weekly digest tells of the whole last week, compared with the one before', async () => {
  const { run, tell, made } = await town();
  for (const date of ['11-30', '12-01', '12-02', '12-03', '12-04'])
    await tell(wang, `2026-${date} 10:00`, '/日清 走访');
  const [first] = await run(weeklyDigest, made, '2026-11-30 09:00');
  expect(first?.text.split('\n')).toEqual([
    '一周简报 · 上周（11月23日—11月29日） · 城关镇',
    '· 等你答复 1 项：',
    '· H-01 🔴R 红灯 请协调用地指标（城关镇，11月24日 18:00 前）',
    '· 办结 8 项，新增未清 2 项',
    // Due on the 24th and the 25th: four and three workdays over on the 30th.
    '· 超期未清 2 项：🔴R 红灯 1、🟡Y 黄灯 1，最久的已 5 个工作日',
    '· 等别人答复的 1 项',
    '· 应报 15，按时 4，补报 1，未报 10',
    '[看城关镇] /看 城关镇',
    '[看单位榜] /榜 上周',
  ]);
  const [second] = await run(weeklyDigest, made, '2026-12-07 09:00');
  expect(second?.text).toContain('办结 5 项（比前一周 -3）');
  expect(second?.text).toContain('应报 15，按时 5（比前一周 +1），未报 10');
});

test('an evening digest is about its own day, and those who still have time are not missing', async () => {
  const home = county();
  const unit = await home.unit('城关镇', [wang, li], { roles: { li: ['unitHead'] }, settings: { digestAt: '18:05' } });
  await home.tell(wang, '2026-11-24 10:00', '/日清 走访');
  const [post] = await home.run(dailyDigest, unit, '2026-11-24 18:05');
  expect(post?.text.split('\n').slice(0, 3)).toEqual([
    '简报 · 11月24日（周二） · 城关镇',
    '· 办结 1 项（比前一工作日 +1），新增未清 0 项',
    '· 应报 2，按时 1（比前一工作日 +1），还没到截止 1',
  ]);
});

test('a leader of the county reads of all units below, those in trouble first, in twenty lines at most', async () => {
  const home = county();
  const top = await home.unit('云岭县', [boss], { roles: { boss: ['unitHead'] }, settings: { cadence: 'off' } });
  const names = ['一镇', '二镇', '三镇', '四镇', '五镇', '六镇', '七镇', '八镇', '九镇', '十镇', '东镇', '西镇'];
  for (const name of names) {
    const one = person(name);
    await home.unit(name, [one], { parent: top.id });
    const help = ['甲', '乙'].map((about) => `求助：请协调${name}${about}`).join('；');
    await home.tell(one, '2026-11-23 10:00', `/日清 走访；${help}${name === '八镇' ? '；未清：台账' : ''}`);
  }
  const [post] = await home.run(dailyDigest, top, '2026-11-25 09:00');
  const lines = post?.text.split('\n') ?? [];
  expect(lines[0]).toBe('简报 · 11月24日（周二） · 云岭县等 12 个单位');
  expect(lines[1]).toBe('· 等你答复 24 项，其余发 /答复 看：');
  // The item of Monday was due on Tuesday.
  expect(lines.find((line) => line.includes('按时 0/1'))).toBe('· 八镇：办结 0，超期 1，按时 0/1，未报 1');
  expect(lines).toContain('· 其余 4 个单位：没有超期，未报 4；全部发 /看 单位');
  expect(lines.slice(-2)).toEqual(['[看八镇] /看 八镇', '[看单位榜] /榜']);
  expect(lines.length).toBe(20);
});

test('somebody who leads two units gets one digest, at the hour of the first', async () => {
  const home = county();
  const first = await home.unit('一镇', [wang]);
  const second = await home.unit('二镇', [li]);
  await home.member(boss, null, [
    { role: 'leader', unit: second.id },
    { role: 'leader', unit: first.id },
  ]);
  const [post, ...more] = await home.run(dailyDigest, first, '2026-11-25 09:00');
  expect(more).toEqual([]);
  expect(post?.text).toContain('一镇等 2 个单位');
  expect(await home.run(dailyDigest, second, '2026-11-25 09:00')).toEqual([]);
});

test('where nothing was owed and nothing is open there is no message', async () => {
  const home = county();
  const unit = await home.unit('城关镇', [wang, li], { roles: { li: ['leader'] }, settings: { cadence: 'off' } });
  expect(await home.run(dailyDigest, unit, '2026-11-25 09:00')).toEqual([]);
  const empty = await home.unit('河西镇', []);
  await home.member(boss, null, [{ role: 'leader', unit: empty.id }]);
  expect(await home.run(weeklyDigest, empty, '2026-11-30 09:00')).toEqual([]);
});
