/**
 * Exceptions: what a unit has set beside the rules because somebody approved it, on a basis, until a day. What a unit
 * has set at rest stays as it is meanwhile, and is in force again after that day without anybody doing anything.
 */
import type { Settings } from './settings.ts';

export type Exception = {
  /** The setting it is about, as `settingNames` has it. */
  readonly name: string;
  readonly values: Partial<Settings>;
  readonly approver: string;
  readonly basis: string;
  /** The last day, `2026-12-31`. */
  readonly until: string;
  /** In ms since 1970: the first moment at which it is out of force, midnight after that day where the unit is. */
  readonly ends: number;
  /** Who typed it, and when, in ms since 1970. */
  readonly by: string;
  readonly at: number;
};

type Excepting = { readonly settings: Partial<Settings>; readonly exceptions?: readonly Exception[] };

export const isInForce = ({ ends }: Exception, now: number): boolean => now < ends;

/** The unit with the settings that are in force at `now`, in ms since 1970. Whoever reads `settings` past this gets the safe side. */
export const inForceAt = <Unit extends Excepting>(unit: Unit, now: number): Unit => {
  const running = unit.exceptions?.filter((one) => isInForce(one, now)) ?? [];
  if (running.length === 0) return unit;
  return { ...unit, settings: Object.assign({ ...unit.settings }, ...running.map(({ values }) => values)) };
};

/** What is set at rest of a unit that was perhaps read as it is in force: no exception becomes lasting by the way. */
export const atRest = <Unit extends Excepting>(unit: Unit, before: Excepting | undefined): Unit => {
  const lent = (unit.exceptions ?? []).flatMap(({ values }) => Object.entries(values));
  const isLent = ([field, value]: readonly [string, unknown]) =>
    lent.some(([name, is]) => name === field && is === value) && before?.settings[field as keyof Settings] !== value;
  const own = Object.entries(unit.settings).filter((one) => !isLent(one));
  if (own.length === Object.keys(unit.settings).length) return unit;
  const kept = Object.entries(before?.settings ?? {}).filter(([field]) => lent.some(([name]) => name === field));
  return { ...unit, settings: Object.fromEntries([...kept, ...own]) };
};

/** The next moment at which one of the units' exceptions ends; infinite when none is in force. */
export const nextEnd = (units: readonly Excepting[], now: number): number =>
  Math.min(
    ...units.flatMap(({ exceptions = [] }) => exceptions.filter((one) => isInForce(one, now)).map(({ ends }) => ends)),
    Number.POSITIVE_INFINITY,
  );

/** The one of a unit's exceptions that is in force for a setting. */
export const exceptionFor = (
  { exceptions = [] }: Pick<Excepting, 'exceptions'>,
  name: string,
  now: number,
): Exception | null => exceptions.find((one) => one.name === name && isInForce(one, now)) ?? null;
