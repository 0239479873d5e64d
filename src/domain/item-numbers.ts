/** The numbers of unfinished items as people type them after /清. */
import { cleanName } from './names.ts';
import { spelt } from './numbering.ts';

/** Far more than anybody has open. */
const MAX_NUMBERS = 100;

const ALL = new Set(['全部', '全清', '都清了', '所有', 'all']);
const BETWEEN = /(?:[\s,，、;；.。和及与]|\band\b)+/u;
const DASH = /\s*(?:[-~〜—–]+|到|至|\bto\b)\s*/u;
// Said with the numbers, and meant by the command itself.
const DONE = /(?:都|已经?)?(?:清了?|办结了?|办完了?|完成了?|办好了?)[。.!]?$/u;
const ONE = /^[#第]?(\d{1,9}|[一二三四五六七八九十]{1,3})[项条号]?$/u;

/** `1 3`, `1、3`, `#1`, `第1项`, `1-3`, `1到3 已办结`; [] for nothing typed; null: it is something else. */
export const readItemNumbers = (typed: string): readonly number[] | 'all' | null => {
  const said = cleanName(typed).normalize('NFKC').toLowerCase();
  if (ALL.has(said)) return 'all';
  if (said === '') return [];
  const parts = said
    .replace(DONE, '')
    .replace(new RegExp(DASH, 'gu'), '-')
    .split(BETWEEN)
    .filter((part) => part !== '');
  if (parts.length === 0 || parts.length > MAX_NUMBERS) return null;
  const numbers = parts.flatMap((part) => numbersIn(part) ?? [Number.NaN]);
  return numbers.length <= MAX_NUMBERS && numbers.every(Number.isInteger) ? numbers : null;
};

const numbersIn = (part: string): readonly number[] | null => {
  const [from, to = from, more] = part.split('-').map(numberIn);
  if (from == null || to == null || more !== undefined || to < from || to - from >= MAX_NUMBERS) return null;
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
};

const numberIn = (word: string): number | null => {
  const digits = ONE.exec(word)?.[1];
  const value = digits === undefined ? 0 : spelt(digits);
  return value === 0 && digits !== '0' ? null : value;
};
