/** Whole days of leave: which ones can be taken, and what they mean. */
import { addWorkdays, type Calendar, compareDays, type Day, daysOf, epochDay, unknownYear } from './calendar.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Further ahead a date is a slip of the year. */
const FURTHEST_AHEAD_DAYS = 366;
export const LONGEST_REASON = 50;

export type LeaveDays = { readonly from: Day; readonly to: Day };
/** Days with the reason that was given for them, `''` for none. */
export type Leave = LeaveDays & { readonly reason: string };
export type LeaveRule = 'too-early' | 'too-far' | 'no-workdays';

/**
 * How many workdays the leave holds, and the year whose calendar is only provisional, if it touches one. Days past can
 * still be entered as far back as a late report could (`reach` in workdays): who was ill tells it afterwards.
 */
export const judgeLeave = (
  { from, to }: LeaveDays,
  { today, calendar, reach }: { readonly today: Day; readonly calendar: Calendar; readonly reach: number },
): { readonly workdays: number; readonly provisional: number | null } | Refusal<LeaveRule> => {
  if (compareDays(from, addWorkdays(today, -reach, calendar)) < 0) return refuse('too-early', { reach });
  if (epochDay(from) - epochDay(today) > FURTHEST_AHEAD_DAYS) return refuse('too-far', { days: FURTHEST_AHEAD_DAYS });
  const days = daysOf(from, to);
  const workdays = days.filter(calendar.isWorkday).length;
  if (workdays === 0) return refuse('no-workdays');
  return { workdays, provisional: unknownYear(from, to, calendar) };
};

/** Whether what stands after a date, or instead of one, asks for a part of the day. */
export const isPartOfDay = (text: string): boolean =>
  /^\s*(?:的?(?:上午|下午|中午|早上|晚上|半天|半日)|half)/iu.test(text);

/**
 * The same days without overlaps, in order of their beginning: what overlaps, or goes on for the same reason, is one.
 */
export const joinedUp = (all: readonly Leave[]): readonly Leave[] => {
  const spans: Leave[] = [];
  for (const next of all.toSorted((a, b) => compareDays(a.from, b.from))) {
    const last = spans.at(-1);
    const gap = last ? epochDay(next.from) - epochDay(last.to) : 2;
    if (!last || gap > 1 || (gap === 1 && next.reason !== last.reason)) {
      spans.push(next);
      continue;
    }
    const reasons = new Set([...last.reason.split('、'), next.reason].filter((reason) => reason !== ''));
    const to = compareDays(next.to, last.to) > 0 ? next.to : last.to;
    spans[spans.length - 1] = { from: last.from, to, reason: [...reasons].join('、') };
  }
  return spans;
};
