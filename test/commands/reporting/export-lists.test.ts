import { expect, test } from 'vitest';
import { coordinator, head, procedure, reviewer, worker } from '../../procedure.ts';
import { unzipped } from '../../render/unzipped.ts';

const published = async () => {
  const { home, until, said } = await procedure();
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2026-12-03 18:00');
  await until('2026-12-04 09:00');
  await said(reviewer, '/红黑榜 L-01 签发');
  await until('2026-12-08 10:00');
  const sheets = async () => {
    const files = await unzipped([...home.handed.values()].at(-1) ?? Buffer.alloc(0));
    return [1, 2].map((n) => files.get(`xl/worksheets/sheet${n}.xml`) ?? '');
  };
  return { ...home, sheets };
};

test('a published issue comes as it was published; whom the warning list names is for leaders to read', async () => {
  const { tell, sheets } = await published();
  await tell(head('城关镇'), '2026-12-08 11:00', '/导出 红黑榜 2026年11月', '城关镇');
  const [honour, warning] = await sheets();
  expect(honour).toMatch(/城关镇.*<v>1<\/v>|<v>1<\/v>.*城关镇/s);
  expect(honour).toContain('SHA-256');
  expect(honour).toContain('仅供工作调度，不作为考核依据');
  expect(warning).toContain('清溪乡');

  await tell(worker('城关镇'), '2026-12-08 11:00', '/导出 红黑榜 L-01');
  const [, unnamed] = await sheets();
  expect(unnamed).not.toContain('清溪乡');
  expect(unnamed).toContain('【黑榜】');
});

test('every correction stands under the exported list, for those who may read it', async () => {
  const { tell, sheets } = await published();
  await tell(reviewer, '2026-12-08 10:30', '/红黑榜 L-01 更正 清溪乡 理由：当天已办结');
  await tell(reviewer, '2026-12-08 10:31', '/红黑榜 L-01 更正 理由：名次按并列算');
  await tell(head('城关镇'), '2026-12-08 11:00', '/导出 红黑榜');
  for (const sheet of await sheets()) {
    expect(sheet).toContain('有误：黑榜不应列入清溪乡。当天已办结');
    expect(sheet).toContain('有误：名次按并列算');
  }
  await tell(worker('城关镇'), '2026-12-08 11:00', '/导出 红黑榜');
  for (const sheet of await sheets()) expect(sheet).not.toContain('清溪乡');
});

test('a list without rows says that there is none', async () => {
  const { home, until, said } = await procedure({ settings: { warningMost: 0 } });
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2026-12-03 18:00');
  await said(reviewer, '/红黑榜 L-01 签发');
  await until('2026-12-08 10:00');
  await home.tell(head('城关镇'), '2026-12-08 11:00', '/导出 红黑榜');
  const files = await unzipped([...home.handed.values()].at(-1) ?? Buffer.alloc(0));
  expect(files.get('xl/worksheets/sheet1.xml')).not.toContain('本期无');
  expect(files.get('xl/worksheets/sheet2.xml')).toContain('【黑榜】本期无');
});

test('what is not published yet is not told to anybody', async () => {
  const { home, until } = await procedure();
  await until('2026-12-01 09:00');
  for (const who of [reviewer, coordinator('清溪乡')]) {
    const [reply] = await home.tell(who, '2026-12-01 10:00', '/导出 红黑榜 2026年11月');
    expect(reply?.text).toContain('没有公布过红黑榜');
  }
  expect(home.handed.size).toBe(0);
});
