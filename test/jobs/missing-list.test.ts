import { expect, test } from 'vitest';
import { missingList } from '../../jobs/missing-list.ts';
import { county, person } from '../town.ts';

const [wang, li, zhao, boss] = [
  person('wang', '王一'),
  person('li', '李二'),
  person('zhao', '赵三'),
  person('boss', '孙镇长'),
];
const roles = { li: ['coordinator' as const], boss: ['unitHead' as const] };

test("the unit's own coordinator, and nobody else, learns who was missing on the last workday", async () => {
  const home = county();
  const top = await home.unit('云岭县', [person('top')], { roles: { top: ['coordinator'] } });
  const town = await home.unit('城关镇', [wang, li, zhao, boss], { roles, parent: top.id });
  for (const one of [li, boss]) await home.tell(one, '2026-11-27 10:00', '/日清 无');
  await home.tell(zhao, '2026-11-27 10:00', '/请假 11-27');
  const posts = await home.run(missingList, town, '2026-11-30 09:00');
  expect(posts.map(({ chat, text }) => [chat, text.split('\n')])).toEqual([
    [
      'direct:li',
      [
        '城关镇 11月27日（周五）：应报 3 人，已报 2 人',
        '· 未报 1 人：王一',
        '· 请假 1 人：赵三',
        '本人 3 个工作日内可用 /补报 补上；请了假的，可发 /请假 替他登记。',
      ],
    ],
  ]);
});

test('when everybody has filed, late or not, there is nothing to say', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang, li], { roles });
  await home.tell(li, '2026-11-27 10:00', '/日清 无');
  await home.tell(wang, '2026-11-30 08:00', '/补报 11-27 走访3户企业');
  expect(await home.run(missingList, town, '2026-11-30 09:00')).toEqual([]);
});

test('after a holiday the last workday is the one before it; on a day nobody knows, nobody is missing', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang, li], { roles });
  const [post] = await home.run(missingList, town, '2026-11-30 09:00');
  expect(post?.text).toContain('11月27日（周五）');
  expect(await home.run(missingList, town, '2027-03-03 09:00')).toEqual([]);
});

test('without a coordinator nobody is told', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang, boss], { roles });
  expect(await home.run(missingList, town, '2026-11-30 09:00')).toEqual([]);
});
