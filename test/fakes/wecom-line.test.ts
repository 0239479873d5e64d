import { expect, test } from 'vitest';
import { readLine } from './wecom-line.ts';

const last = { group: '城关镇群', user: 'zhang' };

test.each([
  ['城关镇群 zhang: /日清 走访', { kind: 'say', place: last, text: '/日清 走访' }],
  ['城关镇群 zhang：/日清 未清:协议', { kind: 'say', place: last, text: '/日清 未清:协议' }],
  ['zhang: /我的', { kind: 'say', place: { user: 'zhang' }, text: '/我的' }],
  ['zhang: 城关镇 李: 你好', { kind: 'say', place: { user: 'zhang' }, text: '城关镇 李: 你好' }],
  ['/日清\\n1. 走访\\n2. 上报', { kind: 'say', place: last, text: '/日清\n1. 走访\n2. 上报' }],
  ['/日清 走访;未清:协议', { kind: 'say', place: last, text: '/日清 走访;未清:协议' }],
  ['你好', { kind: 'say', place: last, text: '你好' }],
  [':delay 6000', { kind: 'do', what: 'delay', arg: '6000' }],
  [':drop', { kind: 'do', what: 'drop', arg: '' }],
  ['  ', { kind: 'nothing' }],
] as const)('%j at the prompt', (typed, line) => {
  expect(readLine(typed, last)).toEqual(line);
});

test('nobody has spoken yet', () => {
  expect(readLine('/日清 走访', null)).toEqual({ kind: 'unclear' });
});
