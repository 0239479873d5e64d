import { fromEpochDay } from '../domain/calendar.ts';
import { type Keys, keptDays, projections } from './keys.ts';

/** `2026-11` */
export const monthOf = (day: { readonly year: number; readonly month: number }): string =>
  `${day.year}-${`${day.month}`.padStart(2, '0')}`;

/** What the log calls the projections that a report of this epoch day touches: day, unfinished items, closings. */
export const reportProjections = (day: number): readonly string[] => [
  projections.day(day),
  projections.open,
  projections.closed(monthOf(fromEpochDay(day))),
];

/**
 * Spells the keys of the report scripts. Those of each unit's last day are kept, since nearly all that comes is about
 * today: spelling and joining them was a tenth of the store's work on a report.
 */
export const reportKeys = (keys: Keys, realNow: () => number) => {
  const last = new Map<string, { readonly day: number; readonly today: number; readonly spelt: readonly string[] }>();

  return (unit: string, day: number): readonly string[] => {
    const kept = keptDays(realNow());
    const [today] = kept;
    const known = last.get(unit);
    if (known?.day === day && known.today === today) return known.spelt;
    const scope = { unit };
    const spelt = [
      keys.log(scope),
      keys.data(scope, `${day}`),
      ...kept.map((realDay) => keys.seen(scope, realDay)),
      ...reportProjections(day).map((name) => keys.projection(scope, name)),
    ];
    last.set(unit, { day, today, spelt });
    return spelt;
  };
};
