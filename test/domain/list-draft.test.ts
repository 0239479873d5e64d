import fc from 'fast-check';
import { expect, test } from 'vitest';
import { candidateCounts, draftRows } from '../../src/domain/list-draft.ts';
import { redDaysOf } from '../../src/domain/lists.ts';

const cuts = { honourMost: 3, honourLeast: 80, warningMost: 2 };
type Told = readonly [unit: string, tenths: number | null, ...redDays: number[]];
const unitsOf = (told: readonly Told[]) =>
  told.map(([unit, score, ...reds]) => ({
    ...{ unit, name: unit, score, rank: score === null ? null : 1 },
    reds: reds.map((redDays, index) => ({ entry: 1, index, redDays })),
  }));
const drafted = (told: readonly Told[], over: Partial<typeof cuts> = {}) => {
  const rows = draftRows({ cuts: { ...cuts, ...over }, units: unitsOf(told) });
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ unit }) => unit);
  return { honour: of('honour').join(''), warning: of('warning').join('') };
};

test.each<[why: string, told: readonly Told[], honour: string, over?: Partial<typeof cuts>]>([
  [
    'the best three',
    [
      ['a', 810],
      ['b', 900],
      ['c', 950],
      ['d', 850],
    ],
    'cbd',
  ],
  [
    '80.0 is enough, 79.9 is not',
    [
      ['a', 800],
      ['b', 799],
    ],
    'a',
  ],
  ['fewer than three', [['a', 900]], 'a'],
  ['none at all', [['a', 700]], ''],
  [
    'no place on the board, no honour',
    [
      ['a', null],
      ['b', 900],
    ],
    'b',
  ],
  [
    'one open red keeps off it',
    [
      ['a', 990, 1],
      ['b', 900],
    ],
    'b',
  ],
  [
    'tied at the cut: all in',
    [
      ['a', 900],
      ['b', 890],
      ['c', 880],
      ['d', 880],
      ['e', 880],
    ],
    'abcde',
  ],
  ['ten all tied: all in', [...'abcdefghij'].map((unit) => [unit, 900] as const), 'abcdefghij'],
  ['eleven all tied: all out', [...'abcdefghijk'].map((unit) => [unit, 900] as const), ''],
  ['those above a tie of too many stay', [['z', 950], ...[...'abcdefghij'].map((unit) => [unit, 900] as const)], 'z'],
  [
    'another size',
    [
      ['a', 900],
      ['b', 890],
      ['c', 880],
    ],
    'a',
    { honourMost: 1 },
  ],
  [
    'another score',
    [
      ['a', 900],
      ['b', 890],
    ],
    'a',
    { honourLeast: 90 },
  ],
])('honour list: %s', (_, told, honour, over) => {
  expect(drafted(told, over).honour).toBe(honour);
});

test.each<[why: string, told: readonly Told[], warning: string, over?: Partial<typeof cuts>]>([
  [
    'most red workdays first, two at most',
    [
      ['a', 900, 2],
      ['b', 900, 9],
      ['c', 900, 3, 2],
    ],
    'bc',
  ],
  [
    'no red, no warning, however low the score',
    [
      ['a', 0],
      ['b', null],
    ],
    '',
  ],
  ['without a place on the board too', [['a', null, 4]], 'a'],
  [
    'tied at the cut: all out',
    [
      ['a', 900, 9],
      ['b', 900, 4],
      ['c', 900, 4],
    ],
    'a',
  ],
  [
    'all tied: nobody',
    [
      ['a', 900, 4],
      ['b', 900, 4],
      ['c', 900, 4],
    ],
    '',
  ],
  [
    'two tied for two places: both',
    [
      ['a', 900, 4],
      ['b', 900, 4],
      ['c', 900, 3],
    ],
    'ab',
  ],
  ['none wanted', [['a', 900, 9]], '', { warningMost: 0 }],
])('warning list: %s', (_, told, warning, over) => {
  expect(drafted(told, over).warning).toBe(warning);
});

test('nobody is on both lists; nobody left out stands above somebody who is on one; ties go together', () => {
  const anyUnit = fc.record({
    score: fc.option(fc.integer({ min: 780, max: 830 })),
    reds: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
  });
  const anyCuts = fc.record({
    honourMost: fc.integer({ min: 1, max: 10 }),
    honourLeast: fc.constant(80),
    warningMost: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(anyUnit, { maxLength: 16 }), anyCuts, (some, cuts) => {
      const units = unitsOf(some.map(({ score, reds }, i) => [`u${i}`, score, ...reds]));
      const rows = draftRows({ cuts, units });
      expect(new Set(rows.map(({ unit }) => unit)).size).toBe(rows.length);
      const [honour, warning] = (['honour', 'warning'] as const).map((kind) => rows.filter((row) => row.kind === kind));
      expect(warning?.length).toBeLessThanOrEqual(cuts.warningMost);
      expect(honour?.length).toBeLessThanOrEqual(Math.max(10, cuts.honourMost));
      const isOn = (unit: string) => rows.some((row) => row.unit === unit);
      const left = units.filter(({ unit }) => !isOn(unit));
      for (const on of warning ?? []) {
        expect(on.reds.length).toBeGreaterThan(0);
        for (const off of left) if (off.reds.length > 0) expect(redDaysOf(off)).toBeLessThan(redDaysOf(on));
      }
      for (const on of honour ?? []) {
        for (const off of left)
          if (off.reds.length === 0 && off.score !== null) expect(off.score).toBeLessThan(on.score ?? 0);
      }
      const counts = candidateCounts({ cuts, units });
      expect(counts.warning).toBe(units.filter(({ reds }) => reds.length > 0).length);
      expect(counts.honour).toBeGreaterThanOrEqual(honour?.length ?? 0);
    }),
  );
});
