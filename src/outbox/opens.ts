import type { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../domain/calendar.ts';
import { settingsOf } from '../domain/settings.ts';
import { openMoment } from '../domain/slot.ts';
import type { Directory, Post } from '../ports.ts';

/**
 * The first moment from `now` on at which a post may go out, by the hours its unit keeps by then. A reply is answered
 * at any hour.
 */
export const quietHours =
  (directory: Pick<Directory, 'unit'>, calendar: Calendar, zone: string) =>
  async ({ source }: Post, now: Temporal.Instant): Promise<Temporal.Instant> => {
    const unit = source && (await directory.unit(source.unit));
    return unit ? openMoment(now, zone, settingsOf(unit), calendar) : now;
  };
