import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Passage, splitBytes } from '../../src/platforms/split-bytes.ts';

const bytes = (text: string) => Buffer.byteLength(text);
const lines = (...lines: string[]): Passage => ({ head: [], lines });

test('what fits is one part, with an empty line between passages', () => {
  expect(splitBytes([lines('一', '二'), lines('三')], 20)).toEqual(['一\n二\n\n三']);
});

test('nothing to say is no part', () => {
  expect(splitBytes([], 20)).toEqual([]);
  expect(splitBytes([lines('', ' ')], 20)).toEqual([]);
});

test('a part is full at exactly the limit, counted in bytes of UTF-8', () => {
  expect(splitBytes([lines('日清', '日报')], 13)).toEqual(['日清\n日报']);
  expect(splitBytes([lines('日清', '日报')], 12)).toEqual(['日清', '日报']);
});

test('a table that goes on in the next part says its header again', () => {
  const table: Passage = { head: ['|单位|', '|-|'], lines: ['|甲|', '|乙|', '|丙|'] };
  const parts = splitBytes([lines('榜'), table], 26);
  expect(parts).toEqual(['榜\n\n|单位|\n|-|\n|甲|', '|单位|\n|-|\n|乙|\n|丙|']);
});

test('a header too long to be said again is said once', () => {
  const parts = splitBytes([{ head: ['|很长的一列名字|'], lines: ['|甲|', '|乙|', '|丙|'] }], 30);
  expect(parts).toEqual(['|很长的一列名字|\n|甲|', '|乙|\n|丙|']);
});

test('only a line longer than a part is cut, between characters as people see them', () => {
  const family = '👨‍👩‍👧‍👦';
  const parts = splitBytes([lines(family.repeat(4))], 2 * bytes(family) + bytes('…'));
  expect(parts).toEqual([family.repeat(2), `…${family.repeat(2)}`]);
});

test('a heap of accents on one letter is cut too, not sent over the limit', () => {
  const parts = splitBytes([lines(`e${'\u0301'.repeat(200)}`)], 100);
  expect(parts.every((part) => bytes(part) <= 100)).toBe(true);
});

test('whatever is said: no part above the limit, nothing lost, nothing out of order', () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replace(/[\s…]/gu, '。'));
  fc.assert(
    fc.property(
      fc.array(fc.array(line, { maxLength: 8 }), { maxLength: 5 }),
      fc.integer({ min: 80, max: 300 }),
      (said, max) => {
        const parts = splitBytes(
          said.map((words) => lines(...words)),
          max,
        );
        for (const part of parts) expect(bytes(part)).toBeLessThanOrEqual(max);
        const letters = (text: string) => text.replace(/[\n…]/gu, '');
        expect(letters(parts.join(''))).toBe(letters(said.flat().join('')));
      },
    ),
  );
});
