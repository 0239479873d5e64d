import { expect, test } from 'vitest';
import { exceptionEnd } from '../../jobs/exception-end.ts';
import { county, minutesOf, person } from '../town.ts';

const [wang, admin] = [person('wang', '王一'), person('admin', '管理员')];

/** Approved by Li until that day. */
const until = (last: string) => ({
  name: 'on-time-weight',
  values: { weightOnTime: 30 },
  approver: '李书记',
  basis: '5号文',
  until: last,
  ends: 0,
  by: 'playground:wang',
  at: 0,
});

test.each([
  ['2026-11-24', ['2026-11-25 09:00']],
  ['2026-11-27', ['2026-11-30 09:00']],
  ['2026-11-28', ['2026-11-30 09:00']],
  ['2026-12-24', []],
])('what ended on %s is told on the first workday after it', (last, minutes) => {
  const more = { exceptions: [until(last)] };
  expect(minutesOf(exceptionEnd, {}, '2026-11-23', '2026-12-05', [], more)).toEqual(minutes);
});

test("the unit's coordinators and the administrators learn what the setting is again; nobody else", async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang, person('zhao')], { roles: { wang: ['coordinator'] } });
  await home.member(admin, null, [{ role: 'admin', unit: null }]);
  await home.tell(wang, '2026-11-23 10:00', '/设置 按时权重 15');
  await home.tell(wang, '2026-11-23 10:00', '/设置 按时权重 30 批准：李书记 依据：5号文 至：11-24');
  const posts = await home.run(exceptionEnd, town, '2026-11-25 09:00');
  expect(posts.map(({ chat }) => chat).sort()).toEqual(['direct:admin', 'direct:wang']);
  expect(new Set(posts.map(({ text }) => text))).toEqual(
    new Set([
      [
        '城关镇有经批准的例外到期，已自动恢复，不用再做什么：',
        '· 按时率权重恢复为 15（原来：李书记批准，依据5号文，到 2026-11-24 为止）',
      ].join('\n'),
    ]),
  );
});

test('what was taken back or renewed before its end is not told of', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang], { roles: { wang: ['coordinator'] } });
  await home.tell(wang, '2026-11-23 10:00', '/设置 按时权重 30 批准：李书记 依据：5号文 至：11-24');
  await home.tell(wang, '2026-11-23 10:00', '/设置 按时权重 默认');
  expect(await home.run(exceptionEnd, town, '2026-11-25 09:00')).toEqual([]);
});
