import type { Temporal } from 'temporal-polyfill';

/** When nobody writes to a bot; spread over two hours, so that not all bots come at once. */
const FROM_HOUR = 3;
const SPREAD_MINUTES = 120;
/** One that is younger has nothing to be renewed for. */
const MIN_AGE = { hours: 4 };

/**
 * Ms until a connection is to be made anew in the quiet hours: what has become deaf without a sign hears again by
 * morning. `random` from 0 up to 1.
 */
export const untilNight = (now: Temporal.ZonedDateTime, random: number): number => {
  const earliest = now.add(MIN_AGE);
  const minutes = Math.floor(random * SPREAD_MINUTES);
  const on = (day: Temporal.ZonedDateTime) =>
    day.withPlainTime({ hour: FROM_HOUR + Math.floor(minutes / 60), minute: minutes % 60 });
  const tonight = on(earliest);
  const night = tonight.epochMilliseconds >= earliest.epochMilliseconds ? tonight : on(earliest.add({ days: 1 }));
  return night.epochMilliseconds - now.epochMilliseconds;
};
