/** From what a person types after /日清 to items. Never throws, refuses nothing for being imperfect, takes linear time. */
import { afterNumbering, cutsOf } from './numbering.ts';
import type { Item } from './report.ts';
import { closingsOf, partsOf, type Section } from './sections.ts';
import { characters, narrow, saysSomething, tidy, visible } from './visible.ts';

/** Ten times a full day's list; beyond it somebody pasted a table, and nobody would read it in a digest. */
export const MAX_ITEMS = 100;
/** A long paragraph. What is longer is a document. */
export const MAX_ITEM_CHARACTERS = 500;
/** More than a WeCom message holds in Chinese (20,480 bytes, some 6,800 characters): what could be sent can be filed. */
export const MAX_REPORT_CHARACTERS = 10_000;

/** `nothing`: 今日无, a report without items. `limit`: the one that was passed; 0 for an empty text. */
export type ParsedReport =
  | { readonly items: readonly Item[]; readonly nothing: boolean }
  | { readonly problem: 'empty' | 'too-many-items' | 'too-long-item' | 'too-long'; readonly limit: number };

/**
 * The items of a report. A line end, `;` or `；` ends an item, except between brackets that stand inside it and are
 * closed on the same line. Numbering goes (see numbering.ts). A section lasts until the next section word (see
 * sections.ts); before the first one everything is done. A section word that is part of a sentence stays in it; still, an
 * item that begins with 未完成 or 未清 is never done, nor one with 明日, 明天 or 需协调 where no section was opened.
 */
export const parseReport = (text: string): ParsedReport => {
  const plain = visible(text);
  const lines = plain.split('\n').flatMap(splitAtSemicolons).filter(Boolean);
  // Headings may have lines of their own. Ten thousand items are said to be too many, not too long.
  if (lines.length > 2 * MAX_ITEMS) return { problem: 'too-many-items', limit: MAX_ITEMS };
  if (characters(plain) > MAX_REPORT_CHARACTERS) return { problem: 'too-long', limit: MAX_REPORT_CHARACTERS };

  const stretches = stretchesOf(lines);
  const starts = afterNumbering(stretches.map((stretch) => narrow(stretch.text)));
  const read = stretches.map((stretch, n) => readItem({ ...stretch, text: trim(stretch.text.slice(starts[n])) }));
  const items = read.filter((item) => item !== null && item !== 'nothing');

  if (items.length > MAX_ITEMS) return { problem: 'too-many-items', limit: MAX_ITEMS };
  if (items.some((item) => characters(item.text) > MAX_ITEM_CHARACTERS)) {
    return { problem: 'too-long-item', limit: MAX_ITEM_CHARACTERS };
  }
  if (items.length > 0) return { items, nothing: false };
  return read.includes('nothing') ? { items: [], nothing: true } : { problem: 'empty', limit: 0 };
};

const splitAtSemicolons = (line: string): string[] => {
  if (!SEMICOLON.test(line)) return [line];
  const closings = closingsOf(narrow(line));
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at < line.length; at += 1) {
    if (SEMICOLON.test(line[at] ?? '')) {
      pieces.push(line.slice(from, at));
      from = at + 1;
    } else {
      // Brackets around several items do not make them one.
      const isFirst = at === from || (at === from + 1 && line[from] === ' ');
      at = isFirst ? at : (closings.get(at) ?? at);
    }
  }
  return [...pieces, line.slice(from)].map((piece) => piece.trim());
};
const SEMICOLON = /[;；﹔]/;

/** `said`: the person named the section for this very stretch. `first`: no section was named so far. */
type Stretch = { readonly section: Section; readonly said: boolean; readonly first: boolean; readonly text: string };

const stretchesOf = (lines: readonly string[]): Stretch[] => {
  const stretches: Stretch[] = [];
  let section: Section = 'done';
  let first = true;
  for (const line of lines) {
    for (const part of partsOf(line, section)) {
      section = part.opens ?? section;
      first &&= part.opens === null;
      const text = part.text.trim();
      const cuts = cutsOf(narrow(text));
      for (const [n, cut] of cuts.entries()) {
        stretches.push({
          section,
          first,
          said: part.opens !== null && n === 0,
          text: text.slice(cut, cuts[n + 1]).trim(),
        });
      }
    }
  }
  return stretches;
};

/** Null: there is nothing to read in it. 'nothing': it says that there is nothing, as in 求助：无. */
const readItem = ({ section, said, first, text }: Stretch): Item | 'nothing' | null => {
  const mark = said || section !== 'done' ? undefined : marks.find((m) => m.word.test(text) && (first || m.always));
  if (NOTHING.test(narrow(mark ? text.replace(mark.word, '') : text))) return 'nothing';
  if (!saysSomething(text)) return null;
  const kind = mark?.kind ?? section;
  return { kind: kind === 'open' && WAITING.test(narrow(text)) ? 'waiting' : kind, text };
};

const marks: readonly { readonly word: RegExp; readonly kind: Section; readonly always: boolean }[] = [
  { word: /^(?:今[日天]|尚)?未(?:完成|清)/, kind: 'open', always: true },
  { word: /^明[日天]/, kind: 'plan', always: false },
  { word: /^需要?协调/, kind: 'help', always: false },
];

/** A reason after a comma or in brackets that begins with 等 or 待; 等级 and 待遇 are other words. */
const WAITING = /[,([【] ?(?:等(?![级次额等])|待(?!遇)|a?wait|pending)/;

const NOTHING =
  /^(?:(?:今[日天]|本日|暂) ?)?(?:无|無|没有?)(?:事项?|内容|未清|遗留(?:问题)?)?[。.!]?$|^(?:none|nothing(?: today)?|nil|n\/a|no|\/)[.!]?$/;

/** Without commas and enumeration marks at its end, which a list on one line leaves behind. */
const trim = (text: string): string => {
  let end = text.length;
  while (end > 0 && /[,，、\s]/.test(text[end - 1] ?? '')) end -= 1;
  return tidy(text.slice(0, end));
};
