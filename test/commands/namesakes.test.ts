import { expect, test } from 'vitest';
import { missingList } from '../../jobs/missing-list.ts';
import { county, person } from '../town.ts';

const [li, one, two, boss] = [
  person('li', '李二'),
  person('woAJ2GCAAAXtWyuj9001', '张三'),
  person('woAJ2GCAAAXtWyuj9002', '张三'),
  person('boss', '管'),
];
const both = /张三（…9001）.*张三（…9002）/s;

/** 城关镇 with two people called 张三, and Li, its coordinator, who decides on leave. */
const begun = async () => {
  const home = county();
  const unit = await home.unit('城关镇', [li, one, two], {
    roles: { li: ['coordinator'] },
    settings: { leaveApproval: 'on' },
  });
  await home.member(boss, null, [{ role: 'admin', unit: null }]);
  return { ...home, town: unit };
};

test('two people of one name are told apart wherever both may be meant', async () => {
  const { tell, run, told, town } = await begun();
  const say = async (who: typeof li, words: string) =>
    (await tell(who, '2026-11-23 09:00', words)).map(({ text }) => text).join('\n');

  expect(await say(li, '/未报')).toMatch(both);
  expect((await run(missingList, town, '2026-11-24 09:00')).map(({ text }) => text).join('\n')).toMatch(both);
  expect(await say(li, '/名册')).toMatch(both);
  expect(await say(li, '/请假 张三 11-25')).toMatch(both);
  expect(await say(boss, '/任命 张三 领导 城关镇')).toMatch(both);
  expect(await say(boss, '/名册 离任 张三')).toMatch(both);

  await say(one, '/请假 11-26 出差');
  await say(two, '/请假 11-27 出差');
  expect(told().join('\n')).toMatch(both);
  expect(await say(li, '/请假 待批')).toMatch(both);
  expect(await say(li, '/请假 张三（…9001） 11-25')).toContain('张三（…9001）');
  expect(await say(li, '/值班 张三（…9001） 11-28')).toContain('张三（…9001）');
  expect(await say(li, '/销假 张三（…9001） 11-25')).toContain('张三（…9001）');
});
