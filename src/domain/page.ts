import { spelt } from './numbering.ts';
import { narrow } from './visible.ts';

const PAGE = /(?:^|\s)(?:第\s?(\d{1,3}|[一二三四五六七八九十]{1,2})\s?页|page (\d{1,3}))$/u;

/** The page that the end of `words` asks for (`第2页`, `page 2`), 1 without one; and the words without it. */
export const readPage = (words: string): { readonly page: number; readonly rest: string } => {
  const [whole = '', chinese, english] = PAGE.exec(narrow(words)) ?? [];
  const page = english === undefined ? spelt(chinese ?? '1') : Number(english);
  return { page: Math.max(1, page), rest: words.slice(0, words.length - whole.length).trim() };
};
