import { createWriteStream } from 'node:fs';
import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TableRow } from '../domain/table.ts';
import { UserError } from '../errors.ts';
import { MOST_FILE_MB } from '../message.ts';
import { readCsv } from './csv.ts';
import { MOST_ROWS } from './limits.ts';
import { readSheet } from './sheet.ts';
import { stringPages } from './string-pages.ts';
import { placesIn, readStrings } from './workbook.ts';
import { openZip } from './zip.ts';

const MOST_BYTES = MOST_FILE_MB * 1024 * 1024;

/**
 * The rows of an xlsx workbook's first sheet or of a CSV file, some at a time; what the file is called does not count.
 * Neither the file nor its rows are ever held in memory. Throws UserError saying what is wrong with the file.
 */
export async function* readTable(source: ReadableStream): AsyncGenerator<readonly TableRow[]> {
  const dir = await mkdtemp(join(tmpdir(), 'riqing-table-'));
  try {
    const path = join(dir, 'table');
    await pipeline(Readable.fromWeb(source as never), limited, createWriteStream(path, { mode: 0o600 }));
    let rows = 0;
    for await (const some of await rowsOf(path, dir)) {
      rows += some.length;
      if (rows > MOST_ROWS) throw new UserError('table.too-many-rows', { most: MOST_ROWS });
      yield some;
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function* limited(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of source) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new UserError('table.too-large', { most: MOST_FILE_MB });
    yield piece;
  }
}

const rowsOf = async (path: string, dir: string): Promise<AsyncIterable<readonly TableRow[]>> => {
  if ((await stat(path)).size === 0) throw new UserError('table.empty');
  const head = await headOf(path);
  if (head.startsWith('504b0304')) return workbookRows(path, dir);
  if (head.startsWith('d0cf11e0a1b11ae1')) throw new UserError(await whichOld(path));
  // An empty zip, a program.
  if (head.startsWith('504b') || head.startsWith('4d5a')) throw new UserError('table.not-a-table');
  return readCsv(path);
};

async function* workbookRows(path: string, dir: string): AsyncGenerator<readonly TableRow[]> {
  const zip = await openZip(path);
  const pages = stringPages(join(dir, 'strings'));
  try {
    const { sheet, strings } = await placesIn(zip);
    if (strings !== null) await readStrings(zip.read(strings), pages);
    yield* readSheet(zip.read(sheet), pages.at);
  } finally {
    pages.close();
    zip.close();
  }
}

const headOf = async (path: string): Promise<string> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.toString('hex', 0, bytesRead);
  } finally {
    await file.close();
  }
};

/** Excel wraps an encrypted workbook in the container of its old format. */
const whichOld = async (path: string) => {
  const bytes = await readFile(path);
  const holds = (name: string) => bytes.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return 'table.encrypted' as const;
  return holds('Workbook') || holds('Book') ? ('table.old-xls' as const) : ('table.not-a-table' as const);
};
