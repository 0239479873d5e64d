import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TableRow } from '../../src/domain/table.ts';
import { readTable } from '../../src/tables/read-table.ts';
import { bookFiles, formula, xlsx, zipOf } from './xlsx.ts';

const read = async (bytes: Uint8Array | string): Promise<TableRow[]> => {
  const rows: TableRow[] = [];
  for await (const some of readTable(new Blob([bytes as BlobPart]).stream())) rows.push(...some);
  return rows;
};
const cells = async (bytes: Uint8Array | string) => (await read(bytes)).map((row) => row.cells);

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

test('whatever cells hold, they come out of a CSV as they went in', async () => {
  const table = fc.array(fc.array(fc.string({ unit: 'binary', maxLength: 9 }), { minLength: 2, maxLength: 4 }), {
    minLength: 1,
    maxLength: 5,
  });
  const signs = fc.constantFrom(',', ';', '\t');
  await fc.assert(
    fc.asyncProperty(table, signs, fc.constantFrom('\n', '\r\n'), fc.boolean(), async (rows, sign, end, hasMark) => {
      const clean = rows.map((row) => row.map((cell) => cell.toWellFormed().replaceAll(/[\0\ufeff]/g, '')));
      const written = clean.map((row) => row.map(quoted).join(sign)).join(end);
      expect(await cells(`${hasMark ? '\ufeff' : ''}${written}`)).toEqual(clean);
    }),
    { numRuns: 25 },
  );
}, 30_000);

test('whatever cells hold, they come out of a workbook as they went in', async () => {
  const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1, maxLength: 30 }), { maxLength: 5 }), async (rows) => {
      const clean = rows.map((row) => row.map((text) => text.replaceAll(/[\p{Cc}\ufffe\uffff]/gu, '') || 'x'));
      expect(await cells(xlsx(clean))).toEqual(clean);
    }),
    { numRuns: 25 },
  );
}, 30_000);

test('Excel’s own CSV in GB18030 is read, rare characters too', async () => {
  // 姓名,账号 / 张三,zs / 䶮(four bytes),y
  const bytes = Buffer.from('d0d5c3fb2cd5cbbac50d0ad5c5c8fd2c7a730d0a8234fe332c79', 'hex');
  expect(await cells(bytes)).toEqual([
    ['姓名', '账号'],
    ['张三', 'zs'],
    [expect.stringMatching(/^\p{L}$/u), 'y'],
  ]);
});

test('Excel’s Unicode text is read', async () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('姓名\t账号\r\n张三\tzs', 'utf16le')]);
  expect(await cells(bytes)).toEqual([
    ['姓名', '账号'],
    ['张三', 'zs'],
  ]);
});

test('rows have the numbers that Excel shows, over gaps and line ends in cells', async () => {
  expect((await read('a,b\n\n"x\ny",z\n')).map(({ row }) => row)).toEqual([1, 2, 3]);
  const files = bookFiles([['a']]);
  const gap =
    '<worksheet><sheetData><row r="7"><c r="C7" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>';
  expect(await read(zipOf({ ...files, 'xl/worksheets/sheet1.xml': gap }))).toEqual([{ row: 7, cells: ['', '', 'x'] }]);
});

test('a number is written out; of a formula the kept value counts, and none is no empty cell', async () => {
  const row = [13800138000, 1.3800138e10, 1.5, formula('A1&"x"', '值'), formula('A1'), 123456789012345680];
  const [first] = await cells(xlsx([row]));
  expect(first).toEqual(['13800138000', '13800138000', '1.5', '值', null, '1.2345678901234568e+17']);
});

test('how a text is pronounced is no part of it; a text in several fonts is one', async () => {
  const strings = '<sst><si><r><t>张</t></r><r><t>三</t></r><rPh><t>zhang</t></rPh></si></sst>';
  expect(await cells(zipOf({ ...bookFiles([['a']]), 'xl/sharedStrings.xml': strings }))).toEqual([['张三']]);
});

const ole = (name: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(name, 'utf16le')]);
const bomb = () => ({
  ...bookFiles([['a']]),
  'xl/worksheets/sheet1.xml': Buffer.concat([Buffer.from('<w>'), Buffer.alloc(600 * 1024 * 1024, ' <a/>')]),
});
const book = bookFiles([['a', 'b']]);
const truncated = xlsx([['姓名', '账号']]);

test.each([
  ['a program that was renamed', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(99)]), 'table.not-a-table'],
  ['bytes that are no text', Buffer.from([1, 0, 2, 0]), 'table.not-a-table'],
  ['another zip', zipOf({ 'a.txt': 'hello' }), 'table.not-a-table'],
  ['an encrypted workbook', ole('EncryptedPackage'), 'table.encrypted'],
  ['a zip with a password', zipOf(book, 1), 'table.encrypted'],
  ['an old workbook', ole('Workbook'), 'table.old-xls'],
  ['an old Word text', ole('WordDocument'), 'table.not-a-table'],
  ['a workbook cut off', truncated.subarray(0, truncated.length - 30), 'table.broken'],
  ['broken XML', zipOf({ ...book, 'xl/worksheets/sheet1.xml': '<worksheet><row>' }), 'table.broken'],
  [
    'XML with entities of its own',
    zipOf({ ...book, 'xl/sharedStrings.xml': '<!DOCTYPE a [<!ENTITY b "c">]><sst><si><t>&b;</t></si></sst>' }),
    'table.broken',
  ],
  ['a text that is not there', zipOf({ ...book, 'xl/sharedStrings.xml': '<sst/>' }), 'table.broken'],
  ['dates from 1904', xlsx([['a']], { workbook: '<workbookPr date1904="1"/>' }), 'table.date1904'],
  ['a quote that never ends', `a,b\n"${'x'.repeat(300_000)}`, 'table.csv-broken'],
  ['bytes of no encoding', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a]), 'table.encoding'],
  ['nothing', '', 'table.empty'],
  ['50 MB', Buffer.alloc(50 * 1024 * 1024, 'a,b\n'), 'table.too-large'],
  ['more rows than a city has people', 'a,b\n'.repeat(250_001), 'table.too-many-rows'],
])('%s is refused by name', async (_, bytes, key) => {
  await expect(read(bytes)).rejects.toMatchObject({ name: 'UserError', key });
});

test('a zip that unfolds without end is refused', async () => {
  await expect(read(zipOf(bomb()))).rejects.toMatchObject({ key: 'table.unfolds' });
}, 60_000);

test('one endless text is refused before it is held', async () => {
  const endless = `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>${'x'.repeat(3_000_000)}</v></c></row></sheetData></worksheet>`;
  await expect(read(zipOf({ ...book, 'xl/worksheets/sheet1.xml': endless }))).rejects.toMatchObject({
    key: 'table.broken',
  });
});

test('nothing is left behind, whether the file was read, refused or left in the middle', async () => {
  const left = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('riqing-table-'));
  const before = new Set(await left());
  await read('a,b');
  await read('').catch(() => {});
  for await (const _ of readTable(new Blob(['a,b\n'.repeat(5_000)]).stream())) break;
  expect((await left()).filter((name) => !before.has(name))).toEqual([]);
});
