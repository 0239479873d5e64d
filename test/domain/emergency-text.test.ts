import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { readEmergency } from '../../src/domain/emergency-text.ts';

/** Monday, 23 November 2026, three in the afternoon. */
const now = Temporal.PlainDateTime.from('2026-11-23T15:00');
const read = (text: string) => {
  const order = readEmergency(text, now);
  if (order.kind === 'shown') return 'shown';
  if (order.kind !== 'begun') return `${order.kind} ${order.words.join('|')}`;
  const until = order.until?.toString({ smallestUnit: 'minute' }).slice(5) ?? '?';
  return `${until} ${order.words.join('|')}`;
};

test.each([
  ['', 'shown'],
  ['城关镇 至 22:00 防汛', '11-23T22:00 城关镇|防汛'],
  ['城关镇 至22:00防汛', '11-23T22:00 城关镇|防汛'],
  ['城关镇 防汛 到 22：00', '11-23T22:00 城关镇|防汛'],
  ['防汛，到晚上10点半', '11-23T22:30 防汛'],
  ['到 06:00 森林火情', '11-24T06:00 森林火情'],
  ['至 15:00 防汛', '11-24T15:00 防汛'],
  ['至 24:00 防汛', '11-24T00:00 防汛'],
  ['至今晚8点 防汛', '11-23T20:00 防汛'],
  ['到明早8点 防汛', '11-24T08:00 防汛'],
  ['到明天 08:00 防汛', '11-24T08:00 防汛'],
  ['到11月24日8点 防汛', '11-24T08:00 防汛'],
  ['至 11-24 08:00 防汛', '11-24T08:00 防汛'],
  ['到周三 8点 防汛', '11-25T08:00 防汛'],
  ['至 今天 14:00 防汛', '11-23T14:00 防汛'],
  ['6小时 防汛', '11-23T21:00 防汛'],
  ['城关镇 防汛 2 个小时内', '11-23T17:00 城关镇|防汛'],
  ['Chengguan until 10pm flood control', '11-23T22:00 Chengguan|flood|control'],
  ['until tomorrow 8:00 flood', '11-24T08:00 flood'],
  ['tonight flood until tonight 9pm', '11-23T21:00 tonight|flood'],
  ['3 hours flood', '11-23T18:00 flood'],
  ['到位资金核查 至 22:00', '11-23T22:00 到位资金核查'],
  ['城关镇 防汛', '? 城关镇|防汛'],
  ['城关镇 至 25:00 防汛', '? 城关镇|至|25|00|防汛'],
  ['城关镇 结束', 'ended 城关镇'],
  ['结束', 'ended '],
  ['结束 城关镇', 'ended 城关镇'],
  ['END', 'ended '],
  ['城关镇 记录', 'listed 城关镇'],
  ['log', 'listed '],
])('“%s” reads as %s', (text, meaning) => {
  expect(read(text)).toBe(meaning);
});
