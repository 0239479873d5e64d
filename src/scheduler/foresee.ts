import { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../domain/calendar.ts';
import type { Unit } from '../domain/organisation.ts';
import { settingsOf } from '../domain/settings.ts';
import { slotMinute, type TimedSlot } from '../domain/slot.ts';
import type { Job } from '../job.ts';
import type { RunDeps } from './run.ts';

/** What a page shows of what is coming. */
const MOST_EVENTS = 6;
/** More than this is too much to be read each time something changes. */
const MOST_UNITS = 20;

type Deps = Pick<RunDeps, 'contextFor' | 'zone'> & { readonly jobs: readonly Job[]; readonly calendar: Calendar };

/**
 * The slots without those, among the first few events, that would post nothing as things stand: whoever waits for what
 * happens next does not wait for silence.
 */
export const foreseen = async (
  slots: readonly TimedSlot[],
  units: readonly Unit[],
  { jobs, calendar, contextFor, zone }: Deps,
): Promise<readonly TimedSlot[]> => {
  if (units.length > MOST_UNITS) return slots;
  const unitOf = new Map(units.map((unit) => [unit.id, unit]));

  const wouldPost = async (slot: TimedSlot): Promise<boolean> => {
    const [job, unit] = [jobs.find(({ name }) => name === slot.job), unitOf.get(slot.unit)];
    if (!job?.readsOnly || !unit) return true;
    const now = Temporal.Instant.fromEpochMilliseconds(slot.moment).toZonedDateTimeISO(zone);
    const plan = { unit, settings: settingsOf(unit), calendar, at: slot.at, now, late: false };
    // What cannot be known may happen.
    return job.run(contextFor(plan)).then(
      (posts) => posts.length > 0,
      () => true,
    );
  };

  const kept: TimedSlot[] = [];
  const events = [...Map.groupBy(slots, (slot) => `${slotMinute(slot)} ${slot.job}`).values()];
  for (let n = 0, left = MOST_EVENTS; n < events.length; n += 1) {
    const event = events[n] ?? [];
    const speaking = left > 0 ? await Promise.all(event.map(wouldPost)) : event.map(() => true);
    const told = event.filter((_, i) => speaking[i]);
    if (told.length > 0) left -= 1;
    kept.push(...told);
  }
  return kept;
};
