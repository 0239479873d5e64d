import { type Calendar, type Day, isFirstWorkdayOfWeek, isLastWorkdayOfWeek, previousWorkday } from './calendar.ts';
import { type Week, weekOf } from './weeks.ts';

/** What the digest of a workday is about. */
export type Digest =
  | { readonly kind: 'day'; readonly day: Day; readonly before: Day }
  | { readonly kind: 'week'; readonly week: Week };

/** From this hour on a digest looks back on its own day. */
const EVENING = '12:00';

/**
 * What the digest sent on `today` at `digestAt` (`HH:MM`) is about; null on a day off. In the morning it is the last
 * workday, and on the first workday of a week the week before. A unit that has moved its digest to the afternoon reads
 * of the day itself, and of the week on the week's last workday.
 */
export const digestOn = (today: Day, digestAt: string, calendar: Calendar): Digest | null => {
  if (!calendar.isWorkday(today)) return null;
  const isEvening = digestAt >= EVENING;
  const day = isEvening ? today : previousWorkday(today, calendar);
  const closesWeek = isEvening ? isLastWorkdayOfWeek(today, calendar) : isFirstWorkdayOfWeek(today, calendar);
  return closesWeek
    ? { kind: 'week', week: weekOf(day) }
    : { kind: 'day', day, before: previousWorkday(day, calendar) };
};
