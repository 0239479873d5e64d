/** Writes workbooks (xlsx, ECMA-376) row by row: nothing of a sheet is held in memory, however long it is. */
import { Readable } from 'node:stream';
import yazl from 'yazl';
import { epochDay } from '../domain/calendar.ts';
import type { Cell, Sheet } from '../ports.ts';

/** What Excel takes: longer names and texts make it repair the file. */
const MOST_NAME = 31;
const MOST_TEXT = 32_767;
/** 1970-01-01 in days since Excel's first. */
const EPOCH = 25_569;
/** Styles, by their place in styles.xml. */
const style = { plain: 0, day: 1, title: 2 } as const;

/** The file's bytes, while they are made. */
export const workbook = (sheets: readonly Sheet[]): Readable => {
  const zip = new yazl.ZipFile();
  const add = (path: string, xml: string) => zip.addBuffer(Buffer.from(declaration + xml), path);
  add('[Content_Types].xml', contentTypes(sheets.length));
  add('_rels/.rels', relations([[`${office}/officeDocument`, 'xl/workbook.xml']]));
  add('xl/workbook.xml', book(sheets));
  const parts = sheets.map((_, i) => [`${office}/worksheet`, `worksheets/sheet${i + 1}.xml`] as const);
  add('xl/_rels/workbook.xml.rels', relations([...parts, [`${office}/styles`, 'styles.xml']]));
  add('xl/styles.xml', styles);
  for (const [i, sheet] of sheets.entries()) {
    zip.addReadStream(Readable.from(chunks(sheet)), `xl/worksheets/sheet${i + 1}.xml`);
  }
  zip.end();
  return zip.outputStream as Readable;
};

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const contentTypes = (count: number) =>
  `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${Array.from({ length: count }, (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}</Types>`;

const relations = (parts: readonly (readonly [kind: string, target: string])[]) =>
  `<Relationships xmlns="${packaged}/relationships">${parts.map(([kind, target], i) => `<Relationship Id="rId${i + 1}" Type="${kind}" Target="${target}"/>`).join('')}</Relationships>`;

const book = (sheets: readonly Sheet[]) =>
  `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.map(({ name }, i) => `<sheet name="${escaped(nameFor(name))}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`;

const styles = `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="164" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`;

/** Characters that a sheet's name may not hold. */
const nameFor = (name: string): string => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, MOST_NAME);

async function* chunks({ columns, rows }: Sheet): AsyncGenerator<string> {
  const widths = columns.map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
  const frozen =
    '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>';
  const cols = columns.length === 0 ? '' : `<cols>${widths.join('')}</cols>`;
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews>${frozen}</sheetViews>${cols}<sheetData>`;
  yield row(columns.map(({ title }) => textCell(title, style.title)));
  for await (const cells of rows) yield row(cells.map(cell));
  yield '</sheetData></worksheet>';
}

const row = (cells: readonly string[]): string => `<row>${cells.join('')}</row>`;

const cell = (value: Cell): string => {
  if (value === null) return '<c/>';
  if (typeof value === 'string') return textCell(value, style.plain);
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  return `<c s="${style.day}"><v>${epochDay(value) + EPOCH}</v></c>`;
};

const textCell = (text: string, of: number): string =>
  `<c t="inlineStr" s="${of}"><is><t xml:space="preserve">${escaped(text.slice(0, MOST_TEXT))}</t></is></c>`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** As XML 1.0 takes it: other control characters and halves of pairs make the whole file unreadable. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (character) => entities[character] ?? '');
