import { beforeAll, expect, test } from 'vitest';
import { county, person } from '../../town.ts';

/** Six people of 城关镇, two of one name; the last two file least. */
const people = [
  person('a0', '甲'),
  person('a1', '同名'),
  person('a2', '同名'),
  person('a3', '丁'),
  person('a4', '戊'),
  person('a5', '己'),
];
const admin = person('admin', '管理员');
const other = person('b0', '外人');
let home: ReturnType<typeof county>;
const ask = async (who: typeof admin, text: string, where?: string) =>
  (await home.tell(who, '2026-11-30 10:00', text, where)).map((answer) => `${answer.chat}：${answer.text}`).join('\n');

beforeAll(async () => {
  home = county();
  await home.unit('城关镇', people);
  await home.unit('河西镇', [other]);
  await home.member(admin, null, [{ role: 'admin', unit: null }]);
  const days = ['23', '24', '25', '26', '27'];
  for (const [n, one] of people.entries()) {
    for (const date of days.slice(0, [5, 5, 5, 4, 3, 1][n]))
      await home.tell(one, `2026-11-${date} 16:00`, '/日清 走访');
  }
});

test('nobody is ranked until somebody is named who approved it', async () => {
  expect(await ask(people[0] ?? admin, '/榜', '城关镇')).not.toContain('人员榜');
  expect(await ask(people[0] ?? admin, '/榜')).not.toContain('人员榜');
  expect(await ask(people[0] ?? admin, '/为什么 上周')).toContain('个人不打分、不排名');
  expect(await ask(admin, '/设置 城关镇 人员榜 开')).toContain('没有改动');
  expect(await ask(people[0] ?? admin, '/榜', '城关镇')).not.toContain('人员榜');
});

test('in its own group the first names stand with approver and basis, namesakes told apart, the last ones nowhere', async () => {
  const set = await ask(admin, '/设置 城关镇 人员榜 开 批准：李书记 依据：县委办〔2026〕5号 至：2026-12-31');
  expect(set).not.toContain('没有改动');
  const said = await ask(people[5] ?? admin, '/榜', '城关镇');
  expect(said).toContain('人员榜 · 城关镇（6 人参与排名）');
  // 20 × 1 + 10 × on time: of six the upper half.
  expect(said).toContain('1  甲  100.0\n1  同名（a1）  100.0\n1  同名（a2）  100.0');
  expect(said).toContain('由李书记批准，依据县委办〔2026〕5号，到 2026-12-31 为止');
  for (const name of ['丁', '戊', '己']) expect(said).not.toMatch(new RegExp(`\\d {2}${name} `));
  expect(said.split('\n').at(-1)).toContain('仅供工作调度，不作为考核依据');
});

test('one’s own place is told to oneself alone, without neighbours, and explained', async () => {
  const last = await ask(people[5] ?? admin, '/榜');
  expect(last).toContain('你在本单位人员榜第 6 名（6 人参与排名），73.3 分');
  for (const { name } of people.slice(0, 5)) expect(last).not.toContain(name);
  expect(last.split('\n').at(-1)).toContain('仅供工作调度，不作为考核依据');
  expect(last.match(/仅供工作调度/gu)).toHaveLength(1);
  const why = await ask(people[5] ?? admin, '/为什么 上周', '城关镇');
  expect(why).toContain('城关镇：已私信发给你。');
  expect(why).toContain('得分 = 100 ×（20 × 1/1 + 10 × 1/5）÷ 30 = 73.3');
});

test('another unit’s group and the whole organisation’s board name nobody', async () => {
  for (const said of [
    await ask(people[0] ?? admin, '/榜', '河西镇'),
    await ask(people[0] ?? admin, '/榜 全县', '城关镇'),
  ]) {
    expect(said).not.toContain('人员榜');
    expect(said).not.toContain('同名');
  }
});

test('a person of whom too little was expected has no place; the unit says how much that is', async () => {
  expect(await ask(admin, '/设置 城关镇 人员榜门槛 6')).toContain('应报 6 份');
  expect(await ask(people[0] ?? admin, '/榜')).toContain('你应报 5 份，不满 6 份，人员榜暂不排名');
  expect(await ask(people[0] ?? admin, '/榜', '城关镇')).toContain('还没有人应报满 6 份');
  expect(await ask(admin, '/设置 城关镇 人员榜门槛 1')).toContain('没有改动');
});

test('in a week without a report nobody stands first: not a unit, not a person', async () => {
  const quiet = county();
  await quiet.unit('东山镇', people);
  await quiet.unit('西山镇', [person('c0'), person('c1'), person('c2'), person('c3')]);
  await quiet.member(admin, null, [{ role: 'admin', unit: null }]);
  const said = async (who: typeof admin, text: string, where?: string) =>
    (await quiet.tell(who, '2026-11-30 10:00', text, where)).map((answer) => answer.text).join('\n');
  await said(admin, '/设置 东山镇 人员榜 开 批准：李书记 依据：县委办〔2026〕5号 至：2026-12-31');
  const inGroup = await said(people[0] ?? admin, '/榜 上周', '东山镇');
  // By the rule both are ranked, and share the place.
  expect(inGroup).toContain('1  东山镇  0.0\n1  西山镇  0.0');
  expect(inGroup).toContain('名次不分先后');
  expect(inGroup).toContain('本单位这期还没有人得分');
  expect(inGroup).not.toContain('同名');
  expect(await said(people[0] ?? admin, '/榜 上周')).not.toContain('第 1 名（');
  expect(await said(people[0] ?? admin, '/为什么 上周')).not.toContain('第 1 名（');
});
