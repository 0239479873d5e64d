import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNo, isYes, soundsLikeReport } from '../../src/domain/offer.ts';
import { asideReports, asideTalk, knownReports, knownTalk, strangeReports, strangeTalk } from './offer-samples.ts';

/** Written before there was a recogniser. */
const reports = [
  '今天走访了3户企业',
  '上午开了防汛调度会，下午把台账报上去了',
  '完成了二季度统计报表',
  '已经把整改通知送到8个村',
  '刚跟县局对接完园区用地的事',
  '我今天处理了5件信访件',
  '帮李家湾协调解决了饮水管道漏水问题',
  '下村入户，宣传医保政策12户',
  '走访企业3家；上报防汛台账；明天陪同省督查',
  '会议纪要写好发给各科室了',
  'Visited 3 companies and filed the flood ledger today',
  'Finished the quarterly statistics report',
];

const smallTalk = [
  '你好',
  '今天天气真不错',
  '谢谢，辛苦了',
  '今天的日清报了吗？',
  '怎么修改昨天写的内容',
  '明天上午开会吗',
  '祝大家中秋快乐',
  '帮我看一下昨天谁没报',
  '好的，知道了',
  '我想请三天假',
  'Thanks, have a nice day',
  'How do I file a report?',
];

test.each(reports)('%s sounds like a report', (said) => {
  expect(soundsLikeReport(said)).toBe(true);
});

test.each([...smallTalk, ...knownTalk])('%s does not', (said) => {
  expect(soundsLikeReport(said)).toBe(false);
});

test('of the reports it was made to suit it knows nearly all', () => {
  const missed = knownReports.filter((said) => !soundsLikeReport(said));
  expect(missed.length / knownReports.length).toBeLessThan(0.06);
});

test('of twenty-four reports it had never met it knew nineteen, and no talk misled it', () => {
  expect(strangeReports.filter(soundsLikeReport).length).toBeGreaterThanOrEqual(19);
  expect(strangeTalk.filter(soundsLikeReport)).toEqual([]);
});

test('of twenty reports that were kept aside it knew eighteen, and of twenty pieces of talk one misled it', () => {
  expect(asideReports.filter(soundsLikeReport).length).toBeGreaterThanOrEqual(18);
  expect(asideTalk.filter(soundsLikeReport).length).toBeLessThanOrEqual(1);
});

test.each([
  '昨天走访了3户企业',
  '明天走访3户企业',
  '还没走访完3户企业',
  '你今天走访了3户企业吧',
  '他今天走访了3户企业',
  '请上报防汛台账',
])('%s is not what its author did today', (said) => {
  expect(soundsLikeReport(said)).toBe(false);
});

test('width and invisible characters make no difference', () => {
  expect(soundsLikeReport('\u200b今天走访了３户企业\u202c')).toBe(true);
  expect(soundsLikeReport('今天走访了３户企业？')).toBe(false);
});

test.each(['是', '好', '好的。', '嗯嗯', 'ＹＥＳ', 'ok', 'Yes!', '对的', ' 记吧 '])('%s says yes', (said) => {
  expect([isYes(said), isNo(said)]).toEqual([true, false]);
});

test.each(['不', '不用', '不用了', '否', 'No', '算了'])('%s says no', (said) => {
  expect([isYes(said), isNo(said)]).toEqual([false, true]);
});

test.each(['好啊你', '是谁', '不知道', '行不行', '', '好的明白'])('%j says neither', (said) => {
  expect([isYes(said), isNo(said)]).toEqual([false, false]);
});

test('nothing that can be typed throws or takes long', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (said) => {
      expect(typeof soundsLikeReport(said)).toBe('boolean');
    }),
  );
  for (const said of ['把'.repeat(600), '今天走访了'.repeat(120), 'a'.repeat(600), '，'.repeat(100_000)]) {
    const from = performance.now();
    soundsLikeReport(said);
    expect(performance.now() - from).toBeLessThan(200);
  }
});
