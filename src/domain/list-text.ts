/** Reads what follows /红黑榜 and /申诉. */
import type { Day } from './calendar.ts';
import { periodOf } from './dates.ts';
import { type ListKind, readNumbered } from './lists.ts';
import { plain } from './spoken.ts';
import { visible } from './visible.ts';

export type ListAct = 'strike' | 'restore' | 'confirm' | 'sign' | 'withdraw' | 'correct' | 'keep';
type Span = { readonly from: Day; readonly to: Day };

export type ListText =
  | { readonly kind: 'newest' }
  /** Null: the last one that is over. */
  | { readonly kind: 'draft'; readonly period: Span | null }
  | { readonly kind: 'period'; readonly period: Span }
  | { readonly kind: 'issue'; readonly number: number }
  | {
      readonly kind: 'act';
      readonly number: number;
      readonly act: ListAct;
      /** The unit's name, where the act is about one; '' for none. */
      readonly unit: string;
      /** '' for none. */
      readonly reason: string;
    }
  /** What is to be done, as it was said, but not with which issue. */
  | { readonly kind: 'unnumbered'; readonly said: string }
  | { readonly kind: 'unknown'; readonly number: number | null };

export type ListOrder = Extract<ListText, { kind: 'act' }>;

const acts: ReadonlyMap<string, ListAct> = new Map([
  ...words('strike', '去掉 删去 删除 移除 去除 remove strike'),
  ...words('restore', '恢复 加回 restore'),
  ...words('confirm', '确认 confirm'),
  ...words('sign', '签发 签字 签 sign'),
  ...words('withdraw', '撤回 撤销 作废 withdraw'),
  ...words('correct', '更正 correct'),
  ...words('keep', '维持 不更正 keep'),
]);

function words(act: ListAct, spelt: string): (readonly [string, ListAct])[] {
  return spelt.split(' ').map((word) => [word, act] as const);
}

const REASON = /(?:^|[\s,，;；])(?:理由|原因|因为|reason|because)\s*[:：]?\s*/iu;

/** What stands before `理由：` and behind it. */
export const withReason = (typed: string): { readonly said: string; readonly reason: string } => {
  const text = visible(typed).replace(/\n/g, ' ');
  const at = REASON.exec(text);
  if (!at) return { said: text.trim(), reason: '' };
  return { said: text.slice(0, at.index).trim(), reason: text.slice(at.index + at[0].length).trim() };
};

/** `L-03 去掉 白石镇 理由：…`, `起草 11月`, `2026年11月`, `L-03`, or nothing. */
export const readLists = (typed: string, today: Day): ListText => {
  const text = visible(typed).replace(/\n/g, ' ');
  if (text === '') return { kind: 'newest' };
  const numbered = readNumbered('l', text);
  if (numbered) return numbered.rest === '' ? { kind: 'issue', number: numbered.number } : readAct(numbered);

  const [first = '', ...rest] = text.split(' ');
  if (acts.has(plain(first))) return readActFirst(text);
  const drafting = /^(起草|拟稿|draft)(.*)$/iu.exec(first);
  if (drafting) {
    const named = [drafting[2] ?? '', ...rest].join(' ').trim();
    const period = named === '' ? null : spanOf(named, today);
    return named !== '' && period === null ? { kind: 'unknown', number: null } : { kind: 'draft', period };
  }
  const period = spanOf(text, today);
  return period ? { kind: 'period', period } : { kind: 'unknown', number: null };
};

/** `红`, `黑榜 2026年11月`: which list is asked for where a board is, and of when; null for no list. */
export const readListWord = (
  typed: string,
  today: Day,
): { readonly only: ListKind; readonly period: Span | null; readonly rest: string } | null => {
  const read = /^(?:(红榜?|red|honour)|黑榜?|black|warning)(?![\p{L}])\s*(.*)$/iu.exec(visible(typed));
  if (!read) return null;
  const rest = (read[2] ?? '').trim();
  const period = rest === '' ? null : spanOf(rest, today);
  return { only: read[1] === undefined ? 'warning' : 'honour', period, rest: period ? '' : rest };
};

/** A whole month or quarter; lists are of no other span. */
const spanOf = (text: string, today: Day): Span | null => {
  const found = periodOf(text, today);
  if (found?.from.day !== 1 || !found.to.equals(found.to.with({ day: found.to.daysInMonth }))) return null;
  const months = (found.to.year - found.from.year) * 12 + found.to.month - found.from.month + 1;
  return months === 1 || (months === 3 && found.from.month % 3 === 1) ? { from: found.from, to: found.to } : null;
};

/** `确认 L-03`, `去掉 白石镇 L-03 理由：…`: the number behind what is to be done. */
const readActFirst = (text: string): ListText => {
  const { said, reason } = withReason(text);
  const words = said.split(' ');
  const at = words.findIndex((word) => readNumbered('l', word)?.rest === '');
  const numbered = readNumbered('l', words[at] ?? '');
  if (!numbered) return { kind: 'unnumbered', said: words[0] ?? '' };
  const rest = words.filter((_, i) => i !== at).join(' ');
  return readAct({ number: numbered.number, rest: reason === '' ? rest : `${rest} 理由：${reason}` });
};

const readAct = ({ number, rest }: { readonly number: number; readonly rest: string }): ListText => {
  const { said, reason } = withReason(rest);
  const [word = '', ...more] = said.split(' ');
  const known = plain(word);
  const exact = acts.get(known);
  if (exact) return { kind: 'act', number, act: exact, unit: more.join(' '), reason };
  // 去掉白石镇, without a space.
  const begun = [...acts].find(([name]) => /\p{Script=Han}{2}/u.test(name) && known.startsWith(name));
  if (!begun) return { kind: 'unknown', number };
  const unit = [word.slice(begun[0].length), ...more].join(' ').trim();
  return { kind: 'act', number, act: begun[1], unit, reason };
};

export type AppealText =
  | { readonly kind: 'file'; readonly number: number; readonly text: string }
  | { readonly kind: 'decide'; readonly number: number; readonly isUpheld: boolean | null; readonly reason: string }
  | { readonly kind: 'list' }
  | { readonly kind: 'unknown' };

const DECISION = /^(采纳|成立|同意|uphold|upheld|accept|驳回|不采纳|不成立|reject|dismiss)[\s,，:：]*/iu;

/** `L-03 理由…` files, `A-02 采纳|驳回 理由…` decides; alone it lists what waits. */
export const readAppeal = (typed: string): AppealText => {
  const text = visible(typed).replace(/\n/g, ' ');
  if (text === '') return { kind: 'list' };
  const issue = readNumbered('l', text);
  if (issue) return { kind: 'file', number: issue.number, text: issue.rest };
  const appeal = readNumbered('a', text);
  if (!appeal) return { kind: 'unknown' };
  const decision = DECISION.exec(appeal.rest);
  const isUpheld = decision === null ? null : /^(采纳|成立|同意|up|acc)/iu.test(decision[1] ?? '');
  const rest = appeal.rest.slice(decision?.[0].length ?? 0);
  const { said, reason } = withReason(rest);
  return { kind: 'decide', number: appeal.number, isUpheld, reason: reason === '' ? said : reason };
};
