import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { characters, narrow, saysSomething, tidy, visible } from '../../src/domain/visible.ts';

describe('the visible text', () => {
  test.each([
    ['a\r\nb\rc\n\n\u2028d', 'a\nb\nc\nd', 'line ends are one kind, and no line is empty between them'],
    [' a \u3000\u00a0 b\t', 'a b', 'white space is one space'],
    ['a\u202eb\u2066c\u061cd', 'abcd', 'direction characters go'],
    ['a\u0000b\u001bc\u007f', 'abc', 'control characters go'],
    ['a\u200bb\u00adc\ufeffd\u{e0041}', 'abcd', 'zero-width and tag characters go'],
    ['👨‍👩‍👧 ❤️', '👨‍👩‍👧 ❤️', 'an emoji keeps what joins and colours it'],
    [
      '🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}',
      '🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}',
      'so does a flag',
    ],
    ['葛\u{e0100}', '葛\u{e0100}', 'and a rare character its form'],
    ['a\u200d\u200db \u200d c', 'ab c', 'joiners that join nothing go'],
    ['\ud800a', '\ufffda', 'half a character becomes a sign for it'],
    ['\u0600١', '\u0600١', 'an Arabic sign that is drawn stays'],
  ])('of %j is %j: %s', (text, seen) => {
    expect(visible(text)).toBe(seen);
  });

  test('is seen the same when it is looked at again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', size: 'medium' }), (text) => {
        const seen = visible(text);
        expect(visible(seen)).toBe(seen);
        expect(seen.split('\n').map(tidy).join('\n')).toBe(seen);
      }),
      { numRuns: 500 },
    );
  });
});

test('punctuation says nothing; a letter, a number or a picture does', () => {
  for (const text of ['', '。', '——', '？！', '\ufe0f', '\u200d', '/', '√', ' '])
    expect(saysSomething(text), text).toBe(false);
  for (const text of ['走', 'a', '3', '①', '👍', '🇨🇳', '1️⃣', '#️⃣', '￥', '\ufffd'])
    expect(saysSomething(text), text).toBe(true);
});

test('the narrow form keeps every position', () => {
  expect(narrow('１、ＴＯＤＡＹ：　（Ａ）；')).toBe('1、today: (a);');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(narrow(text)).toHaveLength(text.length);
    }),
  );
});

test('characters are counted as people count them, not as halves', () => {
  expect(characters('𠮷野家')).toBe(3);
});
