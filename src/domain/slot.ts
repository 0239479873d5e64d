import type { Temporal } from 'temporal-polyfill';
import { type Calendar, epochDay, fromEpochDay, nextWorkday } from './calendar.ts';
import type { Unit, UnitId } from './organisation.ts';
import { emergencyAt, openMinute } from './quiet.ts';
import { settingsOf } from './settings.ts';

/** One run that falls due: which job, for which unit, at which minute of the organisation's own time. */
export type Slot = { readonly job: string; readonly unit: UnitId; readonly at: Temporal.PlainDateTime };

/** How the minute of a slot is spelt in ids. */
export const slotMinute = ({ at }: Slot): string => at.toString({ smallestUnit: 'minute' });

export const slotId = (slot: Slot): string => `${slot.job}/${slotMinute(slot)}/${slot.unit}`;

/** Minutes of local time since 1970-01-01 00:00: how slots are ordered, and remembered as settled. */
export const minuteOf = (at: Temporal.PlainDateTime): number => epochDay(at) * 1_440 + at.hour * 60 + at.minute;

/** The local minute that `minuteOf` counted. */
export const minuteFrom = (minute: number): Temporal.PlainDateTime =>
  fromEpochDay(0).toPlainDateTime().add({ minutes: minute });

/**
 * When a local time comes about. One that the clocks jump over comes with the first valid minute after it; one that
 * comes twice, the first time only.
 */
export const momentOf = (at: Temporal.PlainDateTime, zone: string): Temporal.Instant => {
  const first = at.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(at)) return first.toInstant();
  return (first.getTimeZoneTransition('next') ?? first).toInstant();
};

/**
 * The first moment from `now` on at which the bot may start a message to this unit. An emergency is open at any hour.
 */
export const openMoment = (
  now: Temporal.Instant,
  zone: string,
  unit: Pick<Unit, 'settings' | 'emergency'>,
  calendar: Calendar,
): Temporal.Instant => {
  if (emergencyAt(unit, now)) return now;
  const local = now.toZonedDateTimeISO(zone).toPlainDateTime();
  const open = openMinute(local, settingsOf(unit), calendar);
  // The moment itself, not its local time: that one may come twice.
  return open.equals(local) ? now : momentOf(open, zone);
};

/** The first such moment of the next workday. */
export const nextOpening = (
  now: Temporal.Instant,
  zone: string,
  unit: Pick<Unit, 'settings'>,
  calendar: Calendar,
): Temporal.Instant => {
  const day = nextWorkday(now.toZonedDateTimeISO(zone).toPlainDate(), calendar);
  return momentOf(openMinute(day.toPlainDateTime(), settingsOf(unit), calendar), zone);
};

/** A slot, and when it comes about (ms since 1970). */
export type TimedSlot = Slot & { readonly moment: number };

export type Verdict = 'run' | 'late' | 'skip';

/** A copy of the bot that takes a dead one's slot over within this time is not late. */
export const LATE_AFTER_MS = 2 * 60_000;

/**
 * What becomes at `now` (ms) of the slots that have fallen due. One missed longer ago than its job's catch-up window is
 * skipped; of several that were missed, only the newest of a job and unit runs, unless each is for other people.
 */
export const verdictOn = (
  due: readonly TimedSlot[],
  now: number,
  catchUpMinutes: (job: string) => number,
  isEachForOthers: (job: string) => boolean = () => false,
): ((slot: TimedSlot) => Verdict) => {
  const newest = new Map<string, number>();
  for (const { job, unit, moment } of due) {
    const target = `${job}/${unit}`;
    newest.set(target, Math.max(moment, newest.get(target) ?? moment));
  }
  return ({ job, unit, moment }) => {
    const missedBy = now - moment;
    if (missedBy < LATE_AFTER_MS) return 'run';
    const isNewest = isEachForOthers(job) || newest.get(`${job}/${unit}`) === moment;
    return isNewest && missedBy <= catchUpMinutes(job) * 60_000 ? 'late' : 'skip';
  };
};
