import { expect, test } from 'vitest';
import { codeMeaning, isPlatformCode } from '../../src/domain/send-codes.ts';
import { isMessageKey } from '../../src/i18n.ts';

test.each([
  ['', 'never-tried'],
  ['held-back', 'held-back'],
  ['93000', 'robot-gone'],
  ['45009', 'too-often'],
  ['window-full', 'too-often'],
  ['-1', 'stalled'],
  ['99999', 'unknown-code'],
  ['TypeError', 'fault'],
  ['constructor', 'fault'],
])('code “%s” means %s, and there are words for it', (code, meaning) => {
  expect(codeMeaning(code)).toBe(meaning);
  expect(isMessageKey(`outbox.code.${meaning}`)).toBe(true);
});

test('a number is a platform’s', () => {
  expect(['93000', '-1', 'held-back', ''].map(isPlatformCode)).toEqual([true, true, false, false]);
});
