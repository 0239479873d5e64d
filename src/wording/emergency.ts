/** Emergencies in words: what is in force, what was changed just now, what was declared before. */
import { Temporal } from 'temporal-polyfill';
import { groupRange, privateRange } from '../domain/budget.ts';
import type { EmergencyFacts } from '../domain/emergency.ts';
import type { Member, Unit } from '../domain/organisation.ts';
import { labels } from '../domain/people.ts';
import { emergencyAt } from '../domain/quiet.ts';
import type { Translate } from '../i18n.ts';
import { list, type Reply, text } from '../message.ts';
import type { UnitChange } from '../ports.ts';
import { dayName } from './day.ts';

/** `11月23日（周一）22:00`; `moment` in ms since 1970. */
const momentName = (moment: number, now: Temporal.ZonedDateTime, t: Translate): string => {
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

/** What was declared or ended just now. */
export const emergencyTold = (
  kind: 'begun' | 'ended',
  { unit, below, until, reason }: EmergencyFacts,
  now: Temporal.ZonedDateTime,
  t: Translate,
): string => {
  if (kind === 'ended') return t('emergency.ended', { unit, below });
  const limits = { private: privateRange.to, group: groupRange.to };
  return t('emergency.begun', { unit, below, reason, until: momentName(until, now, t), ...limits });
};

type Told = {
  /** The unit's name, among the others. */
  readonly label: string;
  readonly people: readonly Member[];
  readonly now: Temporal.ZonedDateTime;
};

/** Who declared or ended which, newest first. */
export const emergenciesBefore = (
  changes: readonly UnitChange[],
  { label, people, now }: Told,
  t: Translate,
): Reply => {
  if (changes.length === 0) return text(t('emergency.never', { unit: label }));
  const names = labels(people);
  const lines = changes.map(({ by, at, after }) => {
    const told = { at: momentName(at.epochMilliseconds, now, t), who: names.get(by) ?? by };
    if (!after.emergency) return t('emergency.was-ended', told);
    const { until, reason } = after.emergency;
    return t('emergency.was-begun', { ...told, until: momentName(until, now, t), reason });
  });
  return [...text(t('emergency.before', { unit: label })), ...list(lines)];
};
