/** Cells of a sheet as SpreadsheetML, and how wide they are. */
import { epochDay } from '../domain/calendar.ts';
import type { Cell } from '../ports.ts';
import { cut } from './sheet-names.ts';

/** In UTF-16 units. Of a longer text Excel would throw away the end and offer to repair the file. */
const MOST_TEXT = 32_767;
/** 1970-01-01 in days since Excel's first. */
const EPOCH = 25_569;
/** 1900-03-01: Excel's days before are off by one, for its 1900 is a leap year. */
const FIRST_DAY = 61;
/** Styles, by their place in styles.xml. */
const style = { plain: 0, day: 1, title: 2, percent: 3, note: 4 } as const;

/** `at`: where it stands, A1. Null and what is no number are an empty cell, which need not be written. */
export const cellXml = (value: Cell, at: string): string => {
  if (value === null) return '';
  if (typeof value === 'string') return textCell(value, at, style.plain);
  if (typeof value === 'number') return Number.isFinite(value) ? `<c r="${at}"><v>${value}</v></c>` : '';
  if ('part' in value) {
    return value.whole > 0 ? `<c r="${at}" s="${style.percent}"><v>${value.part / value.whole}</v></c>` : '';
  }
  const serial = epochDay(value) + EPOCH;
  return serial < FIRST_DAY
    ? textCell(value.toString(), at, style.plain)
    : `<c r="${at}" s="${style.day}"><v>${serial}</v></c>`;
};

export const titleCell = (text: string, at: string): string => textCell(text, at, style.title);

/** Runs on over empty cells to its right, in one line. */
export const noteCell = (text: string, at: string): string => textCell(text, at, style.note);

/** Written inline: a table of shared texts would have to be held in memory until the end. */
const textCell = (text: string, at: string, of: number): string =>
  `<c r="${at}" t="inlineStr" s="${of}"><is><t xml:space="preserve">${escaped(shortened(text))}</t></is></c>`;

const shortened = (text: string): string => (text.length > MOST_TEXT ? `${cut(text, MOST_TEXT - 1)}…` : text);

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What has to be looked at in a text: most hold nothing of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const odd = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff\ud800-\udfff&<>"]|_x[\da-f]{4}_/iu;

/** As XML 1.0 takes it: other control characters and halves of pairs make the whole file unreadable. */
export const escaped = (text: string): string => {
  if (text.isWellFormed() && !odd.test(text)) return text;
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      // Excel reads _x0041_ as A: a stroke of its own says that this one is meant.
      .replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_')
      .replace(/[&<>"]/g, (character) => entities[character] ?? '')
  );
};

/** `A`, `Z`, `AA`, from 0. */
export const columnName = (n: number): string =>
  n < 26 ? String.fromCharCode(65 + n) : `${columnName(Math.floor(n / 26) - 1)}${columnName(n % 26)}`;

const DAY_WIDTH = 10;
const NUMBER_WIDTH = 6;

/** In characters of the standard font; of a text with several lines, the longest. */
export const widthOf = (value: Cell): number => {
  if (value === null) return 0;
  if (typeof value === 'string')
    return Math.max(
      ...value
        .slice(0, 1_000)
        .split(/\r\n?|\n/)
        .map(lineWidth),
    );
  if (typeof value === 'number') return `${value}`.length;
  return 'part' in value ? NUMBER_WIDTH : DAY_WIDTH;
};

const lineWidth = (line: string): number => {
  let width = 0;
  for (const character of line) width += WIDE.test(character) ? 2 : MARK.test(character) ? 0 : 1;
  return width;
};

/** What a Chinese font draws twice as wide as a letter: CJK and its punctuation, full-width forms, Hangul, pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6“”‘’…—①-⓿]|\p{Extended_Pictographic}|[\u{20000}-\u{3fffd}]/u;
const MARK = /\p{M}|\p{Cf}|\p{Cc}/u;
