import { timesBetween } from '../src/domain/calendar.ts';
import { digestOn } from '../src/domain/digest.ts';
import type { Job } from '../src/job.ts';
import { digestsFor } from '../src/wording/leaders.ts';

/**
 * On workdays at the unit's hour: tells its leaders, privately, how the last workday went. Names stay out of it. On the
 * day of the weekly digest that one takes its place.
 */
export const dailyDigest: Job = {
  name: 'daily-digest',
  readsOnly: true,
  // A digest is read in the morning; at one o'clock it is still news, at the end of the day it is not.
  catchUpMinutes: 240,
  expiresMinutes: 540,
  delivery: 'atLeastOnce',

  due: ({ settings, calendar }, from, to) =>
    (settings.digestEvery !== 'daily' ? [] : timesBetween(settings.digestAt, from, to)).filter(
      (at) => digestOn(at.toPlainDate(), settings.digestAt, calendar)?.kind === 'day',
    ),

  async run({ unit, settings, ...sources }) {
    const digest = digestOn(sources.now.toPlainDate(), settings.digestAt, sources.calendar);
    return digest ? digestsFor(unit, digest, sources) : [];
  },
};
