/**
 * What people wrote, made inert for where it goes. Which dialects WeCom's clients draw is not published, so nothing is
 * left to backslashes: a sign that could begin markup becomes its full-width twin, which no dialect knows and which
 * reads naturally beside Chinese. A bare address stays: it says itself where it leads.
 */
export type Inert = (text: string) => readonly string[];

/**
 * For the AI bot and markdown_v2: no mention (`<@userid>`, `@all`), link, image, HTML, heading, quote, table, list, code,
 * emphasis or rule comes about.
 */
export const inertInMarkdown: Inert = (text) =>
  linesOf(text).map((line) =>
    indented(line)
      .replace(MARKDOWN, widened)
      .replace(LONE_UNDERSCORE, '＿')
      .replace(/^(\s*)([#>]+)/u, (_, indent: string, signs: string) => indent + widened(signs))
      .replace(/^(\s*)([=-][=\-\s]*)$/u, (_, indent: string, signs: string) => indent + widened(signs))
      .replace(/^(\s*)([-+]|\d{1,9}[.)])\s/u, (_, indent: string, marker: string) => `${indent}${marker}\u00a0`)
      // A sign alone would be an empty list.
      .replace(/^\s*(?:\+|\d{1,9}[.)])$/u, widened),
  );

/** For the older markdown, which knows headings, bold, links, code in a line, quotes, three colours and mentions. */
export const inertInMarkdownV1: Inert = (text) =>
  linesOf(text).map((line) =>
    line
      .replace(MARKDOWN_V1, widened)
      .replace(/^(\s*)([#>]+)/u, (_, indent: string, signs: string) => indent + widened(signs)),
  );

/** For texts and cards: an app's texts know `<a href>`, those into groups `<@userid>`. */
export const inertInText: Inert = (text) => linesOf(text).map((line) => line.replace(TEXT, widened));

/** On one line, for list items, cells, names and buttons: a line end in them would begin a line of its own. */
export const onOneLine = (inert: Inert, text: string): string => inert(text.replace(LINE_ENDS, ' ')).join(' ').trim();

const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/gu;
/** Controls, and the characters that turn the direction of what follows them. */
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const linesOf = (text: string): readonly string[] =>
  text
    .toWellFormed()
    .replace(LINE_ENDS, '\n')
    .replace(/\t/gu, ' ')
    .replace(CONTROLS, (control) => (control === '\n' ? control : ''))
    .split('\n')
    .map((line) => line.trimEnd());

const MARKDOWN = /[<`[\]\\|*~@]|&(?=#?\w+;)/gu;
const MARKDOWN_V1 = /[<`[\]\\*@]|&(?=#?\w+;)/gu;
const TEXT = /[<@]|&(?=#?\w+;)/gu;
/** Inside a word it is part of a name (`report_2026.xlsx`). */
const LONE_UNDERSCORE = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** U+FF01 to U+FF5E are the full-width twins of U+0021 to U+007E. */
const widened = (signs: string): string =>
  signs.replace(/[!-~]/gu, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0));

/** Four spaces before a line make it code. */
const indented = (line: string): string => line.replace(/^ +/u, (indent) => '\u00a0'.repeat(indent.length));
