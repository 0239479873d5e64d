import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAlike, likeness, pairsOf } from '../../src/domain/similar.ts';

const alike = (a: string[], b: string[]) => {
  const [left, right] = [pairsOf(a), pairsOf(b)];
  return left && right ? likeness(left, right) : null;
};

test.each([
  [['走访3户企业', '上报防汛台账'], ['走访3户企业', '上报防汛台账'], 100],
  [['走访3户企业', '上报防汛台账'], ['上报防汛台账。', '走访３户企业'], 100],
  [['走访3户企业', '上报防汛台账'], ['走访5户企业', '上报防汛台账'], 80],
  [['走访3户企业', '上报防汛台账'], ['审核低保申请材料12份'], 0],
  [['走访3户企业'], ['走访3户企业'], null],
  [[], [], null],
])('%j and %j are %s percent alike', (a, b, percent) => {
  expect(alike(a, b)).toBe(percent);
});

const items = fc.array(fc.string({ unit: fc.constantFrom(...'走访企业上报台账abc3，'), minLength: 6, maxLength: 30 }), {
  minLength: 2,
  maxLength: 5,
});

test('likeness is the same both ways, full to itself in any order, and isAlike agrees with it', () => {
  fc.assert(
    fc.property(items, items, fc.integer({ min: 1, max: 100 }), (a, b, percent) => {
      const [left, right] = [pairsOf(a), pairsOf(b)];
      if (!left || !right) return;
      expect(likeness(left, right)).toBe(likeness(right, left));
      expect(likeness(left, pairsOf([...a].reverse()) ?? right)).toBe(100);
      expect(isAlike(left, right, percent)).toBe(likeness(left, right) >= percent);
    }),
  );
});
