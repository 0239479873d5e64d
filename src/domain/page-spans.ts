/** The spans of days that a board page shows. */
import type { Calendar, Day } from './calendar.ts';
import { monthPeriodOf, type Period, periodBefore, quarterPeriodOf, weekPeriodOf } from './period.ts';
import { type Week, weekBefore, weekOf } from './weeks.ts';

export const pageSpans = ['week', 'last-week', 'month', 'last-month', 'quarter'] as const;
export type PageSpan = (typeof pageSpans)[number];

export const periodShown = (span: PageSpan, today: Day, calendar: Calendar): Period => {
  switch (span) {
    case 'week':
      return weekPeriodOf(today);
    case 'last-week':
      return periodBefore(weekPeriodOf(today), calendar);
    case 'month':
      return monthPeriodOf(today);
    case 'last-month':
      return periodBefore(monthPeriodOf(today), calendar);
    case 'quarter':
      return quarterPeriodOf(today);
  }
};

/** What a page opens with: the running week once a workday of it is over, else the week before. */
export const firstSpan = (today: Day, calendar: Calendar): PageSpan => {
  const monday = weekOf(today).from;
  for (let day = monday; !day.equals(today); day = day.add({ days: 1 })) if (calendar.isWorkday(day)) return 'week';
  return 'last-week';
};

/** The running week and those before it that had a workday, oldest first. */
export const weeksUpTo = (today: Day, count: number, calendar: Calendar): readonly Week[] => {
  const weeks = [weekOf(today)];
  for (let week = weeks[0]; week && weeks.length < count; weeks.unshift(week)) week = weekBefore(week, calendar);
  return weeks;
};
