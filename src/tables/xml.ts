import { SaxesParser } from 'saxes';
import { UserError } from '../errors.ts';
import { MOST_BETWEEN_TAGS } from './limits.ts';

/** Attributes by name. Names of tags and attributes come without their prefix. */
export type Tag = { readonly name: string; readonly of: Readonly<Record<string, string>> };
export type Reading = {
  readonly open?: (tag: Tag) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
};

/** Reads XML piece by piece; `after` each piece what was gathered may be taken. Throws UserError for what is no XML. */
export async function* readXml<Taken>(
  source: AsyncIterable<Buffer>,
  reading: Reading,
  after: () => Taken,
): AsyncGenerator<Taken> {
  const parser = new SaxesParser();
  const fail = () => {
    throw new UserError('table.broken');
  };
  parser.on('error', fail);
  // What a document declares for itself has no business in a workbook.
  parser.on('doctype', fail);
  const { open, text, close } = reading;
  if (open) parser.on('opentag', ({ name, attributes }) => open({ name: local(name), of: attributes }));
  if (text) parser.on('text', text);
  if (close) parser.on('closetag', ({ name }) => close(local(name)));
  const decoder = new TextDecoder();
  let sinceTag = 0;
  for await (const bytes of source) {
    const piece = decoder.decode(bytes, { stream: true });
    const tag = piece.lastIndexOf('<');
    sinceTag = tag < 0 ? sinceTag + piece.length : piece.length - tag;
    if (sinceTag > MOST_BETWEEN_TAGS) fail();
    parser.write(piece);
    yield after();
  }
  parser.close();
  yield after();
}

const local = (name: string): string => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name);
