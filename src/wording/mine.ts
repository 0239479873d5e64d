/** One member's own week: what only that member sees. */
import { compareDays, type Day, daysOf, mondayOf } from '../domain/calendar.ts';
import { dueOf } from '../domain/lamp.ts';
import { type MemberFacts, type Reckoning, standingOn, weekStanding } from '../domain/owing.ts';
import type { ClosedItem, OpenItem } from '../domain/report.ts';
import type { Cadence } from '../domain/settings.ts';
import { type Week, weekOf } from '../domain/weeks.ts';
import type { Translate } from '../i18n.ts';
import { dayName } from './day.ts';
import { shortDay, weekName } from './week.ts';

/** A line for each report that was asked for from `from` to `to` so far: on time, late, missing, on leave. */
export const reportLines = (
  { from, to }: Week,
  member: MemberFacts,
  cadence: Cadence,
  reckoning: Reckoning,
  t: Translate,
): string[] => {
  const today = reckoning.now.toPlainDate();
  if (cadence === 'off') return [t('mine.off')];
  const workdays = daysOf(from, to).filter(reckoning.calendar.isWorkday);
  if (cadence === 'weekly') {
    const mondays = new Map(workdays.map((day) => [mondayOf(day).toString(), mondayOf(day)]));
    return [...mondays.values()].map((monday) => {
      const standing = t('standing.name', { standing: weekStanding(monday, member, reckoning) });
      return t('mine.week', { week: weekName(weekOf(monday), today, t), standing });
    });
  }
  return workdays
    .filter((day) => compareDays(day, today) <= 0)
    .map((day) => {
      const standing = t('standing.name', { standing: standingOn(day, member, reckoning) });
      return t('mine.day', { day: dayName(day, today, t), standing });
    });
};

/** The items that the rate counts as not cleared in time, or not yet; those waiting on somebody are not among them. */
export const unclearedLines = (
  week: Week,
  member: MemberFacts,
  { calendar, now }: Reckoning,
  t: Translate,
): string[] => {
  const today = now.toPlainDate();
  const counts = ({ kind, day }: OpenItem) => kind === 'open' && compareDays(day, week.to) <= 0;
  const isLate = ({ day, closedOn }: ClosedItem) => compareDays(closedOn, dueOf({ day }, calendar)) > 0;
  const closed = member.closed.filter((item) => counts(item) && !isBefore(item.closedOn, week.from) && isLate(item));
  const open = member.open.filter(counts);
  const items: readonly (OpenItem & Partial<ClosedItem>)[] = [...closed, ...open];
  return items
    .toSorted((a, b) => compareDays(a.day, b.day))
    .map((item) => {
      const due = dueOf(item, calendar);
      const said = { text: item.text, day: shortDay(item.day, t), due: shortDay(due, t) };
      if (item.closedOn) return t('mine.closed-late', { ...said, closed: shortDay(item.closedOn, t) });
      return t('mine.uncleared', { ...said, inTime: compareDays(today, due) <= 0 ? 'yes' : 'no' });
    });
};

const isBefore = (a: Day, b: Day) => compareDays(a, b) < 0;
