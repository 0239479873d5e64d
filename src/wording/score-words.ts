/** The arithmetic of a score, written out: each term, what was drawn towards the mean, each special indicator. */
import { decimal } from '../domain/decimal.ts';
import { type Share, shareTenths } from '../domain/ratio.ts';
import {
  baseShare,
  type Figures,
  inTenths,
  type RateName,
  rateNames,
  ratesOf,
  type ScoreRule,
  scoreOf,
  scoreRule,
  termsOf,
  type UnitFigures,
  unitScoreOf,
} from '../domain/score.ts';
import { monthShare, type Special, type Specials, specialShare } from '../domain/specials.ts';
import type { Translate } from '../i18n.ts';
import { rateName, rateWords } from './figures.ts';

/**
 * `得分 = 100 ×（20 × 24/30 + 10 × 15/20）÷ 30 = 78.3`, with the weights by name; then what stands behind it. Empty
 * without any rate.
 */
export const scoreExplained = (
  figures: Figures & Pick<UnitFigures, 'specials'>,
  t: Translate,
  rule: ScoreRule = scoreRule,
): string[] => {
  const score = unitScoreOf(figures, rule);
  if (score === null) return [];
  const rates = ratesOf(figures);
  const terms = termsOf(rates, rule).map(({ name, weight }) => `${weight} × ${termWords(name, figures, rule)}`);
  const weighed = {
    terms: terms.join(' + '),
    possible: termsOf(rates, rule).reduce((sum, { weight }) => sum + weight, 0),
    weights: termsOf(rates, rule)
      .map(({ name, weight }) => `${rateName(name, t)} ${weight}`)
      .join(t('list.and')),
  };
  const smoothed = smoothingWords(figures, t, rule);
  if (!figures.specials) return [t('why.score', { ...weighed, score: inTenths(score) }), ...smoothed];
  const base = scoreOf(rates, rule);
  return [
    specialsWords(figures.specials, baseShare(rates, rule), score, t),
    ...(base === null ? [] : [t('why.base', { ...weighed, score: inTenths(base) })]),
    ...smoothed,
    ...figures.specials.items.map((item) => specialWords(item, t)),
  ];
};

/** `24/30`, or with what was added to both. */
const termWords = (name: RateName, figures: Figures, { smoothing }: ScoreRule): string => {
  const { part, whole } = ratesOf(figures)[name] ?? { part: 0, whole: 0 };
  const mean = smoothing?.means[name];
  if (!smoothing || !mean) return `${part}/${whole}`;
  const { count } = smoothing;
  return `(${part} + ${count} × ${mean.part}/${mean.whole})/(${whole} + ${count})`;
};

const smoothingWords = (figures: Figures, t: Translate, { smoothing, weights }: ScoreRule): string[] => {
  if (!smoothing) return [];
  const rates = ratesOf(figures);
  const means = rateNames.flatMap((name) => {
    const mean = smoothing.means[name];
    return mean && rates[name] && weights[name] > 0
      ? [t('why.mean', { name: rateName(name, t), mean: rateWords(mean, t) })]
      : [];
  });
  return [t('why.smoothed', { count: smoothing.count, means: means.join(t('list.and')) })];
};

/** Shares are shown to a hundredth of a percent here: the score itself is made of the whole of them. */
const fine = ({ part, whole }: Share): string => {
  const hundredths = Number((20_000n * part + whole) / (2n * whole));
  return `${Math.floor(hundredths / 100)}.${`${hundredths % 100}`.padStart(2, '0')}%`;
};

const specialsWords = ({ base: weight, items }: Specials, base: Share | null, score: number, t: Translate): string => {
  const all = [
    { name: t('why.base-name'), weight, share: base },
    ...items.map((item) => ({ name: item.name, weight: item.weight, share: specialShare(item) })),
  ].flatMap(({ share, ...one }) => (share === null ? [] : [{ ...one, share }]));
  return t('why.specials', {
    terms: all.map(({ weight, share }) => `${weight} × ${fine(share)}`).join(' + '),
    possible: all.reduce((sum, { weight }) => sum + weight, 0),
    score: inTenths(score),
    weights: all.map(({ name, weight }) => `${name} ${weight}`).join(t('list.and')),
  });
};

const specialWords = (item: Special, t: Translate): string => {
  const { name, weight, unit, better, months } = item;
  const share = specialShare(item);
  if (share === null) return t('why.special-none', { name, weight });
  const each = months.map((one) => {
    const [value, target] = [decimal(one.value), decimal(one.target)];
    const percent = inTenths(shareTenths(monthShare(one, better)));
    return t('why.special-month', { month: Number(one.month.slice(5)), value, target, unit, percent });
  });
  return t('why.special', { name, better, months: each.join(t('list.and')), count: months.length, share: fine(share) });
};
