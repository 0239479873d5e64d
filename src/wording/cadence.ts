/** How often a unit reports, in words. */
import { type Cadence, cadenceKind, weekdaysIn } from '../domain/cadence.ts';
import type { Day } from '../domain/calendar.ts';
import type { Translate } from '../i18n.ts';
import { dayName } from './day.ts';

/** `每日`, `每周`, `周一、周三、周五`. */
export const cadenceWords = (cadence: Cadence, t: Translate): string =>
  t('settings.value.cadence', {
    value: cadenceKind(cadence),
    days: weekdaysIn(cadence)
      .map((weekday) => t('weekday.name', { weekday }))
      .join(t('list.and')),
  });

/** What the unit owes from `since` on. What was owed before stays as it was. */
export const cadenceEffect = (cadence: Cadence, since: Day, today: Day, t: Translate): string =>
  t('settings.cadence-effect', {
    cadence: cadenceKind(cadence),
    days: cadenceWords(cadence, t),
    since: dayName(since, today, t),
  });
