/** The spans that boards and lists speak of: whole weeks, months and quarters, and campaigns. */
import { type Calendar, compareDays, type Day, daysOf, epochDay, fromEpochDay } from './calendar.ts';
import { type Week, weekBefore, weekOf } from './weeks.ts';

/** Both inclusive. */
export type Span = { readonly from: Day; readonly to: Day };

export const periodKinds = ['week', 'month', 'quarter', 'campaign'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** `name`: a campaign's; null for the others, which the calendar names. */
export type Period = Span & { readonly kind: PeriodKind; readonly name: string | null };

export const weekPeriod = ({ from, to }: Week): Period => ({ kind: 'week', from, to, name: null });

export const weekPeriodOf = (day: Day): Period => weekPeriod(weekOf(day));

export const monthPeriodOf = (day: Day): Period => {
  const from = day.with({ day: 1 });
  return { kind: 'month', from, to: from.add({ months: 1 }).subtract({ days: 1 }), name: null };
};

export const quarterPeriodOf = (day: Day): Period => {
  const from = day.with({ month: 3 * Math.floor((day.month - 1) / 3) + 1, day: 1 });
  return { kind: 'quarter', from, to: from.add({ months: 3 }).subtract({ days: 1 }), name: null };
};

/** The week, month or quarter that these days are from end to end; null when they are none. */
export const wholePeriod = ({ from, to }: Span): Period | null =>
  [weekPeriodOf(from), monthPeriodOf(from), quarterPeriodOf(from)].find(
    (period) => compareDays(period.from, from) === 0 && compareDays(period.to, to) === 0,
  ) ?? null;

/** What days are compared with: the month or quarter before, or as many days. */
export const daysBefore = ({ from, to }: Span, of: 'month' | 'quarter' | 'days'): Span => {
  const last = fromEpochDay(epochDay(from) - 1);
  if (of === 'days') return { from: fromEpochDay(2 * epochDay(from) - epochDay(to) - 1), to: last };
  return { from: from.subtract({ months: of === 'month' ? 1 : 3 }), to: last };
};

/**
 * The period that one is compared with: the last week that had a workday, the month or quarter before; as many days
 * before a campaign, which have no name.
 */
export const periodBefore = (period: Period, calendar: Calendar): Period => {
  const { kind } = period;
  if (kind === 'week') return weekPeriod(weekBefore(period, calendar));
  return { kind, ...daysBefore(period, kind === 'campaign' ? 'days' : kind), name: null };
};

/** Whether `today` is one of its days. */
export const isRunning = ({ from, to }: Span, today: Day): boolean =>
  compareDays(from, today) <= 0 && compareDays(today, to) <= 0;

/** Why there can be no board of it, whoever stands on it: it has not begun, or nobody works in it. Null: there can. */
export const periodProblem = (period: Period, today: Day, calendar: Calendar): 'to-come' | 'no-workdays' | null => {
  if (compareDays(period.from, today) > 0) return 'to-come';
  return daysOf(period.from, period.to).some(calendar.isWorkday) ? null : 'no-workdays';
};
