import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aroundOf, boardOf, boardRule, boardRuleOf, isUnderWay, ruleFor, topOf } from '../../src/domain/board.ts';
import type { Unit } from '../../src/domain/organisation.ts';
import { noFigures, type UnitFigures } from '../../src/domain/score.ts';
import { defaults } from '../../src/domain/settings.ts';

/** A unit with `onTime` of 20 reports on time: 20 of 20 is 100.0. */
const unit = (code: number, onTime: number, over: Partial<UnitFigures> = {}): UnitFigures => ({
  ...noFigures,
  unit: `u${code}`,
  name: `单位${code}`,
  members: 4,
  expected: 20,
  onTime,
  ...over,
});
const small = (code: number) => unit(code, 14, { expected: 14 });
const places = (rows: ReturnType<typeof boardOf>) => rows.map(({ figures, rank }) => [figures.unit, rank]);

test('equal scores share a place, in the order of unit codes, and the next place is left out', () => {
  const rows = boardOf([unit(10, 18), unit(9, 18), unit(2, 20), unit(3, 10), unit(1, 18)], []);
  expect(places(rows)).toEqual([
    ['u2', 1],
    ['u1', 2],
    ['u9', 2],
    ['u10', 2],
    ['u3', 5],
  ]);
  expect(rows.map(({ score }) => score)).toEqual([1000, 900, 900, 900, 500]);
});

test('scores that print the same share a place, though the rates differ behind the tenth', () => {
  const rows = boardOf([unit(1, 1999, { expected: 3000 }), unit(2, 2000, { expected: 3001 })], []);
  expect(rows.map(({ score, rank }) => [score, rank])).toEqual([
    [666, 1],
    [666, 1],
  ]);
});

test('fewer than fifteen expected reports make no place, and no score is shown', () => {
  const rows = boardOf([small(1), unit(2, 0), unit(3, 15, { expected: 15 })], []);
  expect(places(rows)).toEqual([
    ['u3', 1],
    ['u2', 2],
    ['u1', null],
  ]);
  expect(rows[2]?.score).toBeNull();
});

test('the change names places gained and tenths of a point, when there was a place before', () => {
  const before = [unit(1, 20), unit(2, 10), small(3)];
  const rows = boardOf([unit(1, 18), unit(2, 19), unit(3, 17), unit(4, 16)], before);
  expect(rows.map(({ figures, change }) => [figures.unit, change])).toEqual([
    ['u2', { places: 1, tenths: 450 }],
    ['u1', { places: -1, tenths: -100 }],
    ['u3', null],
    ['u4', null],
  ]);
});

test('the group sees five, and how many more share the fifth place', () => {
  const rows = boardOf([20, 19, 18, 17, 16, 16, 16, 3].map((onTime, i) => unit(i + 1, onTime)).concat(small(9)), []);
  const top = topOf(rows);
  expect(top.rows.map(({ figures }) => figures.unit)).toEqual(['u1', 'u2', 'u3', 'u4', 'u5']);
  expect(top.tied).toBe(2);
  expect(topOf(boardOf([unit(1, 20)], []))).toMatchObject({ tied: 0 });
  expect(topOf(boardOf([small(1)], []))).toEqual({ rows: [], tied: 0 });
});

test('a unit sees itself and five on each side', () => {
  const rows = boardOf(Array.from({ length: 16 }, (_, i) => unit(i + 1, 20 - i)).concat(small(20)), []);
  const seen = (code: string) => aroundOf(rows, code).map(({ rank }) => rank);
  expect(seen('u8')).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  expect(seen('u1')).toEqual([1, 2, 3, 4, 5, 6]);
  expect(seen('u16')).toEqual([11, 12, 13, 14, 15, 16]);
  expect(seen('u20')).toEqual([]);
});

test('the running period is shown once most rows have a place in it', () => {
  const last = boardOf([unit(1, 20), unit(2, 20), unit(3, 20)], []);
  expect(isUnderWay(boardOf([small(1), small(2), small(3)], []), last)).toBe(false);
  expect(isUnderWay(boardOf([unit(1, 20), small(2), small(3)], []), last)).toBe(false);
  expect(isUnderWay(boardOf([unit(1, 20), unit(2, 20), small(3)], []), last)).toBe(true);
  expect(isUnderWay(boardOf([unit(1, 20)], []), boardOf([small(1)], []))).toBe(true);
  expect(isUnderWay(boardOf([small(1)], []), boardOf([small(1)], []))).toBe(false);
});

const anyUnits = fc
  .array(fc.record({ onTime: fc.nat(20), expected: fc.constantFrom(14, 20) }), { maxLength: 30 })
  .map((all) => all.map(({ onTime, expected }, i) => unit(i + 1, Math.min(onTime, expected), { expected })));

test('a place is one more than the number of better scores, whatever the order of the units', () => {
  fc.assert(
    fc.property(
      anyUnits.chain((units) => fc.tuple(fc.constant(units), fc.shuffledSubarray(units, { minLength: units.length }))),
      ([units, shuffled]) => {
        const rows = boardOf(shuffled, []);
        for (const { rank, score } of rows) {
          if (rank === null || score === null) expect([rank, score]).toEqual([null, null]);
          else expect(rank).toBe(1 + rows.filter((other) => (other.score ?? -1) > score).length);
        }
        expect(rows).toEqual(boardOf(units, []));
      },
    ),
  );
});

test('what waits and how much was carried or left out never moves a place', () => {
  fc.assert(
    fc.property(anyUnits, fc.nat(500), (units, more) => {
      const talkative = units.map((one) => ({
        ...one,
        waiting: more,
        carried: more,
        late: 0,
        inTime: more,
        leave: more,
      }));
      expect(places(boardOf(talkative, []))).toEqual(places(boardOf(units, [])));
    }),
  );
});

test('a board is made by the rule of the lowest unit above all that stand on it', () => {
  const made = (id: string, parent: string | null, boardTop?: number): Unit => {
    return { id, name: id, parent, settings: boardTop === undefined ? {} : { boardTop }, chats: [] };
  };
  const [city, county, a, b, alone] = [
    made('u1', null, 3),
    made('u2', 'u1', 4),
    made('u3', 'u2', 6),
    made('u4', 'u2'),
    made('u5', null, 7),
  ];
  const units = [city, county, a, b, alone];
  const top = (...compared: Unit[]) => ruleFor(units, compared).top;
  expect(top(a, b)).toBe(4);
  expect(top(county, a, b)).toBe(4);
  expect(top(city, a)).toBe(3);
  expect(top(a)).toBe(4);
  expect(top(alone)).toBe(7);
  expect(top(a, alone)).toBe(5);
  expect(top()).toBe(5);
});

test('what is no default is seen in the version of the rule', () => {
  expect(boardRule.version).toBe('r1');
  expect(boardRuleOf({ ...defaults, boardTop: 3, boardNeighbours: 0 }).version).toBe('r1');
  expect(boardRuleOf({ ...defaults, weightOnTime: 0 }).version).toBe('r1-0-20-15');
  expect(boardRuleOf({ ...defaults, boardLeast: 5 }).version).toBe('r1-10-20-5');
});
