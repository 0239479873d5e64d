import { expect, test } from 'vitest';
import { readExport, spanBeside } from '../../src/domain/export-words.ts';
import { day } from '../values.ts';

test.each([
  ['', 'own', '', false],
  ['11月', 'own', '11月', false],
  ['榜 上周', 'board', '上周', false],
  ['榜上周', 'board', '上周', false],
  ['Board last week', 'board', 'last week', false],
  ['boarding', 'own', 'boarding', false],
  ['红黑榜 2026年11月', 'lists', '2026年11月', false],
  ['日清 11月 城关镇 分表', 'reports', '11月 城关镇', true],
  ['日清 分表 11月', 'reports', '11月', true],
  ['reports november by unit', 'reports', 'november', true],
  ['榜 分表', 'board', '分表', false],
] as const)('%j is %s, %j', (typed, kind, rest, isSplit) => {
  expect(readExport(typed)).toEqual({ kind, rest, isSplit });
});

test.each([
  ['11月 城关镇', '2026-11-01', '城关镇'],
  ['城关镇 11月1日-11月20日', '2026-11-01', '城关镇'],
  ['11月1日 至 11月20日 云岭县/城关镇', '2026-11-01', '云岭县/城关镇'],
  ['城关镇', null, '城关镇'],
  ['', null, ''],
])('%j names days from %s, and %j', (typed, from, rest) => {
  const read = spanBeside(typed, day('2026-11-23'));
  expect([read.span?.from.toString() ?? null, read.rest]).toEqual([from, rest]);
});
