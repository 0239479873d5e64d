import { Temporal } from 'temporal-polyfill';
import { type Calendar, previousWorkday } from '../../domain/calendar.ts';
import type { Clock, Transcript } from '../../ports.ts';

/** A clock that runs with real time and can be set forward. */
export type MovingClock = {
  readonly now: Clock;
  /** Forward; a moment that is already past changes nothing. Resolves when a restart would begin from there. */
  forward(to: Temporal.Instant): Promise<void>;
  /** Back to where a new county begins. */
  restart(): Promise<void>;
};

type Deps = {
  transcript: Pick<Transcript, 'clockOffset' | 'setClockOffset'>;
  realNow: Clock;
  calendar: Calendar;
  zone: string;
  /** The clock is the real one and stays so. */
  frozen: boolean;
};

/** Stands where it stood when the bot ended, plus the time since then. */
export const movingClock = async ({ transcript, realNow, calendar, zone, frozen }: Deps): Promise<MovingClock> => {
  const first = () => beginning(realNow(), calendar, zone).epochMilliseconds - realNow().epochMilliseconds;
  let offsetMs = frozen ? 0 : ((await transcript.clockOffset()) ?? first());
  const now = () => realNow().add({ milliseconds: offsetMs });

  const set = async (offset: number) => {
    // Kept first: a clock that people have seen at five o'clock must not stand before it after a restart.
    await transcript.setClockOffset(offset);
    offsetMs = offset;
  };

  return {
    now,
    async forward(to) {
      const ahead = to.epochMilliseconds - realNow().epochMilliseconds;
      if (ahead > offsetMs) await set(ahead);
    },
    restart: () => set(first()),
  };
};

/** Where a new county begins: now; from a year on whose holidays are not known, on the last day that is. */
export const beginning = (realNow: Temporal.Instant, calendar: Calendar, zone: string): Temporal.Instant => {
  const today = realNow.toZonedDateTimeISO(zone).toPlainDate();
  if (calendar.isKnown(today)) return realNow;
  const last = previousWorkday(new Temporal.PlainDate(calendar.lastKnownYear + 1, 1, 1), calendar);
  return last.toZonedDateTime({ timeZone: zone, plainTime: FALLBACK_HOUR }).toInstant();
};

/** In the morning, so that a whole day of events is still to come. */
const FALLBACK_HOUR = '10:00';
