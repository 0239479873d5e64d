import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, firstTag } from '../../src/domain/item-text.ts';

describe('an item said again', () => {
  test.each([
    ['走访3户企业', ' 走访３户　企业。', 'other widths, spaces and a full stop'],
    ['Fix Login', 'fix login.', 'other capitals'],
    ['园区协议,等批复', '园区协议，等批复', 'the other comma'],
    ['慰问❤️', '慰问❤', 'without the selector that colours the emoji'],
    ['走\u200d访', '走访', 'with a joiner that nobody sees'],
  ])('%j is %j: %s', (once, again) => {
    expect(canonical(once)).toBe(canonical(again));
  });

  test.each([
    ['走访3户企业', '走访4户企业'],
    ['走访3.5户', '走访35户'],
    ['未清协议', '协议'],
    ['a', 'b'],
  ])('%j is not %j', (one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });

  test('is the same whether or not something has to be made plain first', () => {
    const unit = fc.constantFrom('走', '访', '3', 'a', '，', ',', '、', '。', '.', ' ', '\u3000', 'Ａ', '\u200d', '鿿');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        // A space more sends the text the long way round.
        expect(canonical(` ${text}`)).toBe(canonical(text));
      }),
    );
  });
});

test.each([
  ['#招商 走访3户', '招商', '走访3户'],
  ['走访3户#招商', '招商', '走访3户'],
  ['#招商#走访#项目#', '招商', '走访#项目#'],
  ['＃招商 ＃招商 #服务一线', '招商', '＃招商 #服务一线'],
  ['看现场 #项目一线，两处', '项目一线', '看现场，两处'],
  ['#Q3', 'Q3', ''],
  ['#ＡＢ 走访', 'AB', '走访'],
])('%j has the tag %s, and says %j without it', (text, tag, rest) => {
  expect(firstTag(text)).toEqual({ tag, rest });
});

test.each(['1#楼 C#语言 #5 # 招商 https://a.example/#top &#39;', `#${'长'.repeat(21)}`])('%j has no tag', (text) => {
  expect(firstTag(text)).toBeNull();
});

test('a hundred kilobytes of anything take no longer than a blink', () => {
  for (const piece of ['#', '#a', '走', ' ', '\u200d', '。']) {
    const text = piece.repeat(100_000 / piece.length);
    const start = performance.now();
    expect(canonical(text).length + (firstTag(text)?.rest.length ?? 0)).toBeLessThan(300_000);
    expect(performance.now() - start, piece).toBeLessThan(250);
  }
});
