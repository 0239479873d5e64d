/**
 * Who owed a report for which day, and what became of it. Nothing here counts days off, leave or the future against
 * anyone.
 */
import { Temporal } from 'temporal-polyfill';
import { asksForDay, type Cadence, cadenceOn, countsDays } from './cadence.ts';
import {
  type Calendar,
  compareDays,
  type Day,
  epochDay,
  isLastWorkdayOfWeek,
  mondayOf,
  nextWorkday,
  workdaysOf,
} from './calendar.ts';
import type { Unit } from './organisation.ts';
import type { ClosedItem, DayRecord, OpenItem } from './report.ts';
import { defaults } from './settings.ts';

/** One member's part of a unit's period. */
export type MemberFacts = {
  /** The day of joining: owes from the next workday. Null: has not joined. */
  readonly since: Day | null;
  /** Both ends inclusive. */
  readonly leave: readonly LeaveSpan[];
  /** ISO days on which the member is on duty: a day off is a workday then. */
  readonly duty: ReadonlySet<string>;
  /** ISO day → record. */
  readonly days: ReadonlyMap<string, DayRecord>;
  readonly open: readonly OpenItem[];
  readonly closed: readonly ClosedItem[];
  /** ISO Monday → whether the week's report came on time. */
  readonly weeks: ReadonlyMap<string, boolean>;
};

/** `part`: of half a day, which is owed for all the same. Null: whole days. */
export type LeaveSpan = { readonly from: Day; readonly to: Day; readonly part: 'morning' | 'afternoon' | null };

/**
 * The time it is, and the rules that time is measured by. `deadline` is `HH:MM`; `weekDueAt` as in settings.ts, without
 * it as by default.
 */
export type Reckoning = {
  readonly calendar: Calendar;
  /** How often the unit reports, as it was on each day. */
  readonly cadenceOn: (day: Day) => Cadence;
  readonly deadline: string;
  readonly weekDueAt?: string;
  readonly now: Temporal.PlainDateTime;
};

/** The rules of `unit`, at a time of the organisation's. */
export const reckoningOf = (unit: Unit, calendar: Calendar, now: Temporal.PlainDateTime): Reckoning => ({
  calendar,
  cadenceOn: (day) => cadenceOn(unit, day),
  deadline: unit.settings.deadline ?? defaults.deadline,
  weekDueAt: unit.settings.weekDueAt ?? defaults.weekDueAt,
  now,
});

/**
 * onTime, late and missing are expected reports; the others are not. pending: today before the deadline, or a day still
 * to come. joining: up to the day of joining. provisional: the calendar does not know the day, so nobody is late on it.
 */
export const standings = ['onTime', 'late', 'missing', 'pending', 'leave', 'off', 'joining', 'provisional'] as const;
export type Standing = (typeof standings)[number];

/** Whether the member is away for the whole of `day`. Who takes half a day off still reports the other half. */
export const isOnLeave = (day: Day, { leave }: Pick<MemberFacts, 'leave'>): boolean =>
  leave.some(({ from, to, part }) => part === null && compareDays(from, day) <= 0 && compareDays(day, to) <= 0);

/** Whether a day's report is asked of the member: on workdays by the unit's cadence, and on duty. Leave comes later. */
export const isAsked = (day: Day, { duty }: Pick<MemberFacts, 'duty'>, reckoning: DayRules): boolean => {
  const cadence = reckoning.cadenceOn(day);
  if (isAskedOfAll(day, reckoning)) return true;
  // Where no day's report is ever asked for, duty asks for none either.
  return duty.size > 0 && duty.has(day.toString()) && countsDays(cadence);
};

type DayRules = Pick<Reckoning, 'calendar' | 'cadenceOn'>;

/** Whether the unit's calendar and cadence ask everybody for a report of `day`. */
export const isAskedOfAll = (day: Day, { calendar, cadenceOn }: DayRules): boolean =>
  calendar.isWorkday(day) && asksForDay(cadenceOn(day), day);

/** How a member stands with the report of `day`. Leave that was taken does not undo a report that came on time. */
export const standingOn = (day: Day, member: MemberFacts, reckoning: Reckoning): Standing =>
  isAsked(day, member, reckoning) ? standing(day, member.days.get(day.toString())?.onTime, member, reckoning) : 'off';

/**
 * How a member stands with the report of the week that begins on `monday`: it belongs to the week's last workday, whatever
 * the unit's cadence. Who is on leave then owes none.
 */
export const weekStanding = (monday: Day, member: MemberFacts, reckoning: Reckoning): Standing => {
  const due = workdaysOf(monday, reckoning.calendar).at(-1);
  const filed = member.weeks.get(monday.toString());
  return due ? standing(due, filed, member, reckoning, isWeekOver(due, reckoning)) : 'off';
};

const standing = (
  due: Day,
  filed: boolean | undefined,
  { since, leave }: MemberFacts,
  { calendar, deadline, now }: Reckoning,
  isPast?: boolean,
): Standing => {
  if (since === null || compareDays(due, since) <= 0) return 'joining';
  if (filed === true) return 'onTime';
  if (isOnLeave(due, { leave })) return 'leave';
  if (!calendar.isKnown(due)) return 'provisional';
  if (filed === false) return 'late';
  return (isPast ?? isOver(due, deadline, now)) ? 'missing' : 'pending';
};

/** Whether a report of the week that ended with the workday `last` would come late now. */
export const isWeekOver = (
  last: Day,
  { calendar, deadline, weekDueAt = 'last', now }: Omit<Reckoning, 'cadenceOn'>,
): boolean =>
  weekDueAt === 'last' ? isOver(last, deadline, now) : isOver(nextWorkday(last, calendar), weekDueAt, now);

/** A report that is asked for: a day's, or that of the week which begins on `monday`, on its last workday. */
export type Due = { readonly day: Day; readonly monday: Day | null; readonly standing: Standing };

/** What the rules say of a day, whoever the member is: a whole unit is counted by it. */
export type PlannedDay = {
  readonly day: Day;
  readonly iso: string;
  readonly number: number;
  readonly isAskedOfAll: boolean;
  /** Whether who is on duty then reports. */
  readonly countsDuty: boolean;
  readonly isKnown: boolean;
  /** By when what the day left unfinished is to be cleared: the next workday, as `epochDay` counts. */
  readonly clearedBy: number;
  /** A report of the day that came now would be late. */
  readonly isPast: boolean;
  /** The week that is to be told on this day, and whether that would be late now. */
  readonly week: { readonly monday: Day; readonly iso: string; readonly isPast: boolean } | null;
};

export const planOf = (days: readonly Day[], reckoning: Reckoning): readonly PlannedDay[] => {
  const { calendar, cadenceOn, deadline, now } = reckoning;
  return days.map((day) => {
    const cadence = cadenceOn(day);
    const monday = cadence === 'weekly' && isLastWorkdayOfWeek(day, calendar) ? mondayOf(day) : null;
    return {
      day,
      iso: day.toString(),
      number: epochDay(day),
      isAskedOfAll: isAskedOfAll(day, reckoning),
      countsDuty: countsDays(cadence),
      isKnown: calendar.isKnown(day),
      clearedBy: epochDay(nextWorkday(day, calendar)),
      isPast: isOver(day, deadline, now),
      week: monday && { monday, iso: monday.toString(), isPast: isWeekOver(day, reckoning) },
    };
  });
};

/** What is asked of the member on the planned days, by the cadence that was in force on each. */
export const duesIn = (plan: readonly PlannedDay[], member: MemberFacts): readonly Due[] => {
  const since = member.since === null ? Number.POSITIVE_INFINITY : epochDay(member.since);
  const standingOf = ({ day, number, isKnown }: PlannedDay, filed: boolean | undefined, isPast: boolean): Standing => {
    if (number <= since) return 'joining';
    if (filed === true) return 'onTime';
    if (member.leave.length > 0 && isOnLeave(day, member)) return 'leave';
    if (!isKnown) return 'provisional';
    if (filed === false) return 'late';
    return isPast ? 'missing' : 'pending';
  };
  const dues: Due[] = [];
  for (const one of plan) {
    const { day, iso, week, isAskedOfAll, countsDuty, isPast } = one;
    if (week) {
      dues.push({ day, monday: week.monday, standing: standingOf(one, member.weeks.get(week.iso), week.isPast) });
    } else if (isAskedOfAll || (member.duty.size > 0 && countsDuty && member.duty.has(iso))) {
      dues.push({ day, monday: null, standing: standingOf(one, member.days.get(iso)?.onTime, isPast) });
    }
  }
  return dues;
};

/** As `duesIn`, for one member alone. */
export const duesOn = (days: readonly Day[], member: MemberFacts, reckoning: Reckoning): readonly Due[] =>
  duesIn(planOf(days, reckoning), member);

/** Whether the day's deadline has passed. At the very minute of the deadline there is still time. */
export const isOver = (day: Day, deadline: string, now: Temporal.PlainDateTime): boolean => {
  // Another day needs no look at the hour, which takes much longer.
  const [due, today] = [epochDay(day), epochDay(now)];
  if (due !== today) return due < today;
  return Temporal.PlainDateTime.compare(now, day.toPlainDateTime(Temporal.PlainTime.from(deadline))) > 0;
};

type Period = {
  readonly days: ReadonlyMap<string, ReadonlyMap<string, DayRecord>>;
  readonly open: ReadonlyMap<string, readonly OpenItem[]>;
  readonly closed: ReadonlyMap<string, readonly ClosedItem[]>;
  readonly leave: ReadonlyMap<string, MemberFacts['leave']>;
  /** member → ISO days */
  readonly duty: ReadonlyMap<string, MemberFacts['duty']>;
  readonly weeks: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
};

/** One member's part of what a unit's period holds; with it that of the identities merged into the member. */
export const factsOf = (
  { id, since, merged }: { readonly id: string; readonly since: Day | null; readonly merged?: readonly string[] },
  period: Period,
): MemberFacts => {
  const own = factsUnder(id, since, period);
  return merged === undefined
    ? own
    : merged.reduce((facts, other) => together(facts, factsUnder(other, since, period)), own);
};

/** The facts of one person under two identities. */
const together = (a: MemberFacts, b: MemberFacts): MemberFacts => {
  const days = new Map(b.days);
  for (const [day, one] of a.days) {
    const { at, onTime, entries } = days.get(day) ?? one;
    const both = { at: Math.min(at, one.at), onTime: onTime || one.onTime, entries: [...one.entries, ...entries] };
    days.set(day, days.has(day) ? both : one);
  }
  const weeks = new Map(b.weeks);
  for (const [week, onTime] of a.weeks) weeks.set(week, onTime || weeks.get(week) === true);
  return {
    since: a.since,
    leave: [...a.leave, ...b.leave],
    duty: a.duty.union(b.duty),
    days,
    open: [...a.open, ...b.open],
    closed: [...a.closed, ...b.closed],
    weeks,
  };
};

const factsUnder = (id: string, since: Day | null, period: Period): MemberFacts => ({
  since,
  leave: period.leave.get(id) ?? [],
  duty: period.duty.get(id) ?? new Set(),
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
