import { expect, test } from 'vitest';
import { readApproval } from '../../src/domain/approval-text.ts';
import { readSettings } from '../../src/domain/setting-text.ts';
import { day } from '../values.ts';

const read = (typed: string) => {
  const { rest, approval } = readApproval(typed, day('2026-11-23'), (text) => readSettings(text).name !== null);
  return [rest, approval && [approval.approver, approval.basis, approval.until?.toString() ?? null]];
};
const whole = ['按时权重 30', ['李书记', '县委办〔2026〕5号', '2026-12-31']];

test.each([
  '按时权重 30 批准:李书记 依据:县委办〔2026〕5号 至:2026-12-31',
  '按时权重 30 批准：李书记 依据：县委办〔2026〕5号 至：2026-12-31',
  '按时权重 30，批准人 李书记，根据县委办〔2026〕5号，到12月31日',
  '按时权重 30 至2026年12月31日 依据 县委办〔2026〕5号 批准：@李书记',
  '批准：李书记 依据：县委办〔2026〕5号 至：2026-12-31 按时权重 30',
  '按时权重 30，经李书记批准，依据县委办〔2026〕5号，有效期至2026-12-31',
  '按时权重 30（李书记同意，理由：县委办〔2026〕5号，直到2026-12-31）',
  '依据：县委办〔2026〕5号 按时权重 30 批准：李书记 截至 12-31',
])('“%s” names setting, approver, basis and end', (typed) => {
  expect(read(typed)).toEqual(whole);
});

test.each<[string, unknown]>([
  [
    'on-time 30 approver: Li Ming, basis: notice 5 of 2026, until: 2026-12-31',
    ['on-time 30', ['Li Ming', 'notice 5 of 2026', '2026-12-31']],
  ],
  [
    'on-time 30 approved by Li Ming because of the campaign until 31 Dec',
    ['on-time 30', ['Li Ming', 'the campaign', '2026-12-31']],
  ],
  ['按时权重 30 批准：李书记', ['按时权重 30', ['李书记', '', null]]],
  ['按时权重 30 至 12-31', ['按时权重 30', ['', '', '2026-12-31']]],
  ['按时权重 30 批准：李书记 依据：5号文 至：明年年底', ['按时权重 30', ['李书记', '5号文 至：明年年底', null]]],
])('“%s” is read as %j', (typed, parts) => {
  expect(read(typed)).toEqual(parts);
});

test.each(['安静 18:30 至 08:30', '截止 18:30', '城关镇 请假审批 开', '周结 下周一 10:00', '频次 周一到周五', ''])(
  '“%s” says nothing of an approval and stays as it is',
  (typed) => {
    expect(read(typed)).toEqual([typed, null]);
  },
);
