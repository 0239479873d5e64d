/**
 * Who owed a report for which day, and what became of it. Nothing here counts days off, leave or the future against
 * anyone.
 */
import { Temporal } from 'temporal-polyfill';
import { type Calendar, compareDays, type Day, workdaysOf } from './calendar.ts';
import type { ClosedItem, DayRecord, OpenItem } from './report.ts';

/** One member's part of a unit's period. */
export type MemberFacts = {
  /** The day of joining: owes from the next workday. Null: has not joined. */
  readonly since: Day | null;
  /** Both ends inclusive. */
  readonly leave: readonly { readonly from: Day; readonly to: Day }[];
  /** ISO day → record. */
  readonly days: ReadonlyMap<string, DayRecord>;
  readonly open: readonly OpenItem[];
  readonly closed: readonly ClosedItem[];
  /** ISO Monday → whether the week's report came on time. */
  readonly weeks: ReadonlyMap<string, boolean>;
};

/** The time it is, and the rules that time is measured by. `deadline` is `HH:MM`. */
export type Reckoning = {
  readonly calendar: Calendar;
  readonly deadline: string;
  readonly now: Temporal.PlainDateTime;
};

/**
 * onTime, late and missing are expected reports; the others are not. pending: today before the deadline, or a day still
 * to come. joining: up to the day of joining. provisional: the calendar does not know the day, so nobody is late on it.
 */
export const standings = ['onTime', 'late', 'missing', 'pending', 'leave', 'off', 'joining', 'provisional'] as const;
export type Standing = (typeof standings)[number];

export const isOnLeave = (day: Day, { leave }: Pick<MemberFacts, 'leave'>): boolean =>
  leave.some(({ from, to }) => compareDays(from, day) <= 0 && compareDays(day, to) <= 0);

/** How a member stands with the report of `day`. Leave that was taken does not undo a report that came on time. */
export const standingOn = (day: Day, member: MemberFacts, reckoning: Reckoning): Standing =>
  standing(day, member.days.get(day.toString())?.onTime, member, reckoning);

/** How a member stands with the report of the week that begins on `monday`: it is owed on the week's last workday. */
export const weekStanding = (monday: Day, member: MemberFacts, reckoning: Reckoning): Standing => {
  const due = workdaysOf(monday, reckoning.calendar).at(-1);
  return due ? standing(due, member.weeks.get(monday.toString()), member, reckoning) : 'off';
};

const standing = (
  due: Day,
  filed: boolean | undefined,
  { since, leave }: MemberFacts,
  { calendar, deadline, now }: Reckoning,
): Standing => {
  if (!calendar.isWorkday(due)) return 'off';
  if (since === null || compareDays(due, since) <= 0) return 'joining';
  if (filed === true) return 'onTime';
  if (isOnLeave(due, { leave })) return 'leave';
  if (!calendar.isKnown(due)) return 'provisional';
  if (filed === false) return 'late';
  return isOver(due, deadline, now) ? 'missing' : 'pending';
};

/** Whether the day's deadline has passed. At the very minute of the deadline there is still time. */
export const isOver = (day: Day, deadline: string, now: Temporal.PlainDateTime): boolean =>
  Temporal.PlainDateTime.compare(now, day.toPlainDateTime(Temporal.PlainTime.from(deadline))) > 0;

/** One member's part of what a unit's period holds. */
export const factsOf = (
  { id, since }: { readonly id: string; readonly since: Day | null },
  period: {
    readonly days: ReadonlyMap<string, ReadonlyMap<string, DayRecord>>;
    readonly open: ReadonlyMap<string, readonly OpenItem[]>;
    readonly closed: ReadonlyMap<string, readonly ClosedItem[]>;
    readonly leave: ReadonlyMap<string, MemberFacts['leave']>;
    readonly weeks: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
  },
): MemberFacts => ({
  since,
  leave: period.leave.get(id) ?? [],
  days: partOf(period.days, id),
  open: period.open.get(id) ?? [],
  closed: period.closed.get(id) ?? [],
  weeks: partOf(period.weeks, id),
});

const partOf = <T>(all: ReadonlyMap<string, ReadonlyMap<string, T>>, id: string): ReadonlyMap<string, T> => {
  const mine = new Map<string, T>();
  for (const [key, members] of all) {
    const one = members.get(id);
    if (one !== undefined) mine.set(key, one);
  }
  return mine;
};
