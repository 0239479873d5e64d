/** The numbering that people put before what they list: `1.` `2、` `（3）` `④` `五、` `-`. All texts here are `narrow`. */
import { matchAt } from './match-at.ts';

/** A numbering that begins somewhere: which number, how it is written, and where what it numbers begins. */
export type Numbering = {
  readonly value: number;
  readonly style: string;
  readonly end: number;
  /** `2、3号楼` may be two buildings or item 2: only the neighbours tell. */
  readonly doubtful: boolean;
};

// No item has a higher number than 100, and 110、119 is content.
const NUMBER = String.raw`(100|\d{1,2}|[一二三四五六七八九十]{1,3})`;
const IN_BRACKETS = new RegExp(String.raw`[([【〔] ?${NUMBER} ?[)\]】〕][、.,:]?`, 'y');
// 3.5亿元, 10:30 and 1,000户 are content; 1.2026年计划 is not.
const BEFORE_POINT = new RegExp(String.raw`第?${NUMBER} ?(?:(、)|([.,:。)])(?!\d)|(\.)(?=20\d\d年))`, 'y');
const KEYCAP = /(\d)\ufe0f?\u20e3[、.,:]?|(\u{1f51f})/uy;
// ①号楼 is a building.
const CIRCLED = /([①-⒛㈠-㈩㉑-㉟㊀-㊉㊱-㊿⓫-⓴⓵-⓾❶-➓])(?!号)[、.,:)]?/y;
const ENUMERATED = new RegExp(`${NUMBER}(、?)`, 'y');
/** What counts or names something when it comes after a number: `2 户`, `3 月`, `(2)期`. */
const COUNTED =
  /[户个家件次人名万亿元%公里岁条份台套处吨亩米楼号栋桥路线门店院机位期批村月日年天时点分周季级所座场起宗项类班组]/y;
const BEFORE_SPACE = /(100|\d{1,2}) (?=\p{L})/uy;
/** What all of these begin with. Most items begin with a verb. */
const MAY_BEGIN = /[\d一二三四五六七八九十第([【〔①-⒛㈠-㈩㉑-㉟㊀-㊉㊱-㊿⓫-⓴⓵-⓾❶-➓\u{1f51f}]/uy;

/** Where each run of circled numbers begins, and with which number; in the order of Unicode. */
const runs = ['①1', '⑴1', '⒈1', '⓫11', '⓵1', '❶1', '➀1', '➊1', '㈠1', '㉑21', '㊀1', '㊱36'].map((run) => ({
  first: run.charCodeAt(0),
  value: Number(run.slice(1)),
}));

/** The number that begins at `at`, or null where it is part of what is said. */
export const numberAt = (text: string, at: number): Numbering | null => {
  if (!matchAt(MAY_BEGIN, text, at)) return null;
  const match = (pattern: RegExp) => matchAt(pattern, text, at);
  const found = (value: number, style: string, length: number, doubtful = false): Numbering => {
    const end = at + length;
    return { value, style, end: text[end] === ' ' ? end + 1 : end, doubtful };
  };

  const circled = match(CIRCLED);
  if (circled?.[1]) {
    const code = circled[1].charCodeAt(0);
    const run = runs.findLast(({ first }) => first <= code);
    return found(run ? run.value + code - run.first : 0, 'circled', circled[0].length);
  }
  const keycap = match(KEYCAP);
  if (keycap) return found(keycap[2] ? 10 : Number(keycap[1]), 'keycap', keycap[0].length);
  const bracketed = match(IN_BRACKETS);
  if (bracketed?.[1]) return found(spelt(bracketed[1]), 'brackets', bracketed[0].length);

  const pointed = match(BEFORE_POINT);
  if (!pointed?.[1]) {
    const spaced = match(BEFORE_SPACE);
    if (!spaced?.[1] || matchAt(COUNTED, text, at + spaced[0].length)) return null;
    return found(Number(spaced[1]), 'space', spaced[0].length, true);
  }
  const value = spelt(pointed[1]);
  // 五.一假期 is a day.
  if (!pointed[2] && isHan(pointed[1]) && isHan(text[at + pointed[0].length])) return null;
  if (!pointed[2]) return found(value, pointed[3] ?? '.', pointed[0].length);
  const [, second, more] = matchAt(ENUMERATED, text, at + pointed[0].length) ?? [];
  // 1、2、3号楼 lists buildings.
  return more ? null : found(value, '、', pointed[0].length, second !== undefined && spelt(second) === value + 1);
};

const isHan = (text: string | undefined): boolean => text !== undefined && /^[一二三四五六七八九十]/.test(text);

/** The number that digits or Chinese numerals up to 99 spell; 0 when they spell none, as 三四. */
export const spelt = (digits: string): number => {
  if (/^\d/.test(digits)) return Number(digits);
  const [, tens, ten, ones] = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(digits) ?? [];
  if (!ten) return tens && !ones ? valueOfHan(tens) : 0;
  return 10 * (tens ? valueOfHan(tens) : 1) + (ones ? valueOfHan(ones) : 0);
};
const valueOfHan = (numeral: string): number => '一二三四五六七八九'.indexOf(numeral) + 1;

// A bullet before U+FE0F is drawn as a picture.
const BULLET = /[-–—•·*●○◆◇■□▪▫◦‣⁃∙・◎★☆☐☑✓✔√→⇒❖»➤➢►▶]+(?!\ufe0f) ?/y;

/** Where a text begins after the bullet at `at`. A minus before a digit and asterisks around a word are no bullets. */
const afterBullet = (text: string, at: number): number => {
  const bullet = matchAt(BULLET, text, at)?.[0];
  if (!bullet) return at;
  const end = at + bullet.length;
  if (/^[-–]+$/.test(bullet) && /\d/.test(text[end] ?? '')) return at;
  if (/\*$/.test(bullet) && text.includes('*', end)) return at;
  return end;
};

/**
 * Where the words of each text of a list begin: after its bullet and its number, also after a number of another style.
 */
export const afterNumbering = (list: readonly string[]): number[] =>
  list.map((text, n) => {
    const at = afterBullet(text, 0);
    const number = numberAt(text, at);
    if (!number || (number.doubtful && !hasNeighbour(list, n, number))) return at;
    const next = afterBullet(text, number.end);
    const second = numberAt(text, next);
    return second && !second.doubtful && second.style !== number.style ? second.end : next;
  });

const hasNeighbour = (list: readonly string[], n: number, { value, style }: Numbering): boolean =>
  [-1, 1].some((step) => {
    const neighbour = numberAt(list[n + step] ?? '', 0);
    return neighbour?.style === style && neighbour.value === value + step;
  });

/** The places at which a list written on one line (`1. 走访 2. 上报`, `1.走访2.上报`) is to be cut, 0 among them. */
export const cutsOf = (text: string): number[] => {
  const first = numberAt(text, 0);
  if (!first) return [0];
  const cuts = [0];
  for (let at = first.end; at < text.length; at += 1) {
    const isParted = first.style === 'circled' || /[ ,。!]/.test(text[at - 1] ?? '');
    // Without anything between them only a whole list is one: 1.走访2.上报.
    if (!isParted && (first.value !== 1 || at === first.end || !CLOSES_WORDS.test(text[at - 1] ?? ''))) continue;
    const number = numberAt(text, at);
    if (number?.style !== first.style || number.value !== first.value + cuts.length || number.doubtful) continue;
    if (isParted || !matchAt(COUNTED, text, number.end)) cuts.push(at);
  }
  return cuts;
};
const CLOSES_WORDS = /[\p{Script=Han})\]】》”」、]/u;
