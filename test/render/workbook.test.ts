import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { TableRow } from '../../src/domain/table.ts';
import type { Cell, Sheet } from '../../src/ports.ts';
import { workbook } from '../../src/render/workbook.ts';
import { readTable } from '../../src/tables/read-table.ts';
import { day } from '../values.ts';
import { unzipped } from './unzipped.ts';

const columns = [
  { title: '日期', width: 12 },
  { title: '内容', width: 70 },
];
const bytesOf = async (sheets: readonly Sheet[]) => Buffer.concat(await workbook(sheets).toArray());
const sheetOf = async (rows: readonly (readonly Cell[])[], more: Partial<Sheet> = {}) => {
  const files = await unzipped(await bytesOf([{ name: '事项', columns, rows, ...more }]));
  return { files, sheet: files.get('xl/worksheets/sheet1.xml') ?? '' };
};

/** What the house's own strict reader makes of a workbook's first sheet. */
const readBack = async (bytes: Buffer) => {
  const rows: TableRow[] = [];
  for await (const some of readTable(new Blob([bytes as BlobPart]).stream())) rows.push(...some);
  return rows.map(({ cells }) => cells);
};

test('cells keep their types: a day is a day, a number a number, a rate a percentage, text is text', async () => {
  const { sheet } = await sheetOf([
    [day('2026-11-23'), '走访3户'],
    [42.5, null],
    [null, { part: 3, whole: 4 }],
    [Number.NaN, { part: 0, whole: 0 }],
    [day('1899-12-31'), ''],
  ]);
  // 23 November 2026 is day 46349 of Excel's calendar.
  expect(sheet).toContain('<row r="2"><c r="A2" s="1"><v>46349</v></c><c r="B2" t="inlineStr" s="0">');
  expect(sheet).toContain('<row r="3"><c r="A3"><v>42.5</v></c></row>');
  expect(sheet).toContain('<row r="4"><c r="B4" s="3"><v>0.75</v></c></row><row r="5"></row>');
  expect(sheet).toContain('<c r="A6" t="inlineStr" s="0"><is><t xml:space="preserve">1899-12-31</t></is></c>');
});

test.each(['=1+1', '+cmd|calc', '-2', '@SUM(A1)', '\t=1'])('%j is text and no formula', async (typed) => {
  const { sheet } = await sheetOf([[typed]]);
  expect(sheet).not.toContain('<f>');
  expect(sheet).toContain(`<c r="A2" t="inlineStr" s="0"><is><t xml:space="preserve">${typed}</t></is></c>`);
});

test('nothing that a person can type breaks the file', async () => {
  const { sheet } = await sheetOf([['<b>&"\u0000\u001b\uffff\ud800\r\n_x0041_']]);
  expect(sheet).toContain('<t xml:space="preserve">&lt;b&gt;&amp;&quot;\ufffd\n_x005F_x0041_</t>');
});

test('whatever the cells and names hold, every part is XML that a strict parser takes', async () => {
  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constant('\ud83d'));
  const property = fc.asyncProperty(fc.array(fc.tuple(anyText, anyText)), anyText, async (rows, name) => {
    const { files } = await sheetOf(rows, { name, footer: [name] });
    for (const xml of files.values()) {
      const parser = new SaxesParser();
      parser.on('error', (error) => {
        throw error;
      });
      parser.write(xml).close();
    }
  });
  await fc.assert(property, { numRuns: 50 });
});

test('a text of more than 32,767 characters is cut, never through a pair, and says so', async () => {
  const { sheet } = await sheetOf([[`${'a'.repeat(32_765)}😀b`]]);
  const text = /<c r="A2"[^>]*><is><t[^>]*>([^<]*)</.exec(sheet)?.[1] ?? '';
  expect([text.length, text.at(-1), text.isWellFormed()]).toEqual([32_766, '…', true]);
});

test('the first row stands still, is bold and can be filtered by; columns are what Excel takes', async () => {
  const { sheet } = await sheetOf([[day('2026-11-23'), '走访'], [null]], { footer: ['仅供工作调度'] });
  expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(sheet).toContain('<c r="A1" t="inlineStr" s="2"><is><t xml:space="preserve">日期</t></is></c>');
  expect(sheet).toContain('<autoFilter ref="A1:B3"/>');
  // Below an empty row: sorting leaves it where it is.
  expect(sheet).toContain(
    '<row r="5"><c r="A5" t="inlineStr" s="4"><is><t xml:space="preserve">仅供工作调度</t></is></c></row>',
  );
});

const widths = (sheet: string) => [...sheet.matchAll(/ width="(\d+)"/g)].map(([, width]) => Number(width));

test('columns are as wide as what stands in them, a Chinese character as two, and never wider than asked', async () => {
  const { sheet } = await sheetOf([
    [day('2026-11-23'), '走访abc\n两行'],
    [day('2026-11-24'), 'é'.repeat(3)],
  ]);
  expect(widths(sheet)).toEqual([12, 9]);
  expect(widths((await sheetOf([[null, '长'.repeat(90)]])).sheet)).toEqual([8, 70]);
  // What is streamed cannot be measured.
  const rows = (function* () {
    yield [day('2026-11-23'), '走访'];
  })();
  expect(widths((await sheetOf([], { rows })).sheet)).toEqual([12, 70]);
});

const namesOf = async (names: readonly string[]) => {
  const files = await unzipped(await bytesOf(names.map((name) => ({ name, columns, rows: [] }))));
  return [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => name);
};

test('names of sheets are legal, and no two are alike in any case', async () => {
  expect(await namesOf(['a/b:[c]', "'城关镇'", '', '\u0000', 'History', 'HISTORY', '城关镇'])).toEqual([
    ...['a b  c', '城关镇', 'Sheet', 'Sheet(2)', 'History(2)', 'HISTORY(3)', '城关镇(2)'],
  ]);
  const long = '长'.repeat(40);
  expect(await namesOf([long, long, `${'长'.repeat(30)}😀`])).toEqual([
    ...['长'.repeat(31), `${'长'.repeat(28)}(2)`, '长'.repeat(30)],
  ]);
});

test('the house’s own reader gets out what was put in', async () => {
  const rows = [
    ['=1+1', '  两边有空格 '],
    ['<&>"', '第一行\n第二行'],
    ['0012', '😀𠮷'],
  ];
  expect((await readBack(await bytesOf([{ name: '事项', columns, rows }]))).slice(1)).toEqual(rows);
});

test('rows are asked for one after the other, never all at once', async () => {
  let made = 0;
  let isLeft = false;
  function* rows() {
    try {
      for (; made < 100_000; made += 1) yield ['走访'];
    } finally {
      isLeft = true;
    }
  }
  const stream = workbook([{ name: '事项', columns, rows: rows() }]);
  for await (const _ of stream) if (made > 0) break;
  expect(made).toBeLessThan(50_000);
  await expect.poll(() => isLeft).toBe(true);
});

test('when the rows cannot be made, the file is not finished and nothing else falls', async () => {
  async function* rows() {
    yield ['走访'];
    throw new Error('the store is gone');
  }
  await expect(bytesOf([{ name: '事项', columns, rows: rows() }])).rejects.toThrow('the store is gone');
});

test('more rows than Excel takes are refused', async () => {
  function* rows() {
    for (let i = 0; i < 1_048_576; i += 1) yield [];
  }
  await expect(bytesOf([{ name: '事项', columns, rows: rows() }])).rejects.toThrow('no more than');
});
