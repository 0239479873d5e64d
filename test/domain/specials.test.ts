import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boardOf, boardRule, ruleOn } from '../../src/domain/board.ts';
import { decimal, readDecimal } from '../../src/domain/decimal.ts';
import { meanShare, meanTenths, shareTenths } from '../../src/domain/ratio.ts';
import {
  type Figures,
  figureNames,
  meansOf,
  noFigures,
  ratesOf,
  scoreOf,
  scoreRule,
  type UnitFigures,
  unitScoreOf,
} from '../../src/domain/score.ts';
import { monthShare, monthsWithin, type Special, specialShare, withSpecials } from '../../src/domain/specials.ts';
import { day } from '../values.ts';

const special = (over: Partial<Special>): Special => ({
  ...{ id: 1, name: '亩均税收', unit: '万元', weight: 20, better: 'more' },
  months: [],
  ...over,
});
const month = (value: number, target: number) => ({ month: '2026-11', value, target });

test.each([
  ['more', 9, 12, 750],
  ['more', 12, 12, 1000],
  ['more', 30, 12, 1000],
  ['more', 0, 12, 0],
  ['more', -5, 12, 0],
  ['less', 24, 12, 500],
  ['less', 12, 12, 1000],
  ['less', 3, 12, 1000],
  ['less', 0, 12, 1000],
  ['less', -1, 12, 1000],
] as const)('%s is better: %d against %d is %d tenths of a percent', (better, value, target, tenths) => {
  expect(shareTenths(monthShare(month(value, target), better))).toBe(tenths);
});

test('base and indicators are weighed together, and what has no value takes its weight with it', () => {
  const figures: UnitFigures = {
    ...noFigures,
    ...{ unit: 'u1', name: '城关镇', members: 4, expected: 20, onTime: 15, named: 30, cleared: 24 },
  };
  // The base is (20 × 24/30 + 10 × 15/20) ÷ 30 = 78.333…
  expect(unitScoreOf(figures)).toBe(783);
  const sheet = { revision: 1, base: 70 };
  const tax = special({ weight: 20, months: [month(9, 12)] });
  const trade = special({ id: 2, weight: 10, months: [] });
  // (70 × 78.333… + 20 × 75) ÷ 90 = 77.592…
  expect(unitScoreOf({ ...figures, specials: { ...sheet, items: [tax, trade] } })).toBe(776);
  expect(unitScoreOf({ ...figures, specials: { ...sheet, items: [trade] } })).toBe(783);
  expect(unitScoreOf({ ...noFigures, specials: { ...sheet, items: [tax] } })).toBe(750);
  expect(unitScoreOf({ ...noFigures, specials: { ...sheet, items: [trade] } })).toBeNull();
  expect(shareTenths(specialShare({ better: 'more', months: [month(9, 12), month(12, 12)] }) ?? month0)).toBe(875);
});
const month0 = { part: 0n, whole: 1n };

const anyFigures = fc.record({ expected: fc.nat(400), named: fc.nat(400) }).chain(({ expected, named }) =>
  fc.record({ onTime: fc.nat(expected), cleared: fc.nat(named) }).map(
    (parts): Figures => ({
      ...noFigures,
      ...parts,
      ...{ expected, named, late: expected - parts.onTime },
    }),
  ),
);
const anySpecial = fc
  .record({
    weight: fc.integer({ min: 1, max: 80 }),
    better: fc.constantFrom('more' as const, 'less' as const),
    months: fc.array(
      fc.record({ value: fc.integer({ min: -1e9, max: 9e14 }), target: fc.integer({ min: 1, max: 9e14 }) }),
      { maxLength: 3 },
    ),
  })
  .map(({ months, ...one }) => special({ ...one, months: months.map((values) => ({ month: '2026-11', ...values })) }));

test('no order of indicators or months changes a score, however large the values', () => {
  fc.assert(
    fc.property(anyFigures, fc.array(anySpecial, { maxLength: 4 }), (figures, items) => {
      const sheet = { revision: 1, base: 40 };
      const turned = items.map((item) => ({ ...item, months: item.months.toReversed() })).toReversed();
      const score = unitScoreOf({ ...figures, specials: { ...sheet, items } });
      expect(unitScoreOf({ ...figures, specials: { ...sheet, items: turned } })).toBe(score);
      if (score === null) return;
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1000);
    }),
  );
});

test('one without a verified value is as if it had never been there', () => {
  fc.assert(
    fc.property(anyFigures, fc.array(anySpecial, { maxLength: 4 }), anySpecial, (figures, items, empty) => {
      const sheet = { revision: 1, base: 40 };
      const without = { ...figures, specials: { ...sheet, items } };
      const beside = { ...figures, specials: { ...sheet, items: [...items, { ...empty, months: [] }] } };
      expect(unitScoreOf(beside)).toBe(unitScoreOf(without));
    }),
  );
});

test('a better value never lowers a score', () => {
  fc.assert(
    fc.property(anyFigures, anySpecial, fc.integer({ min: 1, max: 1e9 }), (figures, item, more) => {
      const sheet = { revision: 1, base: 40 };
      const step = item.better === 'more' ? more : -more;
      const better = { ...item, months: item.months.map((one) => ({ ...one, value: one.value + step })) };
      const of = (items: Special[]) => unitScoreOf({ ...figures, specials: { ...sheet, items } }) ?? 0;
      expect(of([better])).toBeGreaterThanOrEqual(of([item]));
    }),
  );
});

/** What no score reads: how much was done on days off, who was away, what is still in time or waits on others. */
const unread = ['late', 'leave', 'pending', 'joining', 'provisional', 'duty', 'carried', 'inTime', 'waiting'] as const;

test('a score reads four counts and nothing else: no volume, no length, no hour, no likes', () => {
  // Whoever adds a count to the figures says here whether a score may read it.
  expect(new Set(figureNames)).toEqual(new Set(['expected', 'onTime', 'named', 'cleared', ...unread]));
  fc.assert(
    fc.property(anyFigures, fc.constantFrom(...unread), fc.nat(10_000), anySpecial, (figures, name, count, item) => {
      const specials = { revision: 1, base: 40, items: [item] };
      expect(unitScoreOf({ ...figures, [name]: count })).toBe(unitScoreOf(figures));
      expect(unitScoreOf({ ...figures, specials, [name]: count })).toBe(unitScoreOf({ ...figures, specials }));
    }),
  );
});

test('plain numbers and big ones give the same, on either side of where plain ones end', () => {
  const anyTerm = fc
    .record({ weight: fc.integer({ min: 1, max: 100 }), whole: fc.integer({ min: 1, max: 3_000_000 }) })
    .chain(({ weight, whole }) => fc.nat(whole).map((part) => ({ weight, rate: { part, whole } })));
  fc.assert(
    fc.property(fc.array(anyTerm, { minLength: 1, maxLength: 5 }), (terms) => {
      const mean = meanShare(
        terms.map(({ weight, rate }) => ({ weight, share: { part: BigInt(rate.part), whole: BigInt(rate.whole) } })),
      );
      expect(meanTenths(terms)).toBe(mean && shareTenths(mean));
    }),
    { numRuns: 500 },
  );
});

test('smoothing draws towards the mean of the board, more where there is less', () => {
  const small = { ...noFigures, expected: 5, onTime: 5 };
  const large = { ...noFigures, expected: 95, onTime: 65 };
  const smoothing = { count: 10, means: meansOf([small, large]) };
  // The mean is 70/100: (5 + 7) ÷ 15 and (65 + 7) ÷ 105.
  expect(scoreOf(ratesOf(small), { ...scoreRule, smoothing })).toBe(800);
  expect(scoreOf(ratesOf(large), { ...scoreRule, smoothing })).toBe(686);
  expect(scoreOf(ratesOf(small), { ...scoreRule, smoothing: { ...smoothing, count: 0 } })).toBe(1000);
});

test('a smoothed score lies between its own and the mean, and the version says that it is smoothed', () => {
  fc.assert(
    fc.property(fc.array(anyFigures, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 20 }), (all, count) => {
      const rule = ruleOn({ ...boardRule, smoothing: { count, means: {} } }, all);
      for (const figures of all) {
        const { onTimeReport } = ratesOf(figures);
        const { onTimeReport: mean } = meansOf(all);
        if (!onTimeReport || !mean) continue;
        const [own, middle] = [scoreOf({ onTimeReport }), scoreOf({ onTimeReport: mean })];
        const drawn = scoreOf({ onTimeReport }, rule) ?? -1;
        expect(drawn).toBeGreaterThanOrEqual(Math.min(own ?? 0, middle ?? 0));
        expect(drawn).toBeLessThanOrEqual(Math.max(own ?? 0, middle ?? 0));
      }
    }),
  );
});

test('the version of a board names the newest of the sheets on it', () => {
  const unit = (n: number, revision?: number): UnitFigures => ({
    ...noFigures,
    ...{ unit: `u${n}`, name: `${n}`, members: 1, expected: 20, onTime: n },
    ...(revision && { specials: { revision, base: 100, items: [] } }),
  });
  expect(ruleOn(boardRule, [unit(1), unit(2)]).version).toBe('r1');
  expect(ruleOn(boardRule, [unit(1, 3), unit(2, 8), unit(3)]).version).toBe('r1-s8');
  expect(boardOf([unit(1, 3), unit(2, 8)], []).map(({ rank }) => rank)).toEqual([1, 2]);
});

test.each([
  ['12.3', 123_000, ''],
  ['１２．３万元', 123_000, '万元'],
  ['-0.5%', -5_000, '%'],
  ['1,234.5678', 12_345_678, ''],
  ['99999999999.9999', 999_999_999_999_999, ''],
  ['0', 0, ''],
])('%s is read exactly', (typed, value, rest) => {
  expect(readDecimal(typed)).toEqual({ value, rest });
});

test.each(['', '万元', '1.23456', '123456789012', '1.2.3', '一百', '1,23', '.5'])('%j is no value', (typed) => {
  expect(readDecimal(typed)).toBeNull();
});

test('what is written of a value is read as the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }), (value) => {
      expect(readDecimal(decimal(value))?.value).toBe(value);
    }),
  );
});

test.each([
  ['2026-11-01', '2026-11-30', ['2026-11']],
  ['2026-10-01', '2026-12-31', ['2026-10', '2026-11', '2026-12']],
  ['2026-11-02', '2026-11-30', []],
  ['2026-11-16', '2026-11-22', []],
  ['2026-10-15', '2026-12-15', ['2026-11']],
  ['2026-12-01', '2027-01-31', ['2026-12', '2027-01']],
])('the whole months from %s to %s', (from, to, months) => {
  expect(monthsWithin({ from: day(from), to: day(to) })).toEqual(months);
});

test('nothing at all makes no share', () => {
  expect(withSpecials(null, { revision: 1, base: 100, items: [] })).toBeNull();
  expect(specialShare({ better: 'more', months: [] })).toBeNull();
});
