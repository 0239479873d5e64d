import type { Day } from '../domain/calendar.ts';
import { type Week, weekOf } from '../domain/weeks.ts';
import type { Translate } from '../i18n.ts';
import { dayName } from './day.ts';

/** `11月23日`, `23 Nov`. */
export const shortDay = ({ month, day }: Day, t: Translate): string => t('day.short', { month, day });

/** `本周（11月23日—11月29日）`: which week it is seen from `today`, always with its days; of other spans the days alone. */
export const weekName = ({ from, to }: Week, today: Day, t: Translate): string => {
  if (from.equals(to)) return dayName(from, today, t);
  const running = weekOf(today);
  const isWeek = weekOf(from).from.equals(from) && weekOf(from).to.equals(to);
  const last = running.from.subtract({ days: 7 });
  const which = isWeek && from.equals(running.from) ? 'this' : isWeek && from.equals(last) ? 'last' : 'other';
  const year = from.year === today.year ? '' : t('day.year', { year: `${from.year}` });
  return t('week.name', { which, from: `${year}${shortDay(from, t)}`, to: shortDay(to, t) });
};
