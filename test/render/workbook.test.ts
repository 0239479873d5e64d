import { expect, test } from 'vitest';
import type { Cell } from '../../src/ports.ts';
import { workbook } from '../../src/render/workbook.ts';
import { day } from '../values.ts';
import { unzipped } from './unzipped.ts';

const columns = [
  { title: '日期', width: 12 },
  { title: '内容', width: 70 },
];
const sheetOf = async (rows: readonly (readonly Cell[])[], name = '事项') => {
  const files = await unzipped(Buffer.concat(await workbook([{ name, columns, rows }]).toArray()));
  return { files, sheet: files.get('xl/worksheets/sheet1.xml') ?? '' };
};

test('cells keep their types: a day is a day, a number a number, text is text', async () => {
  const { sheet } = await sheetOf([
    [day('2026-11-23'), '走访3户'],
    [42.5, null],
  ]);
  // 23 November 2026 is day 46349 of Excel's calendar.
  expect(sheet).toContain(
    '<row><c s="1"><v>46349</v></c><c t="inlineStr" s="0"><is><t xml:space="preserve">走访3户</t></is></c></row>',
  );
  expect(sheet).toContain('<row><c><v>42.5</v></c><c/></row>');
});

test.each(['=1+1', '+cmd|calc', '-2', '@SUM(A1)', '\t=1'])('%j is text and no formula', async (typed) => {
  const { sheet } = await sheetOf([[typed]]);
  expect(sheet).not.toContain('<f>');
  expect(sheet).toContain(`<c t="inlineStr" s="0"><is><t xml:space="preserve">${typed}</t></is></c>`);
});

test('nothing that a person can type breaks the file', async () => {
  const { sheet } = await sheetOf([['<b>&"\u0000\u001b\uffff\ud800']]);
  expect(sheet).toContain('<t xml:space="preserve">&lt;b&gt;&amp;&quot;\ufffd</t>');
});

test('the first row stands still and is bold, columns are as wide as asked, names are what Excel takes', async () => {
  const { sheet, files } = await sheetOf([], `a/b:[c]${'长'.repeat(40)}`);
  expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(sheet).toContain('<col min="2" max="2" width="70" customWidth="1"/>');
  expect(sheet).toContain('<c t="inlineStr" s="2"><is><t xml:space="preserve">日期</t></is></c>');
  expect(/<sheet name="([^"]*)"/.exec(files.get('xl/workbook.xml') ?? '')?.[1]).toBe(`a b  c ${'长'.repeat(24)}`);
});

test('rows are asked for one after the other, never all at once', async () => {
  let made = 0;
  function* rows() {
    for (; made < 100_000; made += 1) yield ['走访'];
  }
  const stream = workbook([{ name: '事项', columns, rows: rows() }]);
  for await (const _ of stream) break;
  expect(made).toBeLessThan(50_000);
});
