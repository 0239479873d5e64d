/** How often a unit reports, and since when: a change never reaches back. */
import type { Day } from './calendar.ts';

/** exception: problems alone are told; nobody owes anything. */
export const cadences = ['daily', 'weekly', 'exception', 'off'] as const;
/** `days-135`: a day's report is owed on these weekdays alone, Monday being 1. */
export type Cadence = (typeof cadences)[number] | `days-${string}`;

export const defaultCadence: Cadence = 'daily';

/** What was in force until the day `before` began, ISO. */
export type FormerCadence = { readonly cadence: Cadence; readonly before: string };

type Paced = {
  readonly settings: { readonly cadence?: Cadence };
  /** Oldest first. */
  readonly formerCadences?: readonly FormerCadence[];
};

const NAMED = /^days-(1?2?3?4?5?6?7?)$/;

/** The weekdays that a cadence names; empty for one that names none. */
export const weekdaysIn = (cadence: Cadence): readonly number[] => [...(NAMED.exec(cadence)?.[1] ?? '')].map(Number);

export const isCadence = (word: string): word is Cadence =>
  cadences.some((known) => known === word) || (NAMED.test(word) && word !== 'days-');

/** The cadence that names these weekdays. From Monday to Friday is every workday, whatever holidays move. */
export const onWeekdays = (weekdays: readonly number[]): Cadence => {
  const named = [...new Set(weekdays)].sort().join('');
  return named.startsWith('12345') ? 'daily' : `days-${named}`;
};

/** How it is called where sentences choose by it. */
export const cadenceKind = (cadence: Cadence): (typeof cadences)[number] | 'days' =>
  cadences.find((known) => known === cadence) ?? 'days';

/** Whether a report of its own is owed for a workday under this cadence. */
export const asksForDay = (cadence: Cadence, day: Day): boolean =>
  cadence === 'daily' || weekdaysIn(cadence).includes(day.dayOfWeek);

/** Whether reports of single days are asked for at all. */
export const countsDays = (cadence: Cadence): boolean => cadence === 'daily' || weekdaysIn(cadence).length > 0;

/** Whether anything is asked of anybody under this cadence. */
export const asksAtAll = (cadence: Cadence): boolean => cadence !== 'off' && cadence !== 'exception';

/** The cadence in force on `day`. */
export const cadenceOn = ({ settings, formerCadences = [] }: Paced, day: Day): Cadence => {
  const current = settings.cadence ?? defaultCadence;
  if (formerCadences.length === 0) return current;
  const iso = day.toString();
  return formerCadences.find(({ before }) => iso < before)?.cadence ?? current;
};

/** More changes than a unit makes in years; of the oldest ones nobody asks any more. */
const MOST_KEPT = 40;

/** What is to be remembered when `next` is in force from the day `from` on. */
export const formerWhen = (unit: Paced, next: Cadence, from: Day): readonly FormerCadence[] => {
  const before = from.toString();
  const earlier = (unit.formerCadences ?? []).filter((one) => one.before < before);
  const last = { cadence: cadenceOn(unit, from.subtract({ days: 1 })), before };
  return (last.cadence === next ? earlier : [...earlier, last]).slice(-MOST_KEPT);
};
