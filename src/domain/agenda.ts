import type { Temporal } from 'temporal-polyfill';
import { type Calendar, type Day, epochDay } from './calendar.ts';
import type { Unit } from './organisation.ts';
import { type Settings, settingsOf } from './settings.ts';
import { momentOf, type TimedSlot } from './slot.ts';

type Plan = { readonly unit: Unit; readonly settings: Settings; readonly calendar: Calendar };

type Dated = {
  readonly name: string;
  due(plan: Plan, from: Temporal.PlainDateTime, to: Temporal.PlainDateTime): readonly Temporal.PlainDateTime[];
};

/** Days whose slots are kept: a clock that steps from slot to slot asks for the same ones again and again. */
const DAYS_KEPT = 16;

type Known = { readonly print: string; readonly slots: readonly TimedSlot[] };

/**
 * The slots of all `jobs` and units on one day: in order of time, then of units as given, then of jobs. What was
 * computed for a unit's day stands until the unit changes.
 */
export const agenda = (jobs: readonly Dated[], calendar: Calendar, zone: string) => {
  const kept = new Map<number, Map<string, Known>>();

  const knownOn = (day: Day): Map<string, Known> => {
    const number = epochDay(day);
    const known = kept.get(number) ?? new Map<string, Known>();
    // Moved to the end: the first ones are those not asked for the longest.
    kept.delete(number);
    kept.set(number, known);
    for (const old of [...kept.keys()].slice(0, -DAYS_KEPT)) kept.delete(old);
    return known;
  };

  const compute = (unit: Unit, day: Day): TimedSlot[] => {
    const plan = { unit, settings: settingsOf(unit), calendar };
    const end = day.toPlainDateTime('23:59');
    return jobs.flatMap((job) =>
      job.due(plan, end.subtract({ days: 1 }), end).map((at) => ({
        job: job.name,
        unit: unit.id,
        at,
        moment: momentOf(at, zone).epochMilliseconds,
      })),
    );
  };

  return (units: readonly Unit[], day: Day): readonly TimedSlot[] => {
    const known = knownOn(day);
    const slots = units.flatMap((unit) => {
      const print = JSON.stringify(unit);
      const hit = known.get(unit.id);
      if (hit?.print === print) return hit.slots;
      const made = { print, slots: compute(unit, day) };
      known.set(unit.id, made);
      return made.slots;
    });
    return slots.sort((a, b) => a.moment - b.moment);
  };
};
