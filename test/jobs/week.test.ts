import { beforeAll, expect, test } from 'vitest';
import { weeklyBoard } from '../../jobs/weekly-board.ts';
import { weeklyDraft } from '../../jobs/weekly-draft.ts';
import type { Unit } from '../../src/domain/organisation.ts';
import { county, person } from '../town.ts';

const [wang, li, zhao] = [person('wang', '王一'), person('li', '李二'), person('zhao', '赵三')];

test('on Friday each gets the week drafted, to be confirmed with one tap; who has confirmed or is away gets nothing', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang, li, zhao, person('new')]);
  await home.tell(wang, '2026-11-23 10:00', '/日清 走访3户企业 #招商；未清：防汛台账；明日：开会');
  await home.tell(wang, '2026-11-24 10:00', '/日清 防汛台账；未清：征地，等县局批复');
  await home.tell(wang, '2026-11-27 10:00', '/日清 写材料；明日：陪同省督查');
  await home.tell(li, '2026-11-27 10:00', '/周结 本周主要写材料');
  await home.tell(zhao, '2026-11-27 10:00', '/请假 11-27');
  const posts = await home.run(weeklyDraft, town, '2026-11-27 15:00');
  expect(posts.map(({ chat }) => chat)).toEqual(['direct:new', 'direct:wang']);
  expect(posts[0]?.text).toContain('草稿是空的');
  expect(posts[1]?.text.split('\n').slice(1, -2)).toEqual([
    '完成 3 项',
    '#招商',
    '· 走访3户企业',
    '其他',
    '· 防汛台账',
    '· 写材料',
    '未完成 1 项',
    '· 征地，等县局批复',
    '下一步',
    '· 陪同省督查',
  ]);
  // What the draft said is what /周结 确认 files.
  await home.tell(wang, '2026-11-27 15:05', '/周结 确认');
  const shown = await home.tell(wang, '2026-11-27 15:06', '/周结');
  for (const line of posts[1]?.text.split('\n').slice(1, -2) ?? []) expect(shown[0]?.text).toContain(line);
  expect((await home.run(weeklyDraft, town, '2026-11-27 15:10')).map(({ chat }) => chat)).toEqual(['direct:new']);
});

test('the draft takes in what was carried from the week before, done or not', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang]);
  await home.tell(wang, '2026-11-23 10:00', '/日清 未清：旧账；未清：老台账');
  await home.tell(wang, '2026-12-01 10:00', '/清 1');
  const [post] = await home.run(weeklyDraft, town, '2026-12-04 15:00');
  expect(post?.text.split('\n').slice(1, 5)).toEqual(['完成 1 项', '· 旧账', '未完成 1 项', '· 老台账']);
});

test('somebody who joined today owes no week, and has one drafted only when there is something to tell', async () => {
  const home = county();
  await home.unit('城关镇', [wang]);
  const town = await home.directory.unit('u1');
  const [group, chat] = [{ platform: 'playground', id: '城关镇', kind: 'group' } as const, 'direct:fresh'];
  await home.tell(person('fresh', '新人'), '2026-11-27 10:00', '/日清 走访', group.id);
  const posts = await home.run(weeklyDraft, town as Unit, '2026-11-27 15:00');
  expect(posts.map((post) => post.chat)).toContain(chat);
});

const board = county();
const units: Unit[] = [];
beforeAll(async () => {
  for (const [name, count] of [
    ['城关镇', 4],
    ['河西镇', 3],
    ['东山乡', 0],
  ] as const) {
    const four = [0, 1, 2, 3].map((n) => person(`${name}${n}`, `${name}的${n}号`));
    units.push(await board.unit(name, name === '东山乡' ? four.slice(0, 1) : four));
    for (const date of [23, 24, 25, 26, 27]) {
      for (const one of four.slice(0, count)) await board.tell(one, `2026-11-${date} 16:00`, '/日清 走访');
    }
  }
});

test("the unit's group sees the last week's top, and nobody's name", async () => {
  const [town] = units;
  const posts = await board.run(weeklyBoard, town as Unit, '2026-11-30 09:30');
  expect(posts.map(({ chat }) => chat)).toEqual(['group:城关镇']);
  expect(posts[0]?.text.split('\n')).toEqual([
    '单位榜 · 上周（11月23日—11月29日）',
    '名次  单位  得分',
    '1  城关镇  100.0',
    '2  河西镇  91.7',
    '[城关镇的分怎么算的] /为什么 城关镇 上周',
    '样本不足（应报不满 15 份）暂不排名：东山乡（5 份）',
    '规则 r1。仅供工作调度，不作为考核依据',
  ]);
  expect(posts[0]?.text).not.toContain('号');
});

test('where nothing can be ranked the group is left in peace', async () => {
  const [town] = units;
  // The week of the 16th: everybody joined on its Friday.
  expect(await board.run(weeklyBoard, town as Unit, '2026-11-23 09:30')).toEqual([]);
});

test('a unit alone is shown against its week before', async () => {
  const home = county();
  const people = [0, 1, 2].map((n) => person(`p${n}`));
  const town = await home.unit('城关镇', people);
  for (const date of [23, 24, 25, 26, 27]) await home.tell(person('p0'), `2026-11-${date} 16:00`, '/日清 无');
  const [post] = await home.run(weeklyBoard, town, '2026-11-30 09:30');
  expect(post?.text).toContain('单位榜 · 城关镇（和前一周比）');
  expect(post?.text).toContain('按时率  5/15（33.3%）  —');
  expect(post?.text.split('\n').at(-1)).toBe('规则 r1。仅供工作调度，不作为考核依据');
});
