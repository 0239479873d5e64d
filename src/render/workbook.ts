/** Writes workbooks (xlsx, ECMA-376) row by row: nothing of a sheet is held in memory, however long it is. */
import { Readable } from 'node:stream';
import yazl from 'yazl';
import type { Sheet } from '../ports.ts';
import { escaped } from './sheet-cells.ts';
import { sheetNames } from './sheet-names.ts';
import { MAIN, sheetXml } from './sheet-xml.ts';

/** The file's bytes, while they are made. What making the rows throws ends the stream with that error. */
export const workbook = (sheets: readonly Sheet[]): Readable => {
  const zip = new yazl.ZipFile();
  const out = zip.outputStream as Readable;
  zip.on('error', (error: Error) => out.destroy(error));
  const add = (path: string, xml: string) => zip.addBuffer(Buffer.from(declaration + xml), path);
  add('[Content_Types].xml', contentTypes(sheets.length));
  add('_rels/.rels', relations([[`${office}/officeDocument`, 'xl/workbook.xml']]));
  add('xl/workbook.xml', book(sheetNames(sheets.map(({ name }) => name))));
  const parts = sheets.map((_, i) => [`${office}/worksheet`, `worksheets/sheet${i + 1}.xml`] as const);
  add('xl/_rels/workbook.xml.rels', relations([...parts, [`${office}/styles`, 'styles.xml']]));
  add('xl/styles.xml', styles);
  const written = sheets.map((sheet) => Readable.from(sheetXml(sheet, declaration), { highWaterMark: 1 }));
  for (const [i, xml] of written.entries()) {
    zip.addReadStream(xml, `xl/worksheets/sheet${i + 1}.xml`);
    xml.on('error', (error) => out.destroy(error));
  }
  // Whoever stops reading stops the rows too.
  out.on('close', () => {
    for (const xml of written) xml.destroy();
  });
  zip.end();
  return out;
};

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const contentTypes = (count: number) =>
  `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${Array.from({ length: count }, (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}</Types>`;

const relations = (parts: readonly (readonly [kind: string, target: string])[]) =>
  `<Relationships xmlns="${packaged}/relationships">${parts.map(([kind, target], i) => `<Relationship Id="rId${i + 1}" Type="${kind}" Target="${target}"/>`).join('')}</Relationships>`;

const book = (names: readonly string[]) =>
  `<workbook xmlns="${MAIN}" xmlns:r="${office}"><sheets>${names.map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`;

/** Their order is that of `style` in sheet-cells.ts. */
const formats = [
  '<xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
  '<xf numFmtId="164" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf>',
  '<xf fontId="1" fillId="2" applyFont="1" applyFill="1"/>',
  '<xf numFmtId="165" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>',
  '<xf fontId="2" applyFont="1"/>',
];
const font = (more: string) => `<font>${more}<name val="Calibri"/></font>`;
const styles = `<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="0.0%"/></numFmts><fonts count="3">${font('<sz val="11"/>')}${font('<b/><sz val="11"/>')}${font('<sz val="10"/><color rgb="FF666666"/>')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF2F2F2"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${formats.length}">${formats.join('')}</cellXfs></styleSheet>`;
