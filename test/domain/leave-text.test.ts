import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { asksForRequests, readAnswer, readLeave } from '../../src/domain/leave-text.ts';

const today = Temporal.PlainDate.from('2026-11-23');
const read = (text: string) => {
  const found = readLeave(text, today);
  return 'problem' in found
    ? found.problem
    : `${found.from}/${found.to} ${found.part ?? 'whole'} ${found.reason}`.trim();
};

test.each([
  ['明天', '2026-11-24/2026-11-24 whole'],
  ['11-25 至 11-27 出差', '2026-11-25/2026-11-27 whole 出差'],
  ['今天下午', '2026-11-23/2026-11-23 afternoon'],
  ['今天上午，看病', '2026-11-23/2026-11-23 morning 看病'],
  ['下午 看病', '2026-11-23/2026-11-23 afternoon 看病'],
  ['this afternoon', '2026-11-23/2026-11-23 afternoon'],
  ['Friday morning', '2026-11-27/2026-11-27 morning'],
  ['11-25，下午回来', '2026-11-25/2026-11-25 afternoon 回来'],
  ['出差，下午回来', 'no-date'],
  ['半天', 'which-half'],
  ['明天晚上', 'which-half'],
  ['half a day', 'which-half'],
  ['今天下午到周三', 'half-span'],
  ['今天下午和明天', 'half-span'],
  ['11-25 至 11-26 上午', 'half-span'],
])('“%s” is %s', (text, found) => {
  expect(read(text)).toBe(found);
});

test.each([
  ['批准 3', { answer: 'approve', who: '3', why: '' }],
  ['批准', { answer: 'approve', who: '', why: '' }],
  ['不批 2-3 那天 迎检', { answer: 'decline', who: '2-3', why: '那天 迎检' }],
  ['同意 张三', { answer: 'approve', who: '张三', why: '' }],
  ['reject 3 too busy', { answer: 'decline', who: '3', why: 'too busy' }],
  ['批准文件送审 明天', null],
  ['明天', null],
])('“%s” answers %j', (text, answer) => {
  expect(readAnswer(text)).toEqual(answer);
});

test('the requests that wait are asked for in one word', () => {
  expect(['待批', 'requests', 'Pending'].map(asksForRequests)).toEqual([true, true, true]);
  expect(['待批的事', '明天'].map(asksForRequests)).toEqual([false, false]);
});
