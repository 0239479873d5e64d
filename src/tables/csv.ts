/** The rows of a CSV file at `path`, in the encodings and with the separators that Excel and WPS write. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { TableRow } from '../domain/table.ts';
import { UserError } from '../errors.ts';
import { MOST_CELL_LENGTH, MOST_COLUMNS } from './limits.ts';

/** Rows handed on together. */
const ROWS_AT_ONCE = 500;
/** A quote that is never closed must not swallow the file. In bytes. */
const MOST_RECORD = 256 * 1024;
/** So much of the beginning shows the separator. */
const HEAD_BYTES = 64 * 1024;

export async function* readCsv(path: string): AsyncGenerator<readonly TableRow[]> {
  const encoding = await encodingOf(path);
  const delimiter = separatorIn(await headOf(path, encoding));
  const options = { delimiter, relax_column_count: true, max_record_size: MOST_RECORD, bom: false };
  const records = Readable.from(decoded(path, encoding), { objectMode: false }).pipe(parse(options));
  let rows: TableRow[] = [];
  let row = 0;
  try {
    for await (const record of records) {
      row += 1;
      const cells = (record as string[]).slice(0, MOST_COLUMNS).map((cell) => cell.slice(0, MOST_CELL_LENGTH));
      rows.push({ row, cells });
      if (rows.length === ROWS_AT_ONCE) {
        yield rows;
        rows = [];
      }
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UserError('table.csv-broken', { row: row + 1 });
    throw error;
  }
  if (rows.length > 0) yield rows;
}

type Encoding = 'utf-8' | 'gb18030' | 'utf-16le';

/** Excel saves “CSV UTF-8” with a mark and “CSV” as GB18030 without any; others save UTF-8 without. */
const encodingOf = async (path: string): Promise<Encoding> => {
  const head = await bytesOf(path);
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head.includes(0)) throw new UserError('table.not-a-table');
  if (await isReadable(path, 'utf-8')) return 'utf-8';
  if (await isReadable(path, 'gb18030')) return 'gb18030';
  throw new UserError('table.encoding');
};

const isReadable = async (path: string, encoding: Encoding): Promise<boolean> => {
  try {
    for await (const _ of decoded(path, encoding));
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
};

/** The text, piece by piece, without a mark at its beginning. Throws TypeError where the bytes are none of `encoding`. */
async function* decoded(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const bytes of createReadStream(path)) {
    const piece = decoder.decode(bytes, { stream: true });
    if (piece !== '') yield piece;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

const bytesOf = async (path: string): Promise<Buffer> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

const headOf = async (path: string, encoding: Encoding) => new TextDecoder(encoding).decode(await bytesOf(path));

/** The separator that stands most often outside quotes; a comma where none does. */
const separatorIn = (head: string): string => {
  const bare = head.replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: bare.split(sign).length }));
  return counted.reduce((most, each) => (each.count > most.count ? each : most)).sign;
};
