/** When a board of the whole organisation is frozen, and what it is called. */
import { type Calendar, compareDays, type Day, epochDay, fromEpochDay, nextWorkday } from './calendar.ts';
import { monthPeriodOf, type Period, quarterPeriodOf } from './period.ts';

export const FROZEN_AT = '09:00';

/**
 * The second workday after the period: until the end of the first one, items of its last day still become cleared, and a
 * week may still be filed on time.
 */
const frozenOn = ({ to }: Period, calendar: Calendar): Day => nextWorkday(nextWorkday(to, calendar), calendar);

/** The months and quarters that are frozen on this day. */
export const frozenThen = (today: Day, calendar: Calendar): readonly Period[] =>
  [monthPeriodOf, quarterPeriodOf]
    .map((periodOf) => periodOf(fromEpochDay(epochDay(periodOf(today).from) - 1)))
    .filter((period) => compareDays(frozenOn(period, calendar), today) === 0);

/** `month:2026-11-01`; null for what is never frozen: weeks are over soon, and campaigns may still be moved. */
export const frozenName = ({ kind, from }: Pick<Period, 'kind' | 'from'>): string | null =>
  kind === 'month' || kind === 'quarter' ? `${kind}:${from}` : null;
