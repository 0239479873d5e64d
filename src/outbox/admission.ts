/** The one gate in front of every post: quiet hours, and how many messages a day a chat may get. */
import type { Temporal } from 'temporal-polyfill';
import { budgetOf } from '../domain/budget.ts';
import { type Calendar, epochDay } from '../domain/calendar.ts';
import type { Unit } from '../domain/organisation.ts';
import { emergencyAt, onDuty } from '../domain/quiet.ts';
import { settingsOf } from '../domain/settings.ts';
import { nextOpening, openMoment } from '../domain/slot.ts';
import type { Directory, Post } from '../ports.ts';

export type Admission = {
  /** The day of `now` in the organisation's time zone, by which messages are counted. */
  dayOf(now: Temporal.Instant): number;
  /**
   * The first moment from `now` on at which the post may go out, by what its unit has set by then. `place`: which
   * message of the day it would be in its chat, from 1. Beyond the budget it waits for the next workday; what belongs to
   * a procedure never does. A reply goes out at any hour.
   */
  opensAt(post: Post, place: number, now: Temporal.Instant): Promise<Temporal.Instant>;
};

export const admission = (directory: Pick<Directory, 'unit'>, calendar: Calendar, zone: string): Admission => ({
  dayOf: (now) => epochDay(now.toZonedDateTimeISO(zone)),

  async opensAt({ source, chat, priority, ...post }, place, now) {
    if (!source) return now;
    const known = await directory.unit(source.unit);
    const unit: Pick<Unit, 'settings' | 'emergency'> = known ?? { settings: {} };
    const budget = budgetOf(chat.kind, settingsOf(unit), emergencyAt(unit, now) !== null);
    if (priority !== 'procedure' && place > budget) return nextOpening(now, zone, unit, calendar);
    const day = post.notBefore.toZonedDateTimeISO(zone).toPlainDate();
    return known ? openMoment(now, zone, known, post.onDuty ? onDuty(calendar, day) : calendar) : now;
  },
});
