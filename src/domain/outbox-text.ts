/** Reads what follows /发件. */
import { readItemNumbers } from './item-numbers.ts';
import { cleanName } from './names.ts';
import { plain } from './spoken.ts';

const AGAIN = /^(?:重新发送?|重发|再发|补发|resend|send again|again)\s*(.*)$/iu;
const LISTED = new Set(['', '列表', '看', '查看', 'list']);
const CONFIRMED = /\s*(?:确认|confirm)\s*$/iu;

export type OutboxOrder =
  | { readonly kind: 'listed' }
  /** `isConfirmed`: also what may stand in its chat already. No numbers: it was not said which. */
  | { readonly kind: 'again'; readonly which: 'all' | readonly number[]; readonly isConfirmed: boolean };

/** `重发 3、5`, `重发 全部 确认`; null: it is something else. */
export const readOutbox = (typed: string): OutboxOrder | null => {
  const said = cleanName(typed);
  if (LISTED.has(plain(said))) return { kind: 'listed' };
  const rest = AGAIN.exec(said)?.[1];
  if (rest === undefined) return null;
  const which = readItemNumbers(rest.replace(CONFIRMED, ''));
  return which && { kind: 'again', which, isConfirmed: CONFIRMED.test(rest) };
};
