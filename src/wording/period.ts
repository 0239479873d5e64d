/** Periods as people read and type them. */
import { type Day, epochDay } from '../domain/calendar.ts';
import { isRunning, type Period } from '../domain/period.ts';
import type { Translate } from '../i18n.ts';
import { weekName } from './week.ts';

/** `本周（11月23日—11月29日）`, `2026年10月`, `2026年三季度`, `秋季攻坚（11月1日—12月31日）`. */
export const periodName = (period: Period, today: Day, t: Translate): string => {
  const { kind, name, from } = period;
  if (kind === 'month') return t('period.month', { year: `${from.year}`, month: from.month });
  if (kind === 'quarter') return t('period.quarter', { year: `${from.year}`, quarter: Math.ceil(from.month / 3) });
  const days = weekName(period, today, t);
  return name === null ? days : t('period.campaign', { name, days });
};

/** What to type for it in a command. */
export const periodWords = (period: Period, today: Day, t: Translate): string => {
  const { kind, name, from, to } = period;
  if (name !== null) return name;
  if (kind === 'month' || kind === 'quarter') return periodName(period, today, t);
  const weeks = (epochDay(today) - epochDay(from)) / 7;
  const which = kind !== 'week' || weeks >= 2 ? 'other' : weeks >= 1 ? 'last' : weeks >= 0 ? 'this' : 'other';
  return t('period.week-words', { which, days: `${from}..${to}` });
};

/** How a title says that it goes on. */
export const goesOn = (period: Period, today: Day): 'no' | 'yes' | 'long' =>
  !isRunning(period, today) ? 'no' : period.kind === 'week' ? 'yes' : 'long';
