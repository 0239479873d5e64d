import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { ItemKind } from '../../src/domain/report.ts';
import { translator } from '../../src/i18n.ts';
import type { WeekItem } from '../../src/wording/read-week.ts';
import { weekDraft } from '../../src/wording/week-draft.ts';

const t = translator('zh-CN');
const item = (day: string, kind: ItemKind, text: string, closed = false): WeekItem => ({
  day: Temporal.PlainDate.from(`2026-11-${day}`),
  kind,
  text,
  closed,
});

test('the draft says what was done, what was not and why, and what comes next', () => {
  const draft = weekDraft(
    [
      item('16', 'done', '走访3户企业'),
      item('16', 'open', '防汛台账'),
      item('16', 'plan', '去县里开会'),
      item('17', 'waiting', '园区征地协议，等县局批复'),
      item('18', 'help', '请协调用地指标'),
      item('20', 'done', '上报材料'),
      item('20', 'plan', '陪同省督查'),
    ],
    t,
  );
  expect(draft.split('\n')).toEqual([
    '完成 2 项',
    '· 走访3户企业',
    '· 上报材料',
    '未完成 3 项',
    '· 防汛台账',
    '· 园区征地协议，等县局批复',
    '· 请协调用地指标',
    '下一步',
    '· 陪同省督查',
  ]);
});

test('what was done stands under its tag, once, and what has none comes last', () => {
  const draft = weekDraft(
    [
      item('16', 'done', '整理档案'),
      item('16', 'done', '#招商 走访3户企业'),
      item('17', 'done', '拜访商会 #招商'),
      item('17', 'done', '看现场#项目一线，两处'),
      item('18', 'done', '拜访商会  #招商。'),
      item('18', 'done', '#招商'),
    ],
    t,
  );
  expect(draft.split('\n')).toEqual([
    '完成 5 项',
    '#招商',
    '· 走访3户企业',
    '· 拜访商会',
    '· #招商',
    '#项目一线',
    '· 看现场，两处',
    '其他',
    '· 整理档案',
  ]);
});

test('an unfinished item that was closed later in the week is done, and stands there once', () => {
  const draft = weekDraft(
    [item('16', 'open', '防汛台账', true), item('17', 'plan', '防汛台账'), item('17', 'done', '防汛台账。')],
    t,
  );
  expect(draft).toBe('完成 1 项\n· 防汛台账');
});

test('a plan of an earlier day is past: only the last reported day plans ahead', () => {
  const draft = weekDraft([item('16', 'plan', '开会'), item('17', 'done', '走访')], t);
  expect(draft).toBe('完成 1 项\n· 走访');
});

test('a week with nothing in it has no draft', () => {
  expect(weekDraft([], t)).toBe('');
});
