import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repeatedIn, searchFrom, searchOn, type ToldDay } from '../../src/domain/repeating.ts';
import { isAlike, pairsOf } from '../../src/domain/similar.ts';
import { day } from '../values.ts';

const text = (word: string) => [`${word}走访企业三户并上报台账`.repeat(2)];
const said = (...told: readonly (readonly [member: string, at: number, word: string])[]): ToldDay =>
  new Map(told.map(([member, at, word]) => [member, { at, items: text(word.repeat(20)) }]));

/** Searches from the last of `days` back; every day is told of, silent ones too. */
const repeated = (days: readonly ToldDay[]) => {
  const on = (n: number) => day('2026-01-01').add({ days: n });
  let search = searchFrom(days.at(-1) ?? new Map(), 90);
  for (let n = days.length - 2; n >= 0 && search.suspects.length > 0; n -= 1) {
    search = searchOn(search, on(n), days[n] ?? new Map(), 90);
  }
  return repeatedIn(search).map(({ member, earlier }) => [member, earlier?.since(on(0)).days ?? null]);
};

const nothing = said();

test('the first repetition is told, with the day that it repeats', () => {
  expect(repeated([said(['w', 1, '甲']), nothing, said(['w', 1, '甲'])])).toEqual([['w', 0]]);
  expect(repeated([said(['w', 1, '乙']), said(['w', 1, '甲'])])).toEqual([]);
});

test('a chore of every day is told once and then no more', () => {
  const days = Array.from({ length: 30 }, () => said(['w', 1, '甲']));
  const told = days.map((_, n) => repeated(days.slice(0, n + 1)).length);
  expect(told.reduce((sum, times) => sum + times, 0)).toBe(1);
  expect(told[1]).toBe(1);
});

test('twenty workdays back is looked for, one more is not', () => {
  const apart = (n: number) => repeated([said(['w', 1, '甲']), ...Array(n - 1).fill(nothing), said(['w', 1, '甲'])]);
  expect(apart(20)).toEqual([['w', 0]]);
  expect(apart(21)).toEqual([]);
});

test('of two colleagues with one text the later is told, and a colleague’s text of another day is no matter', () => {
  expect(repeated([said(['w', 1, '甲'], ['l', 2, '甲'])])).toEqual([['l', null]]);
  expect(repeated([said(['w', 1, '甲']), said(['l', 2, '甲'])])).toEqual([]);
});

test('who was told of a colleague’s text is not told again of repeating it', () => {
  const both = said(['w', 1, '甲'], ['l', 2, '甲']);
  expect(repeated([both, both])).toEqual([['w', 0]]);
});

test('in any history a text that comes up at most every twenty workdays is told of once at most', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 }), (gaps) => {
      const days: ToldDay[] = [said(['w', 1, '甲'])];
      for (const gap of gaps) days.push(...Array(gap - 1).fill(nothing), said(['w', 1, '甲']));
      const times = days.filter((_, n) => n > 0 && repeated(days.slice(0, n + 1)).length > 0).length;
      expect(times).toBe(1);
    }),
    { numRuns: 40 },
  );
});

test('twins are those who are alike to anybody before them, as comparing each with each finds them', () => {
  const word = fc.string({ unit: fc.constantFrom(...'走访企业'), minLength: 10, maxLength: 14 });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), fc.integer({ min: 60, max: 100 }), (words, percent) => {
      const told: ToldDay = new Map(words.map((text, n) => [`m${n}`, { at: n, items: [text] }]));
      const found = repeatedIn(searchFrom(told, percent)).map(({ member }) => member);
      const alike = (a: string, b: string) => {
        const [left, right] = [pairsOf([a]), pairsOf([b])];
        return left !== null && right !== null && isAlike(left, right, percent);
      };
      expect(found).toEqual(
        words.flatMap((text, n) => (words.slice(0, n).some((earlier) => alike(text, earlier)) ? [`m${n}`] : [])),
      );
    }),
  );
});
