import { expect, test } from 'vitest';
import { readWeekWord } from '../../src/domain/week-words.ts';
import { weekBefore, weekOf } from '../../src/domain/weeks.ts';
import { calendar, on } from './facts.ts';

const ends = ({ from, to }: ReturnType<typeof weekOf>) => `${from} ${to}`;

test('a week goes from Monday to Sunday, over a new year too', () => {
  expect(ends(weekOf(on(22)))).toBe('2026-11-16 2026-11-22');
  expect(ends(weekOf(on('2026-01-01')))).toBe('2025-12-29 2026-01-04');
});

test('the week before is the last one that had a workday', () => {
  expect(ends(weekBefore(weekOf(on(25)), calendar))).toBe('2026-11-16 2026-11-22');
  // Spring Festival takes the whole week of 16 February; Saturday the 14th was worked.
  expect(ends(weekBefore(weekOf(on('2026-02-24')), calendar))).toBe('2026-02-09 2026-02-15');
  expect(ends(weekBefore(weekOf(on('2026-10-08')), calendar))).toBe('2026-09-28 2026-10-04');
});

test.each([
  ['', null, ''],
  ['上周', 'last', ''],
  ['本周', 'running', ''],
  ['城关镇 上周', 'last', '城关镇'],
  ['上周的 城关镇', 'last', '城关镇'],
  ['  全县　　本周 ', 'running', '全县'],
  ['Last Week', 'last', ''],
] as const)('in “%s” the week is %s, and “%s” is left', (words, which, rest) => {
  expect(readWeekWord(words)).toEqual({ which, rest });
});
