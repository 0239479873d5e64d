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

test('code that goes on in the next part is closed and opened again as it was', () => {
  const code = lines('例：', '```sh', 'npm start', 'npm test', 'npm run', '```', '完');
  expect(splitBytes([code], 30)).toEqual(['例：\n```sh\nnpm start\n```', '```sh\nnpm test\nnpm run\n```\n完']);
});

test('a part neither ends with code that was only opened nor begins with code that only closes', () => {
  expect(splitBytes([lines('一二三四五', '```', 'a', '```')], 19)).toEqual(['一二三四五', '```\na\n```']);
  expect(splitBytes([lines('```', '12345678', '```', 'x')], 17)).toEqual(['```\n12345678\n```', 'x']);
});

test('whatever the code: every part opens and closes its own, and is within the limit', () => {
  const line = fc.oneof(fc.stringMatching(/^[a-z]{0,40}$/), fc.constantFrom('```', '```sh', '~~~'));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.integer({ min: 40, max: 90 }), (words, max) => {
      for (const part of splitBytes([lines(...words)], max)) {
        expect(bytes(part)).toBeLessThanOrEqual(max);
        let open: string | null = null;
        for (const said of part.split('\n')) {
          if (open === null) open = /^(```|~~~)/.exec(said)?.[0] ?? null;
          else if (said === open) open = null;
        }
        expect(open).toBeNull();
      }
    }),
    { numRuns: 500 },
  );
});

test('a line that is cut stands within its signs in every part', () => {
  const bold = { before: '**', words: '逾期未清'.repeat(6), after: '**' };
  const parts = splitBytes([{ head: [], lines: [bold] }], 40);
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect(part).toMatch(/^\*\*[^*]+\*\*$/u);
});
