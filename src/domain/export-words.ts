/** What `/导出` is to make a workbook of. */
import type { Day } from './calendar.ts';
import { periodOf } from './dates.ts';
import type { Span } from './period.ts';
import { visible } from './visible.ts';

export type ExportKind = 'own' | 'board' | 'lists' | 'reports';

export type ExportWords = {
  readonly kind: ExportKind;
  /** What follows: days, units. */
  readonly rest: string;
  /** One sheet a unit. */
  readonly isSplit: boolean;
};

/** Longer words first: 红黑榜 ends in 榜. */
const KINDS: readonly (readonly [kind: ExportKind, words: RegExp])[] = [
  ['lists', /^(?:红黑榜|红榜|黑榜|(?:lists?|red and black)(?![\p{L}\p{N}]))/iu],
  ['board', /^(?:单位榜|榜单|榜|boards?(?![\p{L}\p{N}]))/iu],
  ['reports', /^(?:日清|日报|(?:daily|reports?)(?![\p{L}\p{N}]))/iu],
];
const SPLIT = /(?:^|\s)(?:按单位分表|分单位|分表|split|by unit)(?=\s|$)/iu;

/** `榜 上周`, `红黑榜 2026年11月`, `日清 11月 城关镇 分表`; all else is one's own. */
export const readExport = (typed: string): ExportWords => {
  const said = visible(typed).replace(/\s+/gu, ' ');
  for (const [kind, words] of KINDS) {
    const found = words.exec(said);
    if (!found) continue;
    const after = said.slice(found[0].length).trim();
    const isSplit = kind === 'reports' && SPLIT.test(after);
    return { kind, rest: isSplit ? after.replace(SPLIT, '').replace(/\s+/gu, ' ').trim() : after, isSplit };
  }
  return { kind: 'own', rest: said, isSplit: false };
};

/** `11月 城关镇`, `城关镇 11月1日-11月20日`: the longest days at either end, and what stands beside them. */
export const spanBeside = (typed: string, today: Day): { readonly span: Span | null; readonly rest: string } => {
  const words = typed === '' ? [] : typed.split(' ');
  for (let length = words.length; length > 0; length -= 1) {
    const cut = words.length - length;
    const atEnd = periodOf(words.slice(cut).join(' '), today);
    if (atEnd) return { span: atEnd, rest: words.slice(0, cut).join(' ') };
    const first = periodOf(words.slice(0, length).join(' '), today);
    if (first) return { span: first, rest: words.slice(length).join(' ') };
  }
  return { span: null, rest: typed };
};
