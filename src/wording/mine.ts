/** One member's own week: what only that member sees. */
import { asksAtAll, cadenceKind } from '../domain/cadence.ts';
import { compareDays, type Day, daysOf, isLastWorkdayOfWeek, mondayOf, workdaysOf } from '../domain/calendar.ts';
import { dueOf } from '../domain/lamp.ts';
import { duesOn, isOnLeave, isOver, type MemberFacts, type Reckoning } from '../domain/owing.ts';
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

/**
 * How the weeks stand that came to their last workday from `from` to `to`: which one was filed, and whose draft was left
 * unconfirmed. Of several the counts are told. A unit that owes weeks reads of those filed in `reportLines`.
 */
export const weekLines = (
  { from, to }: Week,
  member: MemberFacts,
  { draftAt, ...reckoning }: Reckoning & { readonly draftAt: string },
  t: Translate,
): string[] => {
  const { calendar, now } = reckoning;
  const today = now.toPlainDate();
  const ended = daysOf(from, to).filter((day) => compareDays(day, today) <= 0 && isLastWorkdayOfWeek(day, calendar));
  const isFiled = (day: Day) => member.weeks.has(mondayOf(day).toString());
  // A week that told of nothing has no draft either.
  const hasTold = (day: Day) =>
    workdaysOf(mondayOf(day), calendar).some((one) =>
      member.days.get(one.toString())?.entries.some(({ letters }) => letters !== ''),
    );
  const filed = ended.filter(isFiled);
  const drafts = ended.filter((day) => !isFiled(day) && isOver(day, draftAt, now) && hasTold(day));
  const [day, another] = ended;
  if (another) {
    const counts = { filed: filed.length, drafts: drafts.length };
    return counts.filed + counts.drafts === 0 ? [] : [t('mine.weeks', counts)];
  }
  if (!day || (filed.length > 0 && reckoning.cadenceOn(day) === 'weekly')) return [];
  if (filed.length > 0) return [t('mine.week-filed')];
  const monday = mondayOf(day);
  const isRunning = compareDays(monday, mondayOf(today)) === 0;
  const isLast = compareDays(monday, mondayOf(today).subtract({ days: 7 })) === 0;
  const which = isRunning ? 'this' : isLast ? 'last' : 'other';
  return drafts.length > 0 ? [t('mine.week-draft', { which })] : [];
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
