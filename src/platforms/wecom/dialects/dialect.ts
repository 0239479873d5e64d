import type { Tone } from '../../../message.ts';
import type { Line, Passage } from '../../split-bytes.ts';
import { type Inert, inertInMarkdown, inertInMarkdownV1, inertInText, onOneLine } from './inert.ts';

/** How one of WeCom's markups writes things down. Whatever people wrote has no effect in it. */
export type Dialect = {
  readonly inert: Inert;
  heading(line: string): Line;
  line(line: string, tone: Tone | null): Line;
  item(line: string, tone: Tone | null): Line;
  table(columns: readonly string[], rows: readonly (readonly string[])[]): Passage;
  /** `url` is of the web, and written so that it ends where it ends. */
  link(text: string, url: string): string;
  image(alt: string, url: string): string;
};

/** What people answer with; where a list is only a list of lines it needs no sign before it. */
const isNumbered = (line: string) => /^\d{1,9}[.)][\s\u00a0]/u.test(line);
const around = (before: string, words: string, after: string): Line =>
  words === '' ? words : { before, words, after };

/** Two spaces break the line in dialects that would join it with the next. */
const broken = (before: string, words: string, after: string): Line =>
  words === '' ? words : { before, words, after: `${after}  ` };
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/**
 * The AI bot's markdown, and markdown_v2 of webhooks. No colours: what is overdue is bold.
 * https://developer.work.weixin.qq.com/document/path/101031, …/91770
 */
export const markdown: Dialect = {
  inert: inertInMarkdown,
  heading: (line) => around('### ', line, ''),
  line: (line, tone) => broken(...bold(line, tone)),
  // One that brings its own number keeps it behind the sign: without the sign it would run on in the item before it.
  item(line, tone) {
    const [before, words, after] = bold(line, tone);
    return { before: `- ${before}`, words, after };
  },
  table: (columns, rows) => ({ head: [row(columns), row(columns.map(() => '---'))], lines: rows.map(row) }),
  link: (text, url) => `[${text}](${url})`,
  image: (alt, url) => `![${alt}](${url})`,
};

const bold = (line: string, tone: Tone | null): [string, string, string] =>
  tone === 'warning' && line !== '' ? ['**', line, '**'] : ['', line, ''];

const colours: Readonly<Record<Tone, string>> = { good: 'info', warning: 'warning', quiet: 'comment' };
const coloured = (line: string, tone: Tone | null, before = ''): Line =>
  tone === null || line === ''
    ? around(before, line, '')
    : { before: `${before}<font color="${colours[tone]}">`, words: line, after: '</font>' };

/** A row without bars: a space as wide as a character stands out beside Chinese. */
const spaced = (cells: readonly string[]) => cells.join('\u3000').trimEnd();

/** The older markdown, of webhooks that mention somebody and of apps: three colours, no lists, no tables. */
export const markdownV1: Dialect = {
  inert: inertInMarkdownV1,
  heading: (line) => around('### ', line, ''),
  line: (line, tone) => coloured(line, tone),
  item: (line, tone) => coloured(line, tone, isNumbered(line) ? '' : '· '),
  table: (columns, rows) => ({ head: [`**${spaced(columns).trim()}**`], lines: rows.map(spaced) }),
  link: markdown.link,
  image: (alt, url) => `[${alt}](${url})`,
};

/** Texts, where a line end is the only markup. */
export const plainText: Dialect = {
  inert: inertInText,
  heading: (line) => line,
  line: (line) => line,
  item: (line) => (isNumbered(line) ? line : around('· ', line, '')),
  table: (columns, rows) => ({ head: [spaced(columns)], lines: rows.map(spaced) }),
  link: (text, url) => `${text} ${url}`,
  image: (alt, url) => `${alt} ${url}`,
};

/** What somebody wrote, without effect, on one line. */
export const word = (dialect: Dialect, text: string): string => onOneLine(dialect.inert, text);
