/** The spans of days that a board page shows. */
import type { Calendar, Day } from './calendar.ts';
import { monthPeriodOf, type Period, periodBefore, quarterPeriodOf, weekPeriodOf } from './period.ts';
import { type Week, weekBefore, weekOf } from './weeks.ts';

export const pageSpans = ['week', 'lastWeek', 'month', 'lastMonth', 'quarter'] as const;
export type PageSpan = (typeof pageSpans)[number];

export const periodShown = (span: PageSpan, today: Day, calendar: Calendar): Period => {
  switch (span) {
    case 'week':
      return weekPeriodOf(today);
    case 'lastWeek':
      return periodBefore(weekPeriodOf(today), calendar);
    case 'month':
      return monthPeriodOf(today);
    case 'lastMonth':
      return periodBefore(monthPeriodOf(today), calendar);
    case 'quarter':
      return quarterPeriodOf(today);
  }
};

/** What a page opens with: the running week once a workday of it is over, else the week before. */
export const firstSpan = (today: Day, calendar: Calendar): PageSpan => {
  const monday = weekOf(today).from;
  for (let day = monday; !day.equals(today); day = day.add({ days: 1 })) if (calendar.isWorkday(day)) return 'week';
  return 'lastWeek';
};

/** The last weeks that are over and had a workday, oldest first. */
export const weeksBefore = (today: Day, count: number, calendar: Calendar): readonly Week[] => {
  const weeks: Week[] = [];
  for (let week = weekOf(today); weeks.length < count; weeks.unshift(week)) week = weekBefore(week, calendar);
  return weeks;
};
