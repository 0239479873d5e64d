/** One member's own week: what only that member sees. */
import { asksAtAll, cadenceKind } from '../domain/cadence.ts';
import { compareDays, type Day, daysOf } from '../domain/calendar.ts';
import { dueOf } from '../domain/lamp.ts';
import { duesOn, isOnLeave, type MemberFacts, type Reckoning } from '../domain/owing.ts';
import type { ClosedItem, OpenItem } from '../domain/report.ts';
import { type Week, weekOf } from '../domain/weeks.ts';
import type { Translate } from '../i18n.ts';
import { dayName } from './day.ts';
import { shortDay, weekName } from './week.ts';

/**
 * A line for each report that was asked for from `from` to `to` so far, and for a week that is still to be told: on
 * time, late, missing, on leave.
 */
export const reportLines = ({ from, to }: Week, member: MemberFacts, reckoning: Reckoning, t: Translate): string[] => {
  const today = reckoning.now.toPlainDate();
  const days = daysOf(from, to);
  const last = reckoning.cadenceOn(days.at(-1) ?? today);
  if (!days.some((day) => asksAtAll(reckoning.cadenceOn(day)))) return [t('mine.off', { cadence: cadenceKind(last) })];
  return duesOn(days, member, reckoning)
    .filter(({ day, monday }) => monday !== null || compareDays(day, today) <= 0)
    .map(({ day, monday, standing: reached }) => {
      const standing = t('standing.name', { standing: reached });
      if (monday) return t('mine.week', { week: weekName(weekOf(monday), today, t), standing });
      const duty = reckoning.calendar.isWorkday(day) ? 'no' : 'yes';
      const half = member.leave.find(({ from, part }) => part !== null && compareDays(from, day) === 0)?.part ?? 'none';
      return t('mine.day', { day: dayName(day, today, t), duty, half, standing });
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
  const isAway = (day: Day) => isOnLeave(day, member);
  const counts = ({ kind, day }: OpenItem) => kind === 'open' && compareDays(day, week.to) <= 0;
  const isLate = ({ day, closedOn }: ClosedItem) => compareDays(closedOn, dueOf({ day }, calendar, isAway)) > 0;
  const closed = member.closed.filter((item) => counts(item) && !isBefore(item.closedOn, week.from) && isLate(item));
  const open = member.open.filter(counts);
  const items: readonly (OpenItem & Partial<ClosedItem>)[] = [...closed, ...open];
  return items
    .toSorted((a, b) => compareDays(a.day, b.day))
    .map((item) => {
      const due = dueOf(item, calendar, isAway);
      const said = { text: item.text, day: shortDay(item.day, t), due: shortDay(due, t) };
      if (item.closedOn) return t('mine.closed-late', { ...said, closed: shortDay(item.closedOn, t) });
      return t('mine.uncleared', { ...said, inTime: compareDays(today, due) <= 0 ? 'yes' : 'no' });
    });
};

const isBefore = (a: Day, b: Day) => compareDays(a, b) < 0;
