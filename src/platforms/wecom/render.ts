import type { Block, Reply } from '../../message.ts';
import { type Passage, splitBytes } from '../split-bytes.ts';
import { inert, inertLine } from './markup.ts';

/**
 * Of `stream.content` and `markdown.content`, in bytes of UTF-8.
 * https://developer.work.weixin.qq.com/document/path/101031
 */
export const MAX_BYTES = 20_480;

/** Draws a reply as the AI bot's markdown, in as many messages as it needs, in order. */
export const render = (reply: Reply): readonly string[] =>
  splitBytes(
    reply.map(draw).filter(({ lines }) => lines.length > 0),
    MAX_BYTES,
  );

// No default: a new kind of block does not compile until each platform draws it.
const draw = (block: Block): Passage => {
  switch (block.kind) {
    case 'text':
      return lines(inert(block.text).map(broken));
    case 'list':
      return lines(block.items.map(item));
    case 'table':
      return {
        head: [row(block.columns.map(inertLine)), row(block.columns.map(() => '---'))],
        lines: block.rows.map((cells) => row(block.columns.map((_, i) => inertLine(cells[i] ?? '')))),
      };
    case 'image':
      return lines([isWebAddress(block.url) ? `!${link(block.alt, block.url)}` : inertLine(block.alt)]);
    case 'file':
      return lines([isWebAddress(block.url) ? link(block.name, block.url) : inertLine(block.name)]);
    case 'link':
      return lines([isWebAddress(block.url) ? link(block.text, block.url) : inertLine(block.text)]);
    case 'picture':
      // The text beside it says the same; images would have to be uploaded first.
      return lines([]);
    case 'mention':
      // The AI bot cannot mention anybody, and a person may be called “all”.
      return lines([`＠${inertLine(block.name)}`]);
    case 'buttons':
      return lines(block.buttons.map(({ text, command }) => `- ${inertLine(text)} → ${inertLine(command)}`));
  }
};

const lines = (lines: readonly string[]): Passage => ({ head: [], lines });

/** Two spaces break the line in dialects that would join it with the next. */
const broken = (line: string) => (line === '' ? '' : `${line}  `);

/** An item that brings its own number keeps it: it is what people answer with. */
const item = (text: string) => {
  const line = inertLine(text);
  return /^\d{1,9}[.)]\u00a0/u.test(line) ? broken(line) : `- ${line}`;
};

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const link = (text: string, url: string) => `[${inertLine(text)}](${addressed(url)})`;

const isWebAddress = (url: string) => URL.canParse(url) && /^https?:$/u.test(new URL(url).protocol);
const addressed = (url: string) => new URL(url).href.replaceAll('(', '%28').replaceAll(')', '%29');
