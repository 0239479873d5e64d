import { expect, test } from 'vitest';
import { unzipped } from '../../render/unzipped.ts';
import { county, person } from '../../town.ts';

const [wang, li, zhao] = [person('wang', '王一'), person('li', '李二'), person('zhao', '赵三')];

const begun = async () => {
  const home = county();
  await home.unit('城关镇', [wang, li, zhao], { roles: { zhao: ['leader'] } });
  await home.tell(wang, '2026-11-23 10:00', '/日清 走访；未清：=HYPERLINK("x")');
  await home.tell(li, '2026-11-23 10:00', '/日清 别人的事');
  await home.tell(zhao, '2026-11-24 10:00', '/点评 wang 细');
  await home.tell(wang, '2026-11-27 16:00', '/周结 征地协议签了3份');
  return home;
};

test('one’s own items, weeks and comments come as a workbook, privately', async () => {
  const { tell, handed } = await begun();
  const [here, privately] = await tell(wang, '2026-11-30 10:00', '/导出', '城关镇');
  expect([here?.chat, privately?.chat]).toEqual(['城关镇', 'wang']);
  expect(privately?.text).toContain('日清 2025-11-30 至 2026-11-30.xlsx');
  const files = await unzipped([...handed.values()][0] ?? Buffer.alloc(0));
  const [items = '', weeks = '', comments = ''] = [1, 2, 3].map((n) => files.get(`xl/worksheets/sheet${n}.xml`));
  expect(items).toContain('走访');
  expect(items).toContain('=HYPERLINK(&quot;x&quot;)');
  expect(items).not.toContain('<f>');
  expect(weeks).toContain('征地协议签了3份');
  expect(comments).toContain('赵三');
  expect(items + weeks + comments).not.toContain('别人的事');
});

test('of the days that were named alone', async () => {
  const { tell, handed } = await begun();
  await tell(wang, '2026-11-30 10:00', '/导出 10月');
  const files = await unzipped([...handed.values()][0] ?? Buffer.alloc(0));
  expect(files.get('xl/worksheets/sheet1.xml')).not.toContain('走访');
});

test.each([
  ['/导出 明年的', '看不懂“明年的”'],
  ['/导出 2027-01-01', '还没到'],
  ['/导出 2020-01-01 至 2026-01-01', '一次最多看 731 天'],
])('%s: %s', async (line, words) => {
  const { tell, handed } = await begun();
  expect((await tell(wang, '2026-11-30 10:00', line))[0]?.text).toContain(words);
  expect(handed.size).toBe(0);
});
