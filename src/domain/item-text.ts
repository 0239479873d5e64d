/** What can be read off one item: whether it repeats another, its tags, the tasks it names. */
import { narrow } from './visible.ts';

/** What two items must share to be the same: width, case, spaces and a final full stop do not count. */
const canonical = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u2800\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[。.]$/, '');

/** Whether `b` says again what `a` says. */
export const sameItem = (a: string, b: string): boolean => canonical(a) === canonical(b);

/** Eleven letters and digits that stand for all spellings of an item: 53 bits, for telling apart the items of one person. */
export const itemKey = (text: string): string => {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const letter of canonical(text)) {
    const code = letter.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return ((low & 0x1fffff) * 0x1_0000_0000 + (high >>> 0)).toString(36).padStart(11, '0');
};

/** The tags in an item, without `#`, each once: `#招商 走访` and `#招商#走访` have 招商. */
export const tagsOf = (text: string): string[] =>
  unique(
    [...text.matchAll(/(?<![a-z0-9/&])[#＃](\p{L}[\p{L}\p{N}_]{0,19})(?![\p{L}\p{N}_])[#＃]?/giu)].map(([, tag = '']) =>
      tag.normalize('NFKC'),
    ),
  );

/** The tasks that an item names, each once, spelt `T-42`. */
export const taskLinksOf = (text: string): string[] =>
  unique(
    [...narrow(text).matchAll(/(?<![a-z0-9_-])t[-‐–]0*([1-9]\d{0,8})(?![a-z0-9_])/g)].map(
      ([, number]) => `T-${number}`,
    ),
  );

const unique = (list: readonly string[]): string[] => [...new Set(list)];
