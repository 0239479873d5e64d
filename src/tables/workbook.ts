/** The parts of an xlsx workbook that say where its rows are. */
import { posix } from 'node:path';
import { UserError } from '../errors.ts';
import { MOST_CELL_LENGTH, MOST_DIRECTORY_BYTES } from './limits.ts';
import type { StringPages } from './string-pages.ts';
import { readXml, type Tag } from './xml.ts';
import type { Zip } from './zip.ts';

export type Places = { readonly sheet: string; readonly strings: string | null };

/** The path of the first sheet that is not hidden, and of the texts that its cells share. Throws UserError. */
export const placesIn = async (zip: Zip): Promise<Places> => {
  const roots = (await tagsIn(zip, '_rels/.rels')).filter(({ name }) => name === 'Relationship');
  const book = target(roots, '', (type) => type.endsWith('/officeDocument'));
  if (book === null) throw new UserError('table.not-a-table');
  const inBook = await tagsIn(zip, book);
  if (inBook.some(({ name, of }) => name === 'workbookPr' && /^(1|true)$/.test(of.date1904 ?? '')))
    throw new UserError('table.date1904');
  const sheets = inBook.filter(({ name }) => name === 'sheet');
  const first = sheets.find(({ of }) => !/hidden/i.test(of.state ?? '')) ?? sheets[0];
  const folder = posix.dirname(book);
  const links = await tagsIn(zip, posix.join(folder, '_rels', `${posix.basename(book)}.rels`));
  const relation = Object.entries(first?.of ?? {}).find(([name]) => /:id$/.test(name))?.[1];
  const sheet = target(
    links.filter(({ of }) => of.Id === relation),
    folder,
    () => true,
  );
  if (sheet === null || !zip.has(sheet)) throw new UserError('table.not-a-table');
  const strings = target(links, folder, (type) => type.endsWith('/sharedStrings'));
  return { sheet, strings: strings !== null && zip.has(strings) ? strings : null };
};

const target = (links: readonly Tag[], folder: string, isMeant: (type: string) => boolean): string | null => {
  const path = links.find(({ of }) => isMeant(of.Type ?? ''))?.of.Target;
  return path === undefined ? null : posix.join('/', path.startsWith('/') ? '' : folder, path).slice(1);
};

const tagsIn = async (zip: Zip, name: string): Promise<readonly Tag[]> => {
  if (!zip.has(name)) throw new UserError('table.not-a-table');
  const tags: Tag[] = [];
  for await (const _ of readXml(limited(zip.read(name)), { open: (tag) => void tags.push(tag) }, () => null));
  return tags;
};

async function* limited(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of source) {
    bytes += piece.length;
    if (bytes > MOST_DIRECTORY_BYTES) throw new UserError('table.unfolds');
    yield piece;
  }
}

/** Puts the texts that cells share into `pages`, in order. How they are pronounced is left out. */
export const readStrings = async (source: AsyncIterable<Buffer>, pages: StringPages): Promise<void> => {
  let text = '';
  let isText = false;
  let isSpoken = false;
  const reading = {
    open({ name }: Tag) {
      if (name === 'si') text = '';
      else if (name === 'rPh') isSpoken = true;
      else if (name === 't') isText = !isSpoken;
    },
    text(piece: string) {
      if (isText && text.length < MOST_CELL_LENGTH) text += piece.slice(0, MOST_CELL_LENGTH);
    },
    close(name: string) {
      if (name === 't') isText = false;
      else if (name === 'rPh') isSpoken = false;
      else if (name === 'si') pages.add(text);
    },
  };
  for await (const _ of readXml(source, reading, () => null));
};
