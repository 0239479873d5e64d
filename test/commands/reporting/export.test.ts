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

/** The sheets of the last workbook handed out, as lines of `a|b|c`, by name. */
const sheetsOf = async (handed: ReadonlyMap<string, Buffer>) => {
  const files = await unzipped([...handed.values()].at(-1) ?? Buffer.alloc(0));
  const names = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet name="([^"]*)"/g)].map(
    ([, name]) => name ?? '',
  );
  const lines = (xml: string) =>
    [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = '']) =>
      [...row.matchAll(/<c [^>]*>(?:<is><t[^>]*>|<v>)([^<]*)/g)].map(([, value]) => value).join('|'),
    );
  return new Map(names.map((name, i) => [name, lines(files.get(`xl/worksheets/sheet${i + 1}.xml`) ?? '')]));
};

test('the days that were asked for say how one stands with each', async () => {
  const { tell, handed } = await begun();
  await tell(wang, '2026-11-25 08:00', '/导出 11月23日-11月24日');
  const days = (await sheetsOf(handed)).get('应报情况');
  expect(days).toEqual([
    '日期|单位|应报|情况|完成|未清|明日',
    '46349|城关镇|日清|按时|1|1|0',
    '46350|城关镇|日清|未报',
  ]);
});

/** A county of two towns, with a leader above both, heads and a coordinator. */
const towns = async () => {
  const home = county();
  const [sun, qian, zhou, wu] = [person('sun', '孙'), person('qian', '钱'), person('zhou', '周'), person('wu', '吴')];
  const top = await home.unit('云岭县', [sun], { roles: { sun: ['leader'] } });
  await home.unit('城关镇', [wang, qian], { parent: top.id, roles: { qian: ['leader'] } });
  await home.unit('白石镇', [li, zhou], { parent: top.id, roles: { zhou: ['coordinator'] } });
  await home.member(wu, null, [{ role: 'inspector', unit: null }]);
  for (const one of ['2026-11-23', '2026-11-24']) {
    await home.tell(wang, `${one} 10:00`, '/日清 走访；未清：=1+1');
    await home.tell(li, `${one} 22:00`, '/日清 材料');
  }
  await home.tell(wang, '2026-11-25 10:00', '/清 1');
  return { ...home, sun, qian, zhou, wu };
};

test('a leader gets what the units below reported, one sheet a unit where asked', async () => {
  const { tell, sun, handed } = await towns();
  const said = await tell(sun, '2026-11-25 11:00', '/导出 日清 11月 分表', '云岭县');
  expect(said.map(({ chat }) => chat)).toEqual(['云岭县', 'sun']);
  expect(said[0]?.text).not.toContain('走访');
  const sheets = await sheetsOf(handed);
  expect([...sheets.keys()]).toEqual(['云岭县', '城关镇', '白石镇']);
  expect(sheets.get('城关镇')).toEqual([
    ...['日期|单位|姓名|报送|类别|事项|状态|清的日期', '46349|城关镇|王一|按时|完成|走访|'],
    ...['46349|城关镇|王一|按时|未清|=1+1|已清|46351', '46350|城关镇|王一|按时|完成|走访|'],
  ]);
  await tell(sun, '2026-11-25 11:00', '/导出 日清 11月23日 城关镇');
  expect((await sheetsOf(handed)).get('日清')?.length).toBe(3);
});

test('a coordinator gets the own unit without the words, a member nothing of others, a leader nothing of other units', async () => {
  const { tell, zhou, qian, handed } = await towns();
  await tell(zhou, '2026-11-25 11:00', '/导出 日清 11月');
  const rows = (await sheetsOf(handed)).get('日清')?.join('\n') ?? '';
  expect(rows).toContain('白石镇|李二|补报|完成|');
  expect(rows).toContain('联络员导出的表不带上报的文字');
  expect(rows).not.toMatch(/材料|城关镇/);
  const before = handed.size;
  const refused = async (who: typeof zhou, line: string) => (await tell(who, '2026-11-25 11:00', line))[0]?.text;
  expect(await refused(wang, '/导出 日清 11月')).toContain('由他们的领导、单位负责人和联络员导出');
  expect(await refused(qian, '/导出 日清 11月 白石镇')).toContain('白石镇的日清由它的领导');
  expect(await refused(qian, '/导出 日清 黑土镇')).toContain('没有找到单位“黑土镇”');
  expect(await refused(qian, '/导出 日清 2027年1月')).toContain('还没到');
  expect(handed.size).toBe(before);
});

test('the board comes with the figures behind each row, as far as the asker may see it', async () => {
  const { tell, wu, handed } = await towns();
  await tell(wu, '2026-11-25 20:00', '/导出 榜 全市 本周');
  const lines = (await sheetsOf(handed)).get('榜') ?? [];
  expect(lines[0]?.split('|').slice(0, 6)).toEqual(['名次', '单位', '得分', '按时率', '日清率', '应报（份）']);
  expect(lines.filter((line) => /城关镇\||白石镇\||云岭县\|/.test(line)).length).toBe(3);
  expect(lines.at(-1)).toContain('仅供工作调度，不作为考核依据');
  // Not yet ranked: a unit's own people see no row, and are told why.
  await tell(wang, '2026-11-25 20:00', '/导出 榜 本周');
  const own = (await sheetsOf(handed)).get('榜') ?? [];
  const few = expect.stringMatching(/^样本不足（应报不满 15 份）暂不排名/);
  expect(own.slice(1)).toEqual([expect.stringContaining('单位榜 · 本周'), '还不能排名。', few, lines.at(-1)]);
});

test.each([
  ['/导出 榜 下月', '还没开始'],
  ['/导出 榜 随便', '看不懂“随便”'],
  ['/导出 红黑榜', '还没有公布过红黑榜'],
  ['/导出 红黑榜 2026年10月', '没有公布过红黑榜'],
  ['/导出 红黑榜 L-03', '没有 L-03'],
  ['/导出 红黑榜 L-03 签发', '看不懂“L-03 签发”'],
])('%s: %s', async (line, words) => {
  const { tell, wu, handed } = await towns();
  expect((await tell(wu, '2026-11-25 11:00', line))[0]?.text).toContain(words);
  expect(handed.size).toBe(0);
});
