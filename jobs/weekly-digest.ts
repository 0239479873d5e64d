import { timesBetween } from '../src/domain/calendar.ts';
import { digestOn } from '../src/domain/digest.ts';
import type { Job } from '../src/job.ts';
import { digestsFor } from '../src/wording/leaders.ts';

/**
 * On the first workday of the week at the unit's hour: tells its leaders, privately, how the last week went, instead of
 * the daily digest.
 */
export const weeklyDigest: Job = {
  name: 'weekly-digest',
  readsOnly: true,
  // A digest is read in the morning; at one o'clock it is still news, at the end of the day it is not.
  catchUpMinutes: 240,
  expiresMinutes: 540,
  delivery: 'atLeastOnce',

  due: ({ settings, calendar }, from, to) =>
    (settings.digestEvery === 'off' ? [] : timesBetween(settings.digestAt, from, to)).filter(
      (at) => digestOn(at.toPlainDate(), settings.digestAt, calendar)?.kind === 'week',
    ),

  async run({ unit, settings, ...sources }) {
    const digest = digestOn(sources.now.toPlainDate(), settings.digestAt, sources.calendar);
    return digest ? digestsFor(unit, digest, sources) : [];
  },
};
