import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  inTenths,
  noFigures,
  perMille,
  type Rates,
  rateNames,
  ratesOf,
  scoreOf,
  scoreRule,
  sumOf,
} from '../../src/domain/score.ts';

const rate = (part: number, whole: number) => ({ part, whole });

test('the example of the rule book: 8 tasks, 40 items, 50 reports, 5 rechecked, no callbacks make 81.2', () => {
  const rates = {
    onTimeClose: rate(6, 8),
    cleared: rate(36, 40),
    onTimeReport: rate(48, 50),
    held: rate(4, 5),
    satisfied: rate(0, 0),
  };
  expect(inTenths(scoreOf(rates) ?? 0)).toBe('81.2');
});

test.each<[number | null, Rates]>([
  [null, {}],
  [0, { cleared: rate(0, 3) }],
  [1000, { onTimeReport: rate(15, 15) }],
  // 20 × 24/30 + 10 × 15/20 = 23.5, of 30: 78.333…
  [783, { cleared: rate(24, 30), onTimeReport: rate(15, 20) }],
  // Exactly on the half: 13/16 is 81.25 %.
  [813, { cleared: rate(13, 16) }],
  // 20 × 2/3 + 10 × 1/3 is 16.66…, of 30: 55.55…
  [556, { cleared: rate(2, 3), onTimeReport: rate(1, 3) }],
  [
    500,
    { onTimeClose: rate(1, 2), cleared: rate(1, 2), onTimeReport: rate(1, 2), held: rate(1, 2), satisfied: rate(1, 2) },
  ],
])('a score of %s tenths', (tenths, rates) => {
  expect(scoreOf(rates)).toBe(tenths);
});

test('only what happened has a rate', () => {
  expect(ratesOf(noFigures)).toEqual({});
  expect(ratesOf({ ...noFigures, expected: 20, onTime: 15 })).toEqual({ onTimeReport: rate(15, 20) });
  expect(ratesOf({ ...noFigures, named: 3, cleared: 0 })).toEqual({ cleared: rate(0, 3) });
});

test.each([
  [0, '0.0'],
  [5, '0.5'],
  [812, '81.2'],
  [1000, '100.0'],
  [-5, '-0.5'],
  [-123, '-12.3'],
])('%i tenths are written %s', (tenths, written) => {
  expect(inTenths(tenths)).toBe(written);
});

test('a rate is rounded half up to a tenth of a percent', () => {
  expect(perMille(rate(15, 20))).toBe(750);
  expect(perMille(rate(1, 3))).toBe(333);
  expect(perMille(rate(2, 3))).toBe(667);
  expect(perMille(rate(1, 16))).toBe(63);
});

const anyRates = fc.record(
  Object.fromEntries(
    rateNames.map((name) => [
      name,
      fc.nat(5_000).chain((whole) => fc.record({ part: fc.nat(whole), whole: fc.constant(whole) })),
    ]),
  ),
  { requiredKeys: [] },
) as fc.Arbitrary<Rates>;

test('a score lies between 0 and 100, is the weighted mean, and a better rate never lowers it', () => {
  fc.assert(
    fc.property(anyRates, fc.constantFrom(...rateNames), (rates, name) => {
      const score = scoreOf(rates);
      const present = rateNames.filter((one) => (rates[one]?.whole ?? 0) > 0);
      if (score === null) {
        // A property that returns anything is judged by it.
        expect(present).toEqual([]);
        return;
      }
      const mean = present.reduce(
        (sum, one) => sum + scoreRule.weights[one] * ((rates[one]?.part ?? 0) / (rates[one]?.whole ?? 1)),
        0,
      );
      const possible = present.reduce((sum, one) => sum + scoreRule.weights[one], 0);
      expect(Math.abs(score / 10 - (100 * mean) / possible)).toBeLessThan(0.0501);
      const better = rates[name];
      if (!better || better.part === better.whole) return;
      expect(scoreOf({ ...rates, [name]: { ...better, part: better.part + 1 } })).toBeGreaterThanOrEqual(score);
    }),
  );
});

test('the same shares make the same score, however large the numbers', () => {
  fc.assert(
    fc.property(anyRates, fc.integer({ min: 2, max: 1_000 }), (rates, times) => {
      const larger = Object.fromEntries(
        Object.entries(rates).map(([name, { part, whole }]) => [name, rate(part * times, whole * times)]),
      );
      expect(scoreOf(larger)).toBe(scoreOf(rates));
    }),
  );
});

test("a unit's figures are the sum of its members'", () => {
  expect(sumOf([])).toEqual(noFigures);
  const one = { ...noFigures, expected: 5, onTime: 4, late: 1, named: 7, cleared: 6, leave: 2 };
  expect(sumOf([one, { ...noFigures, expected: 3, waiting: 1 }])).toEqual({ ...one, expected: 8, waiting: 1 });
});
