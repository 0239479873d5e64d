import { expect, test } from 'vitest';
import { readOutbox } from '../../src/domain/outbox-text.ts';

const again = (which: 'all' | readonly number[], isConfirmed = false) => ({ kind: 'again', which, isConfirmed });

test.each([
  ['', { kind: 'listed' }],
  [' 列表 ', { kind: 'listed' }],
  ['list', { kind: 'listed' }],
  ['重发 3', again([3])],
  ['重发3', again([3])],
  ['重发第3条', again([3])],
  ['重发 三', again([3])],
  ['再发 3、5', again([3, 5])],
  ['重发 3-5', again([3, 4, 5])],
  ['重发 3和5 确认', again([3, 5], true)],
  ['重发 3确认', again([3], true)],
  ['重发 全部', again('all')],
  ['重发全部确认', again('all', true)],
  ['RESEND ＃3', again([3])],
  ['resend all confirm', again('all', true)],
  ['send again 3', again([3])],
  ['重发', again([])],
  ['重发 确认', again([], true)],
  ['重发 那条', null],
  ['删除 3', null],
  ['3', null],
])('“%s” is read', (typed, order) => {
  expect(readOutbox(typed)).toEqual(order);
});
