import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest, nearestOf, soundsLike } from '../../src/domain/nearest.ts';

const known = new Set(['日清', 'rq', 'daily', '清', 'done', '周结', 'zj', '帮助', 'help', '改', '榜']);

test.each([
  ['日请', '日清'],
  ['dialy', 'daily'],
  ['dayly', 'daily'],
  ['日', '日清'],
  ['周结报告', '周结'],
  ['hepl', 'help'],
  ['日清周结', '日清'],
  ['周报', '周结'],
  ['修改', '改'],
  ['排行榜', '榜'],
  ['start', 'help'],
])('%s is probably meant as %s', (typed, meant) => {
  expect(nearest(typed, [...known])).toBe(meant);
});

test.each(['天气预报', 'xyzzy', '', '吃饭', 'constructor', '__proto__'])('%j is nothing we know', (typed) => {
  expect(nearest(typed, [...known])).toBeNull();
});

test.each([
  ['日青', ['日清']],
  ['日情', ['日清']],
  ['周节', ['周结']],
  ['棒', ['榜']],
  ['帮住', ['帮助']],
  ['d', ['daily', 'done']],
])('%s sounds like, or begins, %j', (typed, meant) => {
  expect(nearestOf(typed, [...known])).toEqual(meant);
});

test('what two names are equally near to is not decided', () => {
  const names = ['补报', '未报', '报到', '请假', '清'];
  expect(nearestOf('不报', names)).toEqual(['补报']);
  expect(nearestOf('报', names)).toEqual(['报到', '补报', '未报']);
  expect(nearestOf('请', names)).toEqual(['请假', '清']);
  expect(nearestOf('天报', names)).toEqual(['补报', '未报']);
});

test('characters of one sound are alike, others are not', () => {
  expect(soundsLike('日青', '日清')).toBe(true);
  expect(soundsLike('日清', '日清')).toBe(true);
  expect(soundsLike('日光', '日清')).toBe(false);
  expect(soundsLike('日', '日清')).toBe(false);
});

test('nothing that can be typed throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      expect(nearestOf(text, [...known]).every((name) => known.has(name))).toBe(true);
    }),
  );
});
