import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readItemNumbers } from '../../src/domain/item-numbers.ts';

test.each([
  ['1 3', [1, 3]],
  ['1,3', [1, 3]],
  ['１、３', [1, 3]],
  ['1和3', [1, 3]],
  ['1 and 3', [1, 3]],
  ['#2', [2]],
  ['第1项', [1]],
  ['第1', [1]],
  ['一、三', [1, 3]],
  ['十二', [12]],
  ['1-3', [1, 2, 3]],
  ['1～3', [1, 2, 3]],
  ['1 到 3', [1, 2, 3]],
  ['1至3，7', [1, 2, 3, 7]],
  ['第1项到第3项', [1, 2, 3]],
  ['1 3 已办结', [1, 3]],
  ['2办完了', [2]],
  ['1。', [1]],
  ['3 3', [3, 3]],
  ['0', [0]],
  ['999999999', [999_999_999]],
  ['', []],
  [' \u200b', []],
  ['全部', 'all'],
  ['ＡＬＬ', 'all'],
])('%j', (typed, numbers) => {
  expect(readItemNumbers(typed)).toEqual(numbers);
});

test.each([
  '协议',
  '1 协议',
  '3-1',
  '1-2-3',
  '1-1000',
  '1-',
  '-1',
  '1.5e3',
  '99999999999',
  '已办结',
  '1 '.repeat(101),
  '三四',
])('%j is something else', (typed) => {
  expect(readItemNumbers(typed)).toBeNull();
});

test('no text gives more numbers than anybody has open, or one that is no whole number', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'0123456789-到 ,第项一十') })),
      (typed) => {
        const read = readItemNumbers(typed);
        if (!Array.isArray(read)) return;
        expect(read.length).toBeLessThanOrEqual(100);
        expect(read.every((number) => Number.isSafeInteger(number) && number >= 0)).toBe(true);
      },
    ),
  );
});
