import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, tagsOf, taskLinksOf } from '../../src/domain/item-text.ts';

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

describe('tags', () => {
  test.each([
    ['#招商 走访3户', ['招商']],
    ['走访3户#招商', ['招商']],
    ['#招商#走访#项目#', ['招商', '项目']],
    ['＃招商 ＃招商 #服务一线', ['招商', '服务一线']],
    ['#Q3 #ＡＢ', ['Q3', 'AB']],
    ['1#楼 C#语言 #5 # 招商 https://a.example/#top &#39;', []],
    [`#${'长'.repeat(21)}`, []],
  ])('of %j', (text, tags) => {
    expect(tagsOf(text)).toEqual(tags);
  });
});

describe('task links', () => {
  test.each([
    ['T-42 已报送', ['T-42']],
    ['推进t-7、Ｔ－０９，T-7', ['T-7', 'T-9']],
    ['T‐3', ['T-3']],
    ['CT-1 T-0 T-x T-42a T42 A-T-5', []],
  ])('of %j', (text, links) => {
    expect(taskLinksOf(text)).toEqual(links);
  });
});

test('a hundred kilobytes of anything take no longer than a blink', () => {
  for (const piece of ['#', '#a', 'T-', 'T-1', '走', ' ', '\u200d', '。']) {
    const text = piece.repeat(100_000 / piece.length);
    const start = performance.now();
    expect(canonical(text).length + tagsOf(text).length + taskLinksOf(text).length).toBeLessThan(300_000);
    expect(performance.now() - start, piece).toBeLessThan(250);
  }
});
