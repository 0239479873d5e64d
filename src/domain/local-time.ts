import { Temporal } from 'temporal-polyfill';
import type { Day } from './calendar.ts';

/** Local time as most rules need it. `minute`: of the day, 0 to 1439. */
export type LocalTime = { readonly today: Day; readonly minute: number };

const MINUTE_MS = 60_000;
/** No zone has moved its clocks at another minute than these since 1972. */
const QUARTER_MS = 15 * MINUTE_MS;

/**
 * Tells the local time of moments in one zone. Messages come close after each other, and asking Temporal for each is a
 * tenth of the work on a report: the last quarter of an hour is remembered.
 */
export const localTimes = (zone: string): ((at: Temporal.Instant) => LocalTime) => {
  let from = Number.NaN;
  let today = new Temporal.PlainDate(1970, 1, 1);
  let minute = 0;
  return (at) => {
    const ms = at.epochMilliseconds;
    if (!(ms >= from && ms < from + QUARTER_MS)) {
      from = Math.floor(ms / QUARTER_MS) * QUARTER_MS;
      const local = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
      today = local.toPlainDate();
      minute = local.hour * 60 + local.minute;
    }
    return { today, minute: minute + Math.floor((ms - from) / MINUTE_MS) };
  };
};

/** The minute of the day that `HH:MM` names. */
export const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** `2026-11-23T17:00:00+08:00`: a moment as people read the clock there. */
export const isoTime = (at: Temporal.Instant, zone: string): string =>
  at.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
