/**
 * From what a person types after /日清 to items. Never throws, refuses nothing for being imperfect, takes linear time.
 */
import { afterNumbering, cutsOf } from './numbering.ts';
import { cut, type Piece, pieceOf, trimmed } from './piece.ts';
import type { Item } from './report.ts';
import { closingsOf, partsOf, type Section } from './sections.ts';
import { isLonger, saysSomething, tidy, visible } from './visible.ts';

/** Ten times a full day's list; beyond it somebody pasted a table, and nobody would read it in a digest. */
export const MAX_ITEMS = 100;
/** A long paragraph. What is longer is a document. */
export const MAX_ITEM_CHARACTERS = 500;
/**
 * More than a WeCom message holds in Chinese (20,480 bytes, some 6,800 characters): what could be sent can be filed.
 */
export const MAX_REPORT_CHARACTERS = 10_000;
/** What is longer is refused whatever it says, in UTF-16 units; so much of it tells why. */
const MOST_READ = 5 * MAX_REPORT_CHARACTERS;

/** `nothing`: 今日无, a report without items. `limit`: the one that was passed; 0 for an empty text. */
export type ParsedReport =
  | { readonly items: readonly Item[]; readonly nothing: boolean }
  | { readonly problem: 'empty' | 'too-many-items' | 'too-long-item' | 'too-long'; readonly limit: number };

/**
 * The items of a report. A line end, `;` or `；` ends an item, except between brackets that stand inside it and are
 * closed on the same line. Numbering goes (see numbering.ts). A section lasts until the next section word (see
 * sections.ts); before the first one everything is done. A section word that is part of a sentence stays in it; still,
 * an item that begins with 未完成 or 未清 is never done; nor, where no section was opened, one that begins with 明日, 明天 or
 * 需协调, or ends with 未完成.
 */
export const parseReport = (typed: string): ParsedReport => {
  // Narrow once: most patterns look at every stretch, and making it narrow is a third of the work on a report.
  const whole = pieceOf(visible(typed.slice(0, MOST_READ)));
  const lines = linesOf(whole)
    .flatMap(splitAtSemicolons)
    .filter(({ text }) => text !== '');
  // Headings may have lines of their own. Ten thousand items are said to be too many, not too long.
  if (lines.length > 2 * MAX_ITEMS) return { problem: 'too-many-items', limit: MAX_ITEMS };
  if (typed.length > MOST_READ || isLonger(whole.text, MAX_REPORT_CHARACTERS)) {
    return { problem: 'too-long', limit: MAX_REPORT_CHARACTERS };
  }

  const stretches = stretchesOf(lines);
  const starts = afterNumbering(stretches.map(({ words }) => words.plain));
  const read = stretches.map((stretch, n) => readItem({ ...stretch, words: trim(cut(stretch.words, starts[n] ?? 0)) }));
  const items = read.filter((item) => item !== null && item !== 'nothing');

  if (items.length > MAX_ITEMS) return { problem: 'too-many-items', limit: MAX_ITEMS };
  if (items.some(({ text }) => isLonger(text, MAX_ITEM_CHARACTERS))) {
    return { problem: 'too-long-item', limit: MAX_ITEM_CHARACTERS };
  }
  if (items.length > 0) return { items, nothing: false };
  return read.includes('nothing') ? { items: [], nothing: true } : { problem: 'empty', limit: 0 };
};

const linesOf = ({ text, plain }: Piece): Piece[] => {
  const lines = plain.split('\n');
  return text.split('\n').map((line, n) => ({ text: line, plain: lines[n] ?? '' }));
};

const splitAtSemicolons = (line: Piece): Piece[] => {
  const { plain } = line;
  if (!SEMICOLON.test(plain)) return [line];
  const closings = closingsOf(plain);
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = 0; at < plain.length; at += 1) {
    if (plain[at] === ';' || plain[at] === '﹔') {
      pieces.push(trimmed(cut(line, from, at)));
      from = at + 1;
    } else {
      // Brackets around several items do not make them one.
      const isFirst = at === from || (at === from + 1 && plain[from] === ' ');
      at = isFirst ? at : (closings.get(at) ?? at);
    }
  }
  return [...pieces, trimmed(cut(line, from))];
};
const SEMICOLON = /[;﹔]/;

/** `said`: the person named the section for this very stretch. `first`: no section was named so far. */
type Stretch = { readonly section: Section; readonly said: boolean; readonly first: boolean; readonly words: Piece };

const stretchesOf = (lines: readonly Piece[]): Stretch[] => {
  const stretches: Stretch[] = [];
  let section: Section = 'done';
  let first = true;
  for (const line of lines) {
    for (const part of partsOf(line, section)) {
      section = part.opens ?? section;
      first &&= part.opens === null;
      const words = trimmed(part.words);
      const cuts = cutsOf(words.plain);
      for (const [n, at] of cuts.entries()) {
        const said = part.opens !== null && n === 0;
        stretches.push({ section, first, said, words: trimmed(cut(words, at, cuts[n + 1])) });
      }
    }
  }
  return stretches;
};

/** Null: there is nothing to read in it. 'nothing': it says that there is nothing, as in 求助：无. */
const readItem = ({ section, said, first, words: { text, plain } }: Stretch): Item | 'nothing' | null => {
  const mark = said || section !== 'done' ? undefined : marks.find((m) => m.word.test(text) && (first || m.always));
  if (NOTHING.test(mark ? plain.replace(mark.word, '') : plain)) return 'nothing';
  if (!saysSomething(text)) return null;
  const kind = mark?.kind ?? section;
  return { kind: kind === 'open' && WAITING.test(plain) ? 'waiting' : kind, text };
};

const marks: readonly { readonly word: RegExp; readonly kind: Section; readonly always: boolean }[] = [
  { word: /^(?:今[日天]|尚)?未(?:完成|清)/, kind: 'open', always: true },
  { word: /^明[日天]/, kind: 'plan', always: false },
  { word: /^需要?协调/, kind: 'help', always: false },
  // 台账未完成；协议（未完成，等批复）
  {
    word: /(?:尚|还|仍)?未(?:完成|办结)[)）]?[。.]?$|[ ,，(（](?:尚|还|仍)?未(?:完成|办结|清)(?=[,，)）]|[。.]?$)/,
    kind: 'open',
    always: false,
  },
];

/** A reason after a comma or in brackets that begins with 等 or 待; 等级 and 待遇 are other words. */
const WAITING = /[,([【] ?(?:等(?![级次额等])|待(?!遇)|a?wait|pending)/;

const NOTHING =
  /^(?:(?:今[日天]|本日|暂) ?)?(?:无|無|没有?)(?:事项?|内容|未清|遗留(?:问题)?)?[。.!]?$|^(?:none|nothing(?: today)?|nil|n\/a|no|\/)[.!]?$/;

/** Without commas and enumeration marks at its end, which a list on one line leaves behind. */
const trim = (words: Piece): Piece => {
  let end = words.text.length;
  while (end > 0 && /[,，、\s]/.test(words.text[end - 1] ?? '')) end -= 1;
  const kept = cut(words, 0, end);
  const text = tidy(kept.text);
  return text === kept.text ? kept : pieceOf(text);
};
