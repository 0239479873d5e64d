import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanName, nameFault, nameKey, sameName } from '../../src/domain/names.ts';

test.each([
  ['  城关镇 ', '城关镇'],
  ['城\u200b关\u202e镇', '城关镇'],
  ['城关\n镇', '城关 镇'],
  ['Finance\t\u3000 Bureau', 'Finance Bureau'],
  ['张\u0000三\u0007', '张三'],
])('%j is kept as %j', (typed, kept) => {
  expect(cleanName(typed)).toBe(kept);
});

test.each([
  ['城关镇', null],
  ['3组', null],
  ['123', 'no-letter'],
  ['😀', 'no-letter'],
  ['', 'no-letter'],
  ['長'.repeat(31), 'too-long'],
  ['𠮷'.repeat(30), null],
])('“%s” as a name of 30 characters at most: %s', (name, fault) => {
  expect(nameFault(name, 30)).toBe(fault);
});

test('names are the same in any width, case and spacing', () => {
  expect(sameName('Ｆｉｎａｎｃｅ　 bureau', 'finance Bureau')).toBe(true);
  expect(sameName('城关镇', '城\u200b关镇')).toBe(true);
  expect(sameName('城关镇', '城关乡')).toBe(false);
});

test('whatever is typed, a kept name stays as it is when it is kept again, and has nothing invisible in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const name = cleanName(typed);
      expect(cleanName(name)).toBe(name);
      expect(name).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u);
      expect(nameKey(name)).toBe(nameKey(typed));
    }),
  );
});
