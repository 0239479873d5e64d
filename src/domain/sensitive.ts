/**
 * What nobody may write to the bot: a person's numbers and classified words (C17, C18). Every message is looked through,
 * so the usual one costs a single look for eleven digits.
 */
export type Sensitive = 'id-card' | 'phone' | 'secret';

/** Eleven digits of any width, perhaps with a space or dash between them. */
const DIGITS = /(?:[0-9０-９][ \u3000\u2010-\u2015－-]?){11}/u;
/** A run of digits with the gaps in it, and the X that an identity number may end with. */
const RUNS = /(?<![0-9a-z])[0-9](?:[ -]?[0-9]){10,}(?:[ -]?x(?![a-z]))?/giu;

/** The marks of a classified paper. The list proper is the unit's own: see the setting `secrets`. */
const SAMPLE = /绝密|机密|秘密(?:[★☆*＊]|级)/u;

/** What is wrong with `text`; null for almost everything. `secrets`: the unit's own words, kept and compiled once. */
export const sensitiveIn = (text: string, secrets: readonly string[] = []): Sensitive | null => {
  if (DIGITS.test(text)) {
    const found = numbersIn(text);
    if (found) return found;
  }
  if (SAMPLE.test(text) || secrets.some((word) => text.includes(word))) return 'secret';
  return null;
};

const numbersIn = (text: string): 'id-card' | 'phone' | null => {
  const narrow = text.replace(/[０-９Ｘｘ－\u3000\u2010-\u2015]/gu, (sign) => plainSign(sign));
  let phone = false;
  for (const [run] of narrow.matchAll(RUNS)) {
    const digits = run.replace(/[ -]/g, '').toUpperCase();
    if (isIdCard(digits)) return 'id-card';
    // Two numbers may stand beside each other with only a space between them.
    const parts = [digits, ...run.split(/[ -]/)].map((part) => part.replace(/^86(?=1\d{10}$)/, ''));
    if (parts.some(isIdCard)) return 'id-card';
    phone ||= parts.some(isMobile);
  }
  return phone ? 'phone' : null;
};

const plainSign = (sign: string): string => {
  if (/[０-９]/u.test(sign)) return String.fromCharCode(sign.charCodeAt(0) - 0xfee0);
  if (/[Ｘｘ]/u.test(sign)) return 'x';
  return sign === '\u3000' ? ' ' : '-';
};

const isMobile = (digits: string): boolean => /^1[3-9]\d{9}$/.test(digits);

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A mainland identity number: a birthday in it, and the check digit of GB 11643 (ISO 7064, MOD 11-2). */
const isIdCard = (digits: string): boolean => {
  if (!/^[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/.test(digits)) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return '10X98765432'[sum % 11] === digits[17]?.toUpperCase();
};
