/** What can be read off one item: whether it repeats another, its tags, the tasks it names. */
import { narrow } from './visible.ts';

/** Chinese, figures and small letters are spelt in one way only. */
const ONE_SPELLING = /^[a-z0-9一-鿿、，]*$/;

/** What an item shares with those that say the same: width, case, spaces and a final full stop do not count. No space in it. */
export const canonical = (text: string): string =>
  ONE_SPELLING.test(text)
    ? text.replaceAll('，', ',')
    : text
        .toWellFormed()
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s\u2800\p{Default_Ignorable_Code_Point}]/gu, '')
        .replace(/[。.]$/, '');

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
