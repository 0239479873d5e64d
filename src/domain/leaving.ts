/** Leave: which days can be taken, what they mean, and how a member's leave changes. */
import { addWorkdays, type Calendar, compareDays, type Day, daysOf, epochDay, unknownYear } from './calendar.ts';
import { isOnLeave, type LeaveSpan } from './owing.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Further ahead a date is a slip of the year. */
const FURTHEST_AHEAD_DAYS = 366;
export const LONGEST_REASON = 50;

/** Days with the reason that was given for them, `''` for none: 年假, 出差, 调休, … */
export type Leave = LeaveSpan & { readonly reason: string };
export type LeaveRule = 'too-early' | 'too-far' | 'no-workdays';

type Rules = { readonly today: Day; readonly calendar: Calendar; readonly reach: number };

/**
 * How many workdays the leave holds, and the year whose calendar is only provisional, if it touches one. Days past can
 * still be entered as far back as a late report could (`reach` in workdays): who was ill tells it afterwards.
 */
export const judgeLeave = (
  { from, to }: Pick<Leave, 'from' | 'to'>,
  { today, calendar, reach }: Rules,
): { readonly workdays: number; readonly provisional: number | null } | Refusal<LeaveRule> => {
  if (compareDays(from, firstOpenDay(today, calendar, reach)) < 0) return refuse('too-early', { reach });
  if (epochDay(from) - epochDay(today) > FURTHEST_AHEAD_DAYS) return refuse('too-far', { days: FURTHEST_AHEAD_DAYS });
  const days = daysOf(from, to);
  const workdays = days.filter(calendar.isWorkday).length;
  if (workdays === 0) return refuse('no-workdays');
  return { workdays, provisional: unknownYear(from, to, calendar) };
};

/** The first day whose report can still be filed, and so the first on which leave may still change. */
export const firstOpenDay = (today: Day, calendar: Calendar, reach: number): Day =>
  addWorkdays(today, -reach, calendar);

/** Whether all of `span` is on leave already; half a day is, where the whole day or the same half is. */
export const isTaken = (span: LeaveSpan, leave: readonly Leave[]): boolean =>
  daysOf(span.from, span.to).every(
    (day) => isOnLeave(day, { leave }) || (span.part !== null && leave.some((one) => isHalf(one, day, span.part))),
  );

const isHalf = ({ from, part }: Leave, day: Day, wanted: Leave['part']): boolean =>
  part === wanted && compareDays(from, day) === 0;

/** The leave with `added`, in order of beginning. Both halves of a day make a whole one. */
export const withLeave = (leave: readonly Leave[], added: Leave): readonly Leave[] => {
  const other = added.part === 'morning' ? 'afternoon' : 'morning';
  const half = added.part === null ? undefined : leave.find((one) => isHalf(one, added.from, other));
  const whole = half ? { ...added, part: null, reason: together([half.reason, added.reason]) } : added;
  return [...leave.filter((one) => one !== half), whole].toSorted((a, b) => compareDays(a.from, b.from));
};

/** The leave without the days from `from` to `to`. */
export const withoutDays = (leave: readonly Leave[], from: Day, to: Day): readonly Leave[] =>
  leave.flatMap((one) => {
    if (compareDays(one.to, from) < 0 || compareDays(to, one.from) < 0) return [one];
    const before = { ...one, to: from.subtract({ days: 1 }) };
    const after = { ...one, from: to.add({ days: 1 }) };
    return [before, after].filter((part) => compareDays(part.from, part.to) <= 0);
  });

const together = (reasons: readonly string[]): string =>
  [...new Set(reasons.flatMap((reason) => reason.split('、')).filter((reason) => reason !== ''))].join('、');

/**
 * The same days without overlaps, in order of their beginning: what overlaps, or goes on for the same reason, is one.
 * Half days stand alone.
 */
export const joinedUp = (all: readonly Leave[]): readonly Leave[] => {
  const spans: Leave[] = [];
  for (const next of all.toSorted((a, b) => compareDays(a.from, b.from))) {
    const last = spans.at(-1);
    const gap = last ? epochDay(next.from) - epochDay(last.to) : 2;
    const isApart = last?.part !== null || next.part !== null || gap > 1;
    if (!last || isApart || (gap === 1 && next.reason !== last.reason)) {
      spans.push(next);
      continue;
    }
    const to = compareDays(next.to, last.to) > 0 ? next.to : last.to;
    spans[spans.length - 1] = { from: last.from, to, part: null, reason: together([last.reason, next.reason]) };
  }
  return spans;
};
