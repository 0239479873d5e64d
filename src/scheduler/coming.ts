import { Temporal } from 'temporal-polyfill';
import { momentOf, type Slot } from '../domain/slot.ts';
import type { Coming } from '../ports.ts';

/** Slots of the same job and minute are one event. */
export const comingFrom = (slots: readonly Slot[], zone: string): readonly Coming[] =>
  [...Map.groupBy(slots, ({ job, at }) => `${at.toString()} ${job}`).values()].flatMap((group) => {
    const first = group[0];
    return first ? [{ at: momentOf(first.at, zone), job: first.job, units: group.map(({ unit }) => unit) }] : [];
  });

/** The earlier of two moments that may not come. */
export const earlier = (a: Temporal.Instant | null, b: Temporal.Instant | null): Temporal.Instant | null => {
  if (a === null || b === null) return a ?? b;
  return Temporal.Instant.compare(a, b) <= 0 ? a : b;
};
