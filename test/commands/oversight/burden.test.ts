import { expect, test } from 'vitest';
import { county, person } from '../../town.ts';

const [admin, wang] = [person('admin', '管理员'), person('wang', '王一')];

test('/减负 is last month’s account, 本月 the running one; in private', async () => {
  const home = county();
  await home.unit('城关镇', [wang]);
  await home.member(admin, null, [{ role: 'admin', unit: null }]);
  const ask = async (text: string, who = admin) => (await home.tell(who, '2026-11-23 10:00', text))[0]?.text ?? '';
  expect(await ask('/减负')).toMatch(/^2026年10月减负报告/);
  expect(await ask('/减负 本月')).toMatch(/^2026年11月减负报告/);
  expect(await ask('/burden this month')).toMatch(/^2026年11月减负报告/);
  expect(await ask('/减负 10月')).toMatch(/^2026年10月减负报告/);
  expect(await ask('/减负 2026年11月')).toMatch(/^2026年11月减负报告/);
  for (const other of ['9月', '12月', '上周', '三季度']) expect(await ask(`/减负 ${other}`)).toContain('不认识');
  expect(await ask('/减负 上报 没用的表')).toContain('不认识');
  expect(await ask('/减负', wang)).toContain('可以用');
});
