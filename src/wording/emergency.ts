/** An emergency that is in force, in words. */
import { Temporal } from 'temporal-polyfill';
import type { Unit } from '../domain/organisation.ts';
import { emergencyAt } from '../domain/quiet.ts';
import type { Translate } from '../i18n.ts';
import { dayName } from './day.ts';

/** `11月23日（周一）22:00`; `moment` in ms since 1970. */
export const momentName = (moment: number, now: Temporal.ZonedDateTime, t: Translate): string => {
  const at = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(now.timeZoneId);
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  return t('emergency.moment', { day: dayName(at.toPlainDate(), now.toPlainDate(), t), time });
};

/** Until when and why; null when there is none. */
export const emergencyLine = (
  unit: Pick<Unit, 'emergency'>,
  now: Temporal.ZonedDateTime,
  t: Translate,
): string | null => {
  const known = emergencyAt(unit, now.toInstant());
  return known && t('emergency.line', { until: momentName(known.until, now, t), reason: known.reason });
};
