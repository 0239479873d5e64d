import { expect, test } from 'vitest';
import { newcomer } from '../../src/domain/organisation.ts';
import type { Grant } from '../../src/domain/roles.ts';
import { readPage, readRoster, rostersOpenTo } from '../../src/domain/roster.ts';

test.each([
  ['', { act: 'list', rest: '', isConfirmed: false }],
  ['城关镇 2', { act: 'list', rest: '城关镇 2', isConfirmed: false }],
  ['离任 @张三', { act: 'depart', rest: '@张三', isConfirmed: false }],
  ['　离职　张三', { act: 'depart', rest: '张三', isConfirmed: false }],
  ['合并 甲 乙', { act: 'merge', rest: '甲 乙', isConfirmed: false }],
  ['MERGE a b', { act: 'merge', rest: 'a b', isConfirmed: false }],
  ['拆分 乙', { act: 'split', rest: '乙', isConfirmed: false }],
  ['抹除 @张三', { act: 'erase', rest: '@张三', isConfirmed: false }],
  ['抹除 @张三 确认', { act: 'erase', rest: '@张三', isConfirmed: true }],
  ['erase zhang confirm', { act: 'erase', rest: 'zhang', isConfirmed: true }],
  ['抹除 确认', { act: 'erase', rest: '', isConfirmed: true }],
  ['合并村', { act: 'list', rest: '合并村', isConfirmed: false }],
])('reads “%s”', (typed, order) => {
  expect(readRoster(typed)).toEqual(order);
});

test.each([
  ['城关镇 2', { unit: '城关镇', page: 2 }],
  ['城关镇 第3页', { unit: '城关镇', page: 3 }],
  ['城关镇第 3 页', { unit: '城关镇', page: 3 }],
  ['Chengguan page 2', { unit: 'Chengguan', page: 2 }],
  ['2', { unit: '', page: 2 }],
  ['城关镇', null],
  ['page', null],
])('finds the page in “%s”', (words, page) => {
  expect(readPage(words)).toEqual(page);
});

const units = [
  { id: 'u1', name: '县', parent: null, settings: {}, chats: [] },
  { id: 'u2', name: '镇', parent: 'u1', settings: {}, chats: [] },
  { id: 'u3', name: '村', parent: 'u2', settings: {}, chats: [] },
];
const open = (...roles: Grant[]) => rostersOpenTo({ ...newcomer('slack:a', null), roles }, units).map(({ id }) => id);

test('a coordinator sees the own unit, a leader the tree below, an administrator all, others none', () => {
  expect(open({ role: 'coordinator', unit: 'u2' })).toEqual(['u2']);
  expect(open({ role: 'leader', unit: 'u2' })).toEqual(['u2', 'u3']);
  expect(open({ role: 'unitHead', unit: 'u1' })).toEqual(['u1', 'u2', 'u3']);
  expect(open({ role: 'admin', unit: null })).toEqual(['u1', 'u2', 'u3']);
  expect(open({ role: 'inspector', unit: null })).toEqual([]);
  expect(rostersOpenTo(null, units)).toEqual([]);
});
