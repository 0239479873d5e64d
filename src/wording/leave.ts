/** Days of leave and requests for it, in words. */
import { compareDays, type Day } from '../domain/calendar.ts';
import type { LeaveSpan } from '../domain/owing.ts';
import type { Translate } from '../i18n.ts';
import { dayName } from './day.ts';

/** `11月25日（周三）至11月27日（周五）`, `11月24日（周二）下午`. */
export const leaveDays = ({ from, to, part }: LeaveSpan, today: Day, t: Translate): string => {
  const first = dayName(from, today, t);
  if (part !== null) return t('leave.half', { day: first, part });
  return compareDays(from, to) === 0 ? first : t('leave.span', { from: first, to: dayName(to, today, t) });
};

/** The same with the reason behind it. */
export const leaveLine = (leave: LeaveSpan & { readonly reason: string }, today: Day, t: Translate): string =>
  `${leaveDays(leave, today, t)} ${leave.reason}`.trim();
