import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type CheckIn, decideCheckIn } from '../../src/domain/checking-in.ts';
import { newcomer, type Unit } from '../../src/domain/organisation.ts';

const today = Temporal.PlainDate.from('2026-11-23');
const town: Unit = { id: 'u1', name: '城关镇', parent: null, settings: {}, chats: [] };
const known = { ...newcomer('wecom:a', '张三'), unit: 'u2', since: today.subtract({ days: 9 }) };
const decide = (before: Parameters<typeof decideCheckIn>[0], typed: string, more: Partial<CheckIn> = {}) =>
  decideCheckIn(before, { id: 'wecom:a', typed, here: null, isDirect: false, today, ...more });

test('who tells a name in a unit’s group joins the unit from today on', () => {
  expect(decide(null, '张三', { here: town })).toEqual({
    members: [{ ...newcomer('wecom:a', '张三'), unit: 'u1', since: today }],
    facts: { outcome: 'named', name: '张三', joined: '城关镇' },
  });
});

test('who belongs to another unit stays there', () => {
  expect(decide(known, '张三丰', { here: town })).toMatchObject({
    members: [{ unit: 'u2', since: known.since, name: '张三丰' }],
    facts: { outcome: 'renamed', joined: null },
  });
});

test('outside a unit’s group only the name is kept', () => {
  expect(decide(null, '张三')).toMatchObject({ members: [{ name: '张三', unit: null, since: null }] });
});

test('the same name again changes nothing', () => {
  expect(decide(known, '张三', { here: town })).toEqual({
    members: [],
    facts: { outcome: 'same', name: '张三', joined: null },
  });
});

test('who says it in the direct chat can be written to again', () => {
  const silent = { ...known, unreachable: true };
  expect(decide(silent, '张三', { isDirect: true })).toMatchObject({ members: [{ unreachable: false }] });
  expect(decide(silent, '李四', { here: town })).toMatchObject({ members: [{ unreachable: true }] });
});

test.each([
  [' 张\u202e三\n', '张三'],
  ['@张三', '张三'],
  ['我叫张三', '张三'],
  ['我是 张三', '张三'],
  ['姓名：张三', '张三'],
  ['张　三', '张三'],
  ['欧阳 修 文', '欧阳修文'],
  ['我叫', '我叫'],
  ['Anne-Marie  O’Neill', 'Anne-Marie O’Neill'],
  ['𠮷'.repeat(20), '𠮷'.repeat(20)],
])('%j is kept as %j', (typed, name) => {
  expect(decide(null, typed)).toMatchObject({ members: [{ name }] });
});

test.each([
  ['张'.repeat(21), 'too-long'],
  ['138 0000 0000', 'no-letter'],
  ['\u200b', 'no-letter'],
  ['😀', 'no-letter'],
])('“%s” is no name: %s', (typed, refused) => {
  expect(decide(null, typed)).toEqual({ refused, values: { maximum: 20 } });
});
