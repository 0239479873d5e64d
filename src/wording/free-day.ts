/** A report that nobody asked for is never late: why its day asked for none. */
import type { Temporal } from 'temporal-polyfill';
import { type Calendar, compareDays } from '../domain/calendar.ts';
import type { Member, Unit } from '../domain/organisation.ts';
import { reckoningOf, type Standing, standingOn } from '../domain/owing.ts';
import type { Filed } from '../domain/report.ts';
import type { Cause, Directory, ReportStore } from '../ports.ts';
import { absencesAt } from './absences-at.ts';

const reasons = ['off', 'leave', 'joining', 'provisional'] as const satisfies readonly Standing[];
/** As `standings`; null: the day's report was asked for, or it came in time anyway. */
export type Free = (typeof reasons)[number] | null;

type Context = {
  readonly me: string;
  readonly member: Member | null;
  readonly reports: Pick<ReportStore, 'absences'>;
  readonly directory: Pick<Directory, 'unit'>;
  readonly calendar: Calendar;
  readonly now: Temporal.ZonedDateTime;
  readonly cause: Cause;
};

/** Reads of leave and duty only when the report came after the deadline: most come before. */
export const freeDay = async (
  { day, onTime }: Pick<Filed, 'day' | 'onTime'>,
  filedIn: Unit,
  context: Context,
): Promise<Free> => {
  if (onTime) return null;
  const { me, member, directory, calendar, now } = context;
  // A day before a move was owed where the person was then.
  const home = member?.homes?.findLast(
    ({ since, until }) => since !== null && compareDays(since, day) < 0 && compareDays(day, until) < 0,
  );
  const unit = (home && (await directory.unit(home.unit))) ?? filedIn;
  const away = await absencesAt({ unit: unit.id, member: me }, context);
  const since = home?.since ?? member?.since ?? day;
  const facts = { ...away, since, days: new Map(), weeks: new Map(), open: [], closed: [] };
  const standing = standingOn(day, facts, reckoningOf(unit, calendar, now.toPlainDateTime()));
  return reasons.find((reason) => reason === standing) ?? null;
};
