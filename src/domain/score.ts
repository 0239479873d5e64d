/** Rates and scores. They read what became of reports and items, never how many messages or how long they were. */
import type { UnitId } from './organisation.ts';
import { asShare, meanShare, meanTenths, type Rate, type Share, shareTenths, type Term } from './ratio.ts';
import { type Specials, withSpecials } from './specials.ts';

export type { Rate } from './ratio.ts';

/** What the two reporting rates are made of, with all that was left out of them. Counts only. */
export type Figures = {
  /** Reports expected: onTime, late, and those missing. */
  readonly expected: number;
  /** Of the expected: filed on their day by the deadline. */
  readonly onTime: number;
  /** Of the expected: filed later. */
  readonly late: number;
  /** Not expected: on leave. */
  readonly leave: number;
  /** Not expected: the deadline is still to come. */
  readonly pending: number;
  /** Not expected: up to the day of joining. */
  readonly joining: number;
  /** Not expected: the calendar of the day is provisional. */
  readonly provisional: number;
  /** Of all these: on duty on a day off. */
  readonly duty: number;
  /** Items named in the period or carried into it. */
  readonly named: number;
  /** Of the named: done on their day or the next workday. */
  readonly cleared: number;
  /** Of the named: carried into the period unfinished. */
  readonly carried: number;
  /** Of the named: not done yet and still within their time. */
  readonly inTime: number;
  /** In neither number of `cleared`: they wait on somebody else's decision. */
  readonly waiting: number;
};

export type UnitFigures = Figures & {
  readonly unit: UnitId;
  readonly name: string;
  readonly members: number;
  /** Results that are weighed beside the base; absent where none are. */
  readonly specials?: Specials;
};
export type MemberFigures = Figures & { readonly member: string; readonly name: string | null };

export const noFigures: Figures = {
  expected: 0,
  onTime: 0,
  late: 0,
  leave: 0,
  pending: 0,
  joining: 0,
  provisional: 0,
  duty: 0,
  named: 0,
  cleared: 0,
  carried: 0,
  inTime: 0,
  waiting: 0,
};

/** Counts added up: a unit's figures are the sum of its members'. */
export const sumOf = (all: readonly Figures[]): Figures => {
  const total: Record<keyof Figures, number> = { ...noFigures };
  for (const one of all) for (const name of figureNames) total[name] += one[name];
  return total;
};

export const figureNames = Object.keys(noFigures) as readonly (keyof Figures)[];

/** All that can make up a score. A rate that nothing happened for is absent and takes its weight with it. */
const weights = { onTimeClose: 50, cleared: 20, onTimeReport: 10, held: 10, satisfied: 10 } as const;
export type RateName = keyof typeof weights;
export type Weights = Readonly<Record<RateName, number>>;
export type Rates = { readonly [name in RateName]?: Rate };

/** What a score was made with. A unit may set the weights of both reporting rates for the boards below it. */
export type ScoreRule = {
  readonly weights: Weights;
  /** Printed with every score; changes when weights, formula or sample do. */
  readonly version: string;
  /**
   * Draws small numbers towards the mean of all on the board: (part + count × mean) ÷ (whole + count). A rate without a
   * mean stays as it is.
   */
  readonly smoothing?: { readonly count: number; readonly means: Rates };
};

export const scoreRule: ScoreRule = { weights, version: 'r1' };

export const ratesOf = ({ expected, onTime, named, cleared }: Figures): Rates => ({
  ...(named > 0 && { cleared: { part: cleared, whole: named } }),
  ...(expected > 0 && { onTimeReport: { part: onTime, whole: expected } }),
});

export const rateNames = Object.keys(weights) as readonly RateName[];

/** The rates that count, smoothed where the rule says so, with what each weighs. */
export const termsOf = (rates: Rates, rule: ScoreRule = scoreRule): readonly (Term & { readonly name: RateName })[] =>
  rateNames.flatMap((name) => {
    const [rate, weight] = [rates[name], rule.weights[name]];
    return rate && rate.whole > 0 && weight > 0 ? [{ name, weight, rate: smoothed(rate, name, rule) }] : [];
  });

const smoothed = (rate: Rate, name: RateName, { smoothing }: ScoreRule): Rate => {
  const mean = smoothing?.means[name];
  if (!smoothing || smoothing.count === 0 || !mean || mean.whole === 0) return rate;
  const { count } = smoothing;
  return { part: rate.part * mean.whole + count * mean.part, whole: (rate.whole + count) * mean.whole };
};

/** The means of all rates over everybody on a board: those with more reports or items count for more. */
export const meansOf = (all: readonly Figures[]): Rates => ratesOf(sumOf(all));

/**
 * The score in tenths of a point, half up: 812 is 81.2. Null when there is no rate at all. Exact, without fractions.
 */
export const scoreOf = (rates: Rates, rule: ScoreRule = scoreRule): number | null => meanTenths(termsOf(rates, rule));

/** The base of `1+N` by itself, unrounded; null without any rate. */
export const baseShare = (rates: Rates, rule: ScoreRule = scoreRule): Share | null =>
  meanShare(termsOf(rates, rule).map(({ weight, rate }) => ({ weight, share: asShare(rate) })));

/** A unit's score with its special indicators, rounded once. Null when there is neither a rate nor a verified value. */
export const unitScoreOf = (
  figures: Figures & Pick<UnitFigures, 'specials'>,
  rule: ScoreRule = scoreRule,
): number | null => {
  const rates = ratesOf(figures);
  if (!figures.specials) return scoreOf(rates, rule);
  const share = withSpecials(baseShare(rates, rule), figures.specials);
  return share === null ? null : shareTenths(share);
};

/** A rate in tenths of a percent, half up. */
export const perMille = ({ part, whole }: Rate): number => Math.floor((2_000 * part + whole) / (2 * whole));

/** Tenths as people write them: 812 → `81.2`, -5 → `-0.5`. */
export const inTenths = (tenths: number): string =>
  `${tenths < 0 ? '-' : ''}${Math.floor(Math.abs(tenths) / 10)}.${Math.abs(tenths) % 10}`;
