/**
 * `1+N`: beside the base, which is the score of reports and tasks, stand measured results with weights of their own. A
 * result is a value against its target, at most the whole; all weights together are 100.
 */
import { compareDays, type Day } from './calendar.ts';
import { meanShare, type Share } from './ratio.ts';

/** Values and targets are whole numbers of ten-thousandths: 12.3 is 123000. */
export const PARTS = 10_000;

/** Which way is better. */
export type Better = 'more' | 'less';

/** A value that a second person has verified, and the target it had. `month` is `2026-11`. */
export type MonthValue = { readonly month: string; readonly value: number; readonly target: number };

export type Special = {
  readonly id: number;
  readonly name: string;
  /** What it is measured in: 万元. */
  readonly unit: string;
  readonly weight: number;
  readonly better: Better;
  /** The verified months of the period, in order. Without any, it takes its weight with it. */
  readonly months: readonly MonthValue[];
};

/** What a unit's score is made with beside its base. Weights of the base and of all items are 100 together. */
export type Specials = {
  /** Of the sheet that says so: changes whenever it does. */
  readonly revision: number;
  readonly base: number;
  readonly items: readonly Special[];
};

/** Value ÷ target, or target ÷ value where less is better; never under 0 nor over 1. */
export const monthShare = ({ value, target }: MonthValue, better: Better): Share => {
  if (better === 'less') return value <= target ? WHOLE : { part: BigInt(target), whole: BigInt(value) };
  return value >= target ? WHOLE : { part: BigInt(Math.max(0, value)), whole: BigInt(target) };
};

const WHOLE: Share = { part: 1n, whole: 1n };

/** The mean of its months; null when none has a verified value. */
export const specialShare = ({ months, better }: Pick<Special, 'months' | 'better'>): Share | null =>
  meanShare(months.map((month) => ({ weight: 1, share: monthShare(month, better) })));

/** Base and items together; whatever does not exist takes its weight with it. Null when nothing does. */
export const withSpecials = (base: Share | null, { base: weight, items }: Specials): Share | null =>
  meanShare(
    [{ weight, share: base }, ...items.map((item) => ({ weight: item.weight, share: specialShare(item) }))].flatMap(
      ({ weight, share }) => (share === null || weight === 0 ? [] : [{ weight, share }]),
    ),
  );

export const monthName = ({ year, month }: { readonly year: number; readonly month: number }): string =>
  `${`${year}`.padStart(4, '0')}-${`${month}`.padStart(2, '0')}`;

/** The months of which every day lies in the span: values are monthly, and a week has none. */
export const monthsWithin = ({ from, to }: { readonly from: Day; readonly to: Day }): readonly string[] => {
  const months: string[] = [];
  const first = from.day === 1 ? from : from.with({ day: 1 }).add({ months: 1 });
  for (let month = first; ; month = month.add({ months: 1 })) {
    if (compareDays(month.add({ months: 1 }).subtract({ days: 1 }), to) > 0) return months;
    months.push(monthName(month));
  }
};
