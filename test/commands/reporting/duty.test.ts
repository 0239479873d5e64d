import { expect, test } from 'vitest';
import { missingList } from '../../../jobs/missing-list.ts';
import { county, person } from '../../town.ts';

const [wang, li, zhang] = [person('wang', '王一'), person('li', '李二'), person('zhangsan', '张三')];

/** Li coordinates 城关镇; Wang and Zhang belong to it; it is Monday 23 November. */
const staffed = async (settings = {}) => {
  const home = county();
  const town = await home.unit('城关镇', [wang, li, zhang], { roles: { li: ['coordinator'] }, settings });
  const ask = async (text: string, who = li, when = '2026-11-23 09:00') =>
    (await home.tell(who, when, text))[0]?.text ?? '';
  return { ...home, town, ask };
};

test('whoever is on duty on a Saturday owes its report, is told, and stands in the list on Monday', async () => {
  const { ask, run, town, told } = await staffed();
  expect(await ask('/值班 11-28 张三')).toBe(
    '已登记张三值班：11月28日（周六）。值班当天照常应报日清，没报算未报；工作日本来就要报，不另记。',
  );
  expect(told()).toEqual(['zhangsan: 联络员给你登记了值班：11月28日（周六）。当天请照常发 /日清。']);
  for (const who of [wang, li, zhang]) await ask('/日清 走访', who, '2026-11-27 10:00');
  const [post] = await run(missingList, town, '2026-11-30 09:00');
  expect(post?.text.split('\n').slice(0, 2)).toEqual([
    '城关镇 11月28日（周六）：应报 1 人，已报 0 人',
    '· 未报 1 人：张三',
  ]);
  expect(await ask('/未报', li, '2026-11-28 21:00')).toContain('未报 1 人：张三');
});

test('a report on duty counts; without duty the Saturday asks nobody', async () => {
  const { ask, run, town } = await staffed();
  await ask('/值班 11-28 张三');
  for (const who of [wang, li, zhang]) await ask('/日清 走访', who, '2026-11-27 10:00');
  await ask('/日清 值守', zhang, '2026-11-28 18:00');
  expect(await run(missingList, town, '2026-11-30 09:00')).toEqual([]);
  expect(await ask('/我的', zhang, '2026-11-28 19:00')).toContain('11月28日（周六）（值班）：按时');
});

test('it is cancelled, shown, and set for several days', async () => {
  const { ask } = await staffed();
  expect(await ask('/值班')).toContain('还没有安排值班');
  await ask('/值班 张三 11-28至11-29');
  expect(await ask('/值班 11-28 张三')).toContain('已经登记过值班');
  expect((await ask('/值班')).split('\n')).toEqual([
    '值班安排：',
    '· 11月28日（周六） 张三（城关镇）',
    '· 11月29日（周日） 张三（城关镇）',
  ]);
  expect(await ask('/值班', zhang)).toContain('11月29日');
  expect(await ask('/值班', wang)).toBe('你没有值班。');
  expect(await ask('/值班 取消 11-28 张三')).toBe('已取消张三值班：11月28日（周六）。当天不用报。');
  expect(await ask('/值班 取消 11-28 张三')).toContain('那几天没有登记值班');
  expect((await ask('/值班')).split('\n')).toHaveLength(2);
});

test.each([
  ['/值班 11-24 张三', '那是要报的工作日'],
  ['/值班 11-21 张三', '过去的日子'],
  ['/值班 2029-01-06 张三', '366 天以内'],
  ['/值班 11-28 至 2027-01-10 张三', '一次最多安排 31 天'],
  ['/值班 11-28', '谁值班'],
  ['/值班 张三', '哪天值班'],
  ['/值班 11-28 谁谁', '没有找到'],
])('%s is refused: %s', async (line, words) => {
  const { ask } = await staffed();
  expect(await ask(line)).toContain(words);
  expect(await ask('/值班')).toContain('还没有安排值班');
});

test('nobody on leave is put on duty, and members set none', async () => {
  const { ask } = await staffed();
  await ask('/请假 11-27 至 11-30', zhang);
  expect(await ask('/值班 11-28 张三')).toContain('本人有请假');
  expect(await ask('/值班 11-28 李二', wang)).toContain('只有本单位的联络员、领导和负责人');
});

test('where no single day is asked for, duty is kept but owes nothing', async () => {
  const { ask, run, town } = await staffed({ cadence: 'weekly' });
  expect(await ask('/值班 11-28 张三')).toContain('本单位不按天报');
  expect(await run(missingList, town, '2026-11-30 09:00')).toEqual([]);
});
