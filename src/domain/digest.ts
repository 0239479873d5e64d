import { type Calendar, type Day, isFirstWorkdayOfWeek, isLastWorkdayOfWeek, previousWorkday } from './calendar.ts';
import type { NamedDays } from './dates.ts';
import { daysBefore, type Span } from './period.ts';
import { type Week, weekBefore, weekOf } from './weeks.ts';

/** What a digest is about. `span`: a month, a quarter or other days that somebody asked for. */
export type Digest =
  | { readonly kind: 'day'; readonly day: Day; readonly before: Day }
  | { readonly kind: 'week'; readonly week: Week }
  | { readonly kind: 'span'; readonly of: 'month' | 'quarter' | 'days'; readonly span: Span };

export const spanOf = (digest: Digest): Span => {
  if (digest.kind === 'day') return { from: digest.day, to: digest.day };
  return digest.kind === 'week' ? digest.week : digest.span;
};

/** What it is compared with: the workday, week, month or quarter before, or as many days. */
export const spanBefore = (digest: Digest, calendar: Calendar): Span => {
  if (digest.kind === 'day') return { from: digest.before, to: digest.before };
  if (digest.kind === 'week') return weekBefore(digest.week, calendar);
  return daysBefore(digest.span, digest.of);
};

/** The digest of days that were named. */
export const digestOf = ({ from, to, kind }: NamedDays, calendar: Calendar): Digest => {
  if (kind === 'day') return { kind: 'day', day: from, before: previousWorkday(from, calendar) };
  if (kind === 'this-week' || kind === 'last-week') return { kind: 'week', week: { from, to } };
  const isMonth = kind === 'month' || kind === 'this-month' || kind === 'last-month';
  return { kind: 'span', of: isMonth ? 'month' : kind === 'quarter' ? 'quarter' : 'days', span: { from, to } };
};

/** From this hour on a digest looks back on its own day. */
const EVENING = '12:00';

/**
 * What the digest sent on `today` at `digestAt` (`HH:MM`) is about; null on a day off. In the morning it is the last
 * workday, and on the first workday of a week the week before. A unit that has moved its digest to the afternoon reads
 * of the day itself, and of the week on the week's last workday.
 */
export const digestOn = (
  today: Day,
  digestAt: string,
  calendar: Calendar,
): Exclude<Digest, { readonly kind: 'span' }> | null => {
  if (!calendar.isWorkday(today)) return null;
  const isEvening = digestAt >= EVENING;
  const day = isEvening ? today : previousWorkday(today, calendar);
  const closesWeek = isEvening ? isLastWorkdayOfWeek(today, calendar) : isFirstWorkdayOfWeek(today, calendar);
  return closesWeek
    ? { kind: 'week', week: weekOf(day) }
    : { kind: 'day', day, before: previousWorkday(day, calendar) };
};
