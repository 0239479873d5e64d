import { Temporal } from 'temporal-polyfill';
import { type Calendar, type Day, epochDay, nextWorkday } from './calendar.ts';
import type { Emergency, Unit } from './organisation.ts';
import type { Settings } from './settings.ts';

type QuietHours = Pick<Settings, 'quietFrom' | 'quietTo'>;

/** The emergency that is in force for the unit at `now`, or null. */
export const emergencyAt = ({ emergency }: Pick<Unit, 'emergency'>, now: Temporal.Instant): Emergency | null =>
  emergency && now.epochMilliseconds < emergency.until ? emergency : null;

/** The calendar of somebody who is on duty on `day`. */
export const onDuty = (calendar: Calendar, day: Day): Calendar => ({
  ...calendar,
  isWorkday: (other) => epochDay(other) === epochDay(day) || calendar.isWorkday(other),
});

/**
 * `at` itself when the bot may start a message then, else the next moment at which it may. Quiet are days off and, on
 * workdays, the time from `quietFrom` to just before `quietTo`, over midnight when `quietTo` is the earlier of the two;
 * equal times mean no quiet hours.
 */
export const openMinute = (
  at: Temporal.PlainDateTime,
  settings: QuietHours,
  calendar: Calendar,
): Temporal.PlainDateTime => {
  const day = at.toPlainDate();
  const opens = calendar.isWorkday(day) ? openTime(at.toPlainTime(), settings) : null;
  if (opens) return day.toPlainDateTime(opens);
  // Midnight itself always opens later that day, so this goes round once.
  return openMinute(nextWorkday(day, calendar).toPlainDateTime(), settings, calendar);
};

/** The first open time of a workday that is not before `time`, or null. */
const openTime = (time: Temporal.PlainTime, { quietFrom, quietTo }: QuietHours): Temporal.PlainTime | null => {
  const isFrom = Temporal.PlainTime.compare(time, quietFrom) >= 0;
  const isTo = Temporal.PlainTime.compare(time, quietTo) >= 0;
  if (Temporal.PlainTime.compare(quietFrom, quietTo) <= 0) return isFrom && !isTo ? plainTime(quietTo) : time;
  if (isFrom) return null;
  return isTo ? time : plainTime(quietTo);
};

const plainTime = (text: string): Temporal.PlainTime => Temporal.PlainTime.from(text);
