import type { Block, Reply } from '../../../message.ts';
import type { Passage } from '../../split-bytes.ts';
import { type Dialect, word } from './dialect.ts';
import { withinRow } from './within-row.ts';

/** `mention`: how somebody is mentioned there, null for who cannot be. `hasMedia`: pictures and files go beside it. */
export type Place = {
  readonly dialect: Dialect;
  readonly maxBytes: number;
  readonly hasMedia: boolean;
  mention(member: string): string | null;
};

/** A reply in the words and signs of a dialect; what is not drawn there is left out. */
export const passagesOf = (reply: Reply, place: Place): readonly Passage[] =>
  reply.map((block) => drawn(block, place)).filter(({ lines }) => lines.length > 0);

// No default: a new kind of block does not compile until each platform draws it.
const drawn = (block: Block, place: Place): Passage => {
  const { dialect, hasMedia, maxBytes } = place;
  switch (block.kind) {
    case 'text':
      return textOf(block, dialect);
    case 'list':
      return lines(block.items.map((item, i) => dialect.item(word(dialect, item), block.tones?.[i] ?? null)));
    case 'table': {
      const inOrder = (cells: readonly string[]) => block.columns.map((_, i) => word(dialect, cells[i] ?? ''));
      const rows = [block.columns, ...block.rows].map(inOrder);
      const [columns = [], ...rest] = rows.map((cells) => withinRow(cells, maxBytes));
      return dialect.table(columns, rest);
    }
    case 'image':
      return lines([
        isWebAddress(block.url) ? address(dialect.image, block.alt, block.url, dialect) : word(dialect, block.alt),
      ]);
    case 'file':
      if (hasMedia) return lines([]);
      return lines([linked(block.name, block.url, dialect)]);
    case 'link':
      return lines([linked(block.text, block.url, dialect)]);
    case 'picture':
      // It says what the other blocks say.
      return lines([]);
    case 'mention':
      // Where nobody can be mentioned; a person may be called “all”.
      return lines([place.mention(block.member) ?? `＠${word(dialect, block.name)}`]);
    case 'buttons':
      return lines(
        block.buttons.map(({ text, command }) =>
          dialect.item(`${word(dialect, text)} → ${word(dialect, command)}`, null),
        ),
      );
  }
};

const lines = (lines: Passage['lines']): Passage => ({ head: [], lines });

const textOf = ({ text, as }: Extract<Block, { kind: 'text' }>, dialect: Dialect): Passage => {
  if (as === 'heading') return lines([dialect.heading(word(dialect, text))]);
  return lines(dialect.inert(text).map((line) => dialect.line(line, as ?? null)));
};

const linked = (text: string, url: string, dialect: Dialect): string =>
  isWebAddress(url) ? address(dialect.link, text, url, dialect) : word(dialect, text);

const address = (link: Dialect['link'], text: string, url: string, dialect: Dialect): string =>
  link(word(dialect, text), new URL(url).href.replaceAll('(', '%28').replaceAll(')', '%29'));

export const isWebAddress = (url: string): boolean => URL.canParse(url) && /^https?:$/u.test(new URL(url).protocol);
