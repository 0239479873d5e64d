/** Shares of a whole, and their weighted means. Exact: nothing here is ever a fraction of a number. */

export type Rate = { readonly part: number; readonly whole: number };
/** A rate of any size. */
export type Share = { readonly part: bigint; readonly whole: bigint };

export type Term = { readonly weight: number; readonly rate: Rate };

export const asShare = ({ part, whole }: Rate): Share => ({ part: BigInt(part), whole: BigInt(whole) });

/** The weighted mean; null without terms. Weights are whole numbers above 0. */
export const meanShare = (terms: readonly { readonly weight: number; readonly share: Share }[]): Share | null => {
  if (terms.length === 0) return null;
  const common = terms.reduce((product, { share }) => product * share.whole, 1n);
  const part = terms.reduce((sum, { weight, share }) => sum + BigInt(weight) * share.part * (common / share.whole), 0n);
  return { part, whole: terms.reduce((sum, { weight }) => sum + BigInt(weight), 0n) * common };
};

/** In tenths of a percent, half up: 13/16 is 813. */
export const shareTenths = ({ part, whole }: Share): number => Number((2_000n * part + whole) / (2n * whole));

/** The weighted mean in tenths of a percent, half up; null without terms. */
export const meanTenths = (terms: readonly Term[]): number | null => {
  const quick = quickTenths(terms);
  if (quick !== undefined) return quick;
  const mean = meanShare(terms.map(({ weight, rate }) => ({ weight, share: asShare(rate) })));
  return mean === null ? null : shareTenths(mean);
};

/** As `meanTenths` with plain numbers, a tenth of the time; undefined where they would not be exact. */
const quickTenths = (terms: readonly Term[]): number | undefined => {
  let [common, possible, earned] = [1, 0, 0];
  for (const { weight, rate } of terms) {
    common *= rate.whole;
    possible += weight;
  }
  if (possible === 0 || 2_001 * possible * common > Number.MAX_SAFE_INTEGER) return undefined;
  for (const { weight, rate } of terms) earned += weight * rate.part * (common / rate.whole);
  const [part, whole] = [2_000 * earned + possible * common, 2 * possible * common];
  return (part - (part % whole)) / whole;
};
