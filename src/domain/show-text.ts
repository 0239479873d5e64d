/** Which days `/看` is asked about. */
import { type Calendar, type Day, previousWorkday } from './calendar.ts';
import { leadingDay, type NamedDays, periodOf } from './dates.ts';

/** `11-20` may be a day as well as numbers from 11 to 20. */
export const dayLike = (typed: string, today: Day): Day | null => {
  if (!/^\d{1,2}\s*[-–—~～]\s*\d{1,2}$/u.test(typed.normalize('NFKC'))) return null;
  const day = leadingDay(typed, today, 'past');
  return 'day' in day && day.rest === '' ? day.day : null;
};

const YESTERDAY = /^(?:昨[天日]|yesterday)$/iu;

/** The day, week, month or other days at the end of what was typed, and what stands before. */
export const readSpan = (
  typed: string,
  { today, calendar }: { readonly today: Day; readonly calendar: Calendar },
): { readonly about: NamedDays | null; readonly rest: string } => {
  const words = typed.split(/\s+/u);
  // 11月1日 至 11月20日 has spaces of its own: the longest end that is days.
  for (let from = 0; from < words.length; from += 1) {
    const said = words.slice(from).join(' ');
    const day = leadingDay(said, today, 'past');
    const about =
      'day' in day && day.rest === '' ? { from: day.day, to: day.day, kind: 'day' as const } : periodOf(said, today);
    if (!about) continue;
    // On a Monday a leader means Friday, as the digest does.
    const last = YESTERDAY.test(said) ? previousWorkday(today, calendar) : null;
    return {
      about: last ? { from: last, to: last, kind: 'day' } : about,
      rest: words.slice(0, from).join(' '),
    };
  }
  return { about: null, rest: typed };
};
