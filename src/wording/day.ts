import type { Day } from '../domain/calendar.ts';
import type { Translate } from '../i18n.ts';

/** `11月23日（周一）`, `Mon 23 Nov`; with the year when it is not the year of `today`. */
export const dayName = (day: Day, today: Day, t: Translate): string =>
  t(day.year === today.year ? 'day.name' : 'day.name-with-year', {
    year: day.year,
    month: day.month,
    day: day.day,
    weekday: day.dayOfWeek,
  });
