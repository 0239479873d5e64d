/** What can be read off one item: whether it repeats another, and its tag. */

/** Chinese, figures and small letters are spelt in one way only. */
const ONE_SPELLING = /^[a-z0-9一-鿿、，]*$/;

/**
 * What an item shares with those that say the same: width, case, spaces and a final full stop do not count. No space in
 * it.
 */
export const canonical = (text: string): string =>
  ONE_SPELLING.test(text)
    ? text.replaceAll('，', ',')
    : text
        .toWellFormed()
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s\u2800\p{Default_Ignorable_Code_Point}]/gu, '')
        .replace(/[。.]$/, '');

const TAG = /(?<![a-z0-9/&])[#＃](\p{L}[\p{L}\p{N}_]{0,19})(?![\p{L}\p{N}_])[#＃]?/iu;

/** The first tag in an item, and what the item says without it: `走访 #招商` has 招商 and 走访. Null without one. */
export const firstTag = (text: string): { readonly tag: string; readonly rest: string } | null => {
  const [all, tag] = TAG.exec(text) ?? [];
  if (all === undefined || tag === undefined) return null;
  const rest = text.replace(all, ' ').replace(/\s+(?=[\s，。；：、])/gu, '');
  return { tag: tag.normalize('NFKC'), rest: rest.trim() };
};
