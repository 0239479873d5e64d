import type { Day } from '../domain/calendar.ts';
import { type Week, weekOf } from '../domain/weeks.ts';
import type { Translate } from '../i18n.ts';

/** `11月23日`, `23 Nov`. */
export const shortDay = ({ month, day }: Day, t: Translate): string => t('day.short', { month, day });

/** `本周（11月23日—11月29日）`: which week it is seen from `today`, always with its days. */
export const weekName = ({ from, to }: Week, today: Day, t: Translate): string => {
  const running = weekOf(today).from;
  const which = from.equals(running) ? 'this' : from.add({ days: 7 }).equals(running) ? 'last' : 'other';
  return t('week.name', { which, from: shortDay(from, t), to: shortDay(to, t) });
};
