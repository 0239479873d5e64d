/**
 * Sheets of indicators: what a unit's base and its special indicators weigh, 100 together. A sheet counts from the month
 * in which it was made: earlier months keep the one they had, so that no figure of the past changes.
 */
import type { Unit, UnitId } from './organisation.ts';
import type { Better, Special, Specials } from './specials.ts';

export type Indicator = {
  /** The organisation's: the same in every sheet of a unit, whatever it is called. */
  readonly id: number;
  readonly name: string;
  /** What it is measured in. */
  readonly unit: string;
  readonly better: Better;
  /** In ten-thousandths, above 0. */
  readonly target: number;
  /** Of units that have one of their own: the small are not measured by the large. */
  readonly targets: Readonly<Record<UnitId, number>>;
  /** 0: reported and verified, but part of no score. */
  readonly weight: number;
};

/** Who has allowed that results weigh at all, and on what basis. */
export type SheetApproval = { readonly approver: string; readonly basis: string };

export type Sheet = {
  readonly unit: UnitId;
  /** Counts all changes of all sheets. */
  readonly revision: number;
  /** `2026-11`: the first month it counts for. */
  readonly from: string;
  readonly base: number;
  readonly items: readonly Indicator[];
  readonly approval: SheetApproval | null;
};

/** The unit's own sheet in `month`; null where it has none, or nothing stands on it. `sheets`: oldest first. */
export const ownSheet = (sheets: readonly Sheet[], unit: UnitId, month: string): Sheet | null => {
  const sheet = sheets.findLast((one) => one.unit === unit && one.from <= month);
  return sheet && sheet.items.length > 0 ? sheet : null;
};

/** The sheet by which a unit is measured: its own, else the nearest one above it. */
export const sheetFor = (
  sheets: readonly Sheet[],
  units: ReadonlyMap<UnitId, Unit>,
  unit: UnitId,
  month: string,
): Sheet | null => {
  for (let id: UnitId | null | undefined = unit; id != null; id = units.get(id)?.parent) {
    const own = ownSheet(sheets, id, month);
    if (own) return own;
  }
  return null;
};

export const targetFor = ({ target, targets }: Indicator, unit: UnitId): number => targets[unit] ?? target;

/** Whom, what and when a value is about. */
export type ValuePlace = { readonly unit: UnitId; readonly indicator: number; readonly month: string };

export type Verdict = { readonly isVerified: boolean; readonly by: string; readonly at: number };

/** A reported value. It counts once it is verified, and until a later one is. */
export type Measured = ValuePlace & {
  /** Counts the values of one place, from 1. */
  readonly n: number;
  readonly value: number;
  readonly by: string;
  /** ms since 1970. */
  readonly at: number;
  readonly verdict: Verdict | null;
};

/** Of the values of one place, oldest first: the one that counts. */
export const countingOf = (values: readonly Measured[]): Measured | null =>
  values.findLast(({ verdict }) => verdict?.isVerified === true) ?? null;

/** The one that waits to be verified: the newest, while nobody has judged it. */
export const waitingOf = (values: readonly Measured[]): Measured | null => {
  const newest = values.at(-1);
  return newest?.verdict === null ? newest : null;
};

const placeKey = ({ unit, indicator, month }: ValuePlace): string => `${unit} ${indicator} ${month}`;

/** What boards need of `units` in `months`, by unit; units without anything that weighs are left out. */
export const specialsOf = (
  sheets: readonly Sheet[],
  all: readonly Unit[],
  units: readonly UnitId[],
  months: readonly string[],
  measured: readonly Measured[],
): ReadonlyMap<UnitId, Specials> => {
  const last = months.at(-1);
  if (last === undefined || sheets.length === 0) return new Map();
  const byId = new Map(all.map((unit) => [unit.id, unit]));
  const places = Map.groupBy(measured, placeKey);
  const found = units.flatMap((unit) => {
    const sheet = sheetFor(sheets, byId, unit, last);
    if (!sheet || sheet.base === 100) return [];
    const items = sheet.items
      .filter(({ weight }) => weight > 0)
      .map((item): Special => {
        const { id, name, better, weight } = item;
        const values = months.flatMap((month) => {
          const counting = countingOf(places.get(placeKey({ unit, indicator: id, month })) ?? []);
          return counting ? [{ month, value: counting.value, target: targetFor(item, unit) }] : [];
        });
        return { id, name, unit: item.unit, weight, better, months: values };
      });
    return [[unit, { revision: sheet.revision, base: sheet.base, items }] as const];
  });
  return new Map(found);
};
