/** What follows /请假 and /销假: which days or half of one, and why; or an answer to somebody's request. */
import type { Day } from './calendar.ts';
import { type LeadingSpan, leadingSpan } from './dates.ts';
import type { LeaveSpan } from './owing.ts';
import { narrow } from './visible.ts';

export type LeaveText =
  | (LeaveSpan & { readonly reason: string })
  | Extract<LeadingSpan, { readonly problem: string }>
  | { readonly problem: 'which-half' | 'half-span' };

const MORNING = /^\s*(?:this |in the )?(?:上午|早上|早晨|前半天|morning)/iu;
const AFTERNOON = /^\s*(?:this |in the )?(?:下午|午后|后半天|afternoon)/iu;
/** A part of the day that is neither half of it. */
const PART = /^\s*(?:this |in the )?(?:半天|半日|中午|晚上|傍晚|(?:a )?half (?:a )?day|evening|noon)/iu;
/** What would go on to another day. */
const GOES_ON = /^\s*(?:到|至|[-~〜—–、和及与]|to |until |and )/iu;

type Part = { readonly part: 'morning' | 'afternoon' | 'other'; readonly rest: string };

const partAt = (text: string): Part | null => {
  const plain = narrow(text);
  for (const [part, pattern] of [['morning', MORNING] as const, ['afternoon', AFTERNOON] as const]) {
    const found = pattern.exec(plain)?.[0];
    if (found !== undefined) return { part, rest: text.slice(found.length) };
  }
  const other = PART.exec(plain)?.[0];
  return other === undefined ? null : { part: 'other', rest: text.slice(other.length) };
};

/** `11-25 至 11-27 出差`, `今天下午`, `下午 看病` (today's), `this afternoon`: the days as `leadingSpan` reads them. */
export const readLeave = (said: string, today: Day): LeaveText => {
  const alone = partAt(said);
  const span = alone ? { from: today, to: today, rest: said } : leadingSpan(said, today, 'future');
  if ('problem' in span) return span;
  const half = alone ?? partAt(span.rest);
  if (!half) return { from: span.from, to: span.to, part: null, reason: span.rest };
  if (!span.from.equals(span.to) || GOES_ON.test(narrow(half.rest))) return { problem: 'half-span' };
  if (half.part === 'other') return { problem: 'which-half' };
  const reason = half.rest.replace(/^[\s,，、:：]+/u, '');
  return { from: span.from, to: span.to, part: half.part, reason };
};

/** What is said to somebody's request. `who`: a number or a name, '' for none. */
export type LeaveAnswer = { readonly answer: 'approve' | 'decline'; readonly who: string; readonly why: string };

const APPROVE = /^(?:批准|同意|准假|准了|通过|approve)(?:\s+|$)/iu;
const DECLINE = /^(?:不批准|不批|不同意|不准|不通过|驳回|拒绝|decline|reject)(?:\s+|$)/iu;

/** `批准 3`, `不批 3 那天要迎检`, `批准 张三`; null when it is no answer. */
export const readAnswer = (said: string): LeaveAnswer | null => {
  for (const [answer, pattern] of [['approve', APPROVE] as const, ['decline', DECLINE] as const]) {
    const found = pattern.exec(said)?.[0];
    if (found === undefined) continue;
    const [who = '', ...why] = said.slice(found.length).trim().split(/\s+/u);
    return { answer, who, why: why.join(' ') };
  }
  return null;
};

/** Whether the requests that wait are asked for. */
export const asksForRequests = (said: string): boolean =>
  /^(?:待批|待审批?|审批|批假|申请|待办|requests?|pending)$/iu.test(said);
