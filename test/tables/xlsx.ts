import { crc32, deflateRawSync } from 'node:zlib';

/** A zip of `files`, made byte by byte: nothing of the reader's is in it. `flags`: 1 marks all as encrypted. */
export const zipOf = (files: Readonly<Record<string, string | Buffer>>, flags = 0): Buffer => {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const raw = Buffer.from(text);
    const packed = deflateRawSync(raw);
    const called = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x800 | flags, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc32(raw), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(raw.length, 18);
    shared.writeUInt16LE(called.length, 22);
    locals.push(Buffer.from('504b0304', 'hex'), shared, called, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.from('504b01021400', 'hex'), shared, place, called);
    offset += 30 + called.length + packed.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('504b0506', 'hex');
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, list, end]);
};

const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A cell as XML between `<c …>` and `</c>`, for what the writer below does not make by itself. */
export type Raw = { readonly attributes: string; readonly inner: string };
export const formula = (text: string, value?: string): Raw => ({
  attributes: 't="str"',
  inner: `<f>${escaped(text)}</f>${value === undefined ? '' : `<v>${escaped(value)}</v>`}`,
});

const columnName = (n: number): string =>
  n < 26 ? String.fromCharCode(65 + n) : `${columnName(Math.floor(n / 26) - 1)}${columnName(n % 26)}`;

export const bookFiles = (
  rows: readonly (readonly (string | number | Raw)[])[],
  more: { readonly workbook?: string } = {},
): Record<string, string> => {
  const strings: string[] = [];
  const cell = (value: string | number | Raw, at: string) => {
    if (typeof value === 'object') return `<c r="${at}" ${value.attributes}>${value.inner}</c>`;
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
    return value === '' ? '' : `<c r="${at}" t="s"><v>${strings.push(value) - 1}</v></c>`;
  };
  const drawn = rows.map((row, r) => {
    const cells = row.map((value, c) => cell(value, `${columnName(c)}${r + 1}`));
    return `<row r="${r + 1}">${cells.join('')}</row>`;
  });
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return {
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${office}">${more.workbook ?? ''}<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${drawn.join('')}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst>${strings.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
  };
};

/** A workbook with one sheet, whose texts are shared as Excel's are. */
export const xlsx = (rows: Parameters<typeof bookFiles>[0], more?: Parameters<typeof bookFiles>[1]): Buffer =>
  zipOf(bookFiles(rows, more));
