/**
 * What people wrote, made inert for the markdown of WeCom's AI bot. Which dialect its clients draw is not published, so
 * nothing is left to backslashes: a sign that could begin markup becomes its full-width twin, which no dialect knows
 * and which reads naturally beside Chinese. Mentions (`<@userid>`, `@all`), links, images, HTML, headings, quotes,
 * tables, code, emphasis and rules cannot come about. A bare address stays: it says itself where it leads.
 */
export const inert = (text: string): readonly string[] =>
  withoutControls(text)
    .split('\n')
    .map((line) => atLineStart(line.replace(ANYWHERE, widened).replace(LONE_UNDERSCORE, '＿').trimEnd()));

/** On one line, for list items, cells and names: a line end in them would begin a line of its own. */
export const inertLine = (text: string): string => inert(text.replace(LINE_ENDS, ' ')).join(' ').trim();

const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/gu;
/** Controls, and the characters that turn the direction of what follows them. */
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const withoutControls = (text: string): string =>
  text
    .toWellFormed()
    .replace(LINE_ENDS, '\n')
    .replace(/\t/gu, ' ')
    .replace(CONTROLS, (control) => (control === '\n' ? control : ''));

const ANYWHERE = /[<`[\]\\|*~@]|&(?=#?\w+;)/gu;
/** Inside a word it is part of a name (`report_2026.xlsx`). */
const LONE_UNDERSCORE = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** U+FF01 to U+FF5E are the full-width twins of U+0021 to U+007E. */
const widened = (signs: string): string =>
  signs.replace(/[!-~]/gu, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0));

/**
 * Indents make code, `#` headings, `>` quotes, a row of `=` or `-` headings and rules, `1. ` a list that counts anew.
 */
const atLineStart = (line: string): string =>
  line
    .replace(/^ +/u, (indent) => '\u00a0'.repeat(indent.length))
    .replace(/^(\s*)([#>]+)/u, (_, indent: string, signs: string) => indent + widened(signs))
    .replace(/^(\s*)([=-][=\-\s]*)$/u, (_, indent: string, signs: string) => indent + widened(signs))
    .replace(/^(\s*)([-+]|\d{1,9}[.)])\s/u, (_, indent: string, marker: string) => `${indent}${marker}\u00a0`);
