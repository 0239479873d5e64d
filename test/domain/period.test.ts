import { expect, test } from 'vitest';
import { calendarFrom } from '../../src/domain/calendar.ts';
import type { Member, Unit } from '../../src/domain/organisation.ts';
import { type Period, periodBefore, periodProblem, weekPeriodOf, wholePeriod } from '../../src/domain/period.ts';
import { readPeriod } from '../../src/domain/period-words.ts';
import { coveredOf } from '../../src/domain/sight.ts';
import { day } from '../values.ts';

const calendar = calendarFrom();
const today = day('2026-11-25');
const said = (period: Period | null) => period && `${period.kind} ${period.from}..${period.to}`;
const drive = {
  kind: 'campaign',
  from: day('2026-11-01'),
  to: day('2026-12-31'),
  name: '整治 本月',
  label: 'C-01',
} as const;

test.each([
  ['上周', 'week 2026-11-16..2026-11-22', ''],
  ['上上周', 'week 2026-11-09..2026-11-15', ''],
  ['城关镇上月', 'month 2026-10-01..2026-10-31', '城关镇'],
  ['本周白石镇', 'week 2026-11-23..2026-11-29', '白石镇'],
  ['本季度', 'quarter 2026-10-01..2026-12-31', ''],
  ['城关镇 2026年三季度', 'quarter 2026-07-01..2026-09-30', '城关镇'],
  ['11-02 至 11-08', 'week 2026-11-02..2026-11-08', ''],
  ['10月1日至10月31日 全市', 'month 2026-10-01..2026-10-31', '全市'],
  ['next quarter', 'quarter 2027-01-01..2027-03-31', ''],
  ['下个月', 'month 2026-12-01..2026-12-31', ''],
  ['城关镇 整治 本月', 'campaign 2026-11-01..2026-12-31', '城关镇'],
  ['ｃ-01 城关镇', 'campaign 2026-11-01..2026-12-31', '城关镇'],
  ['城关镇', null, '城关镇'],
  ['', null, ''],
])('%j means %s and leaves %j', (typed, period, rest) => {
  const read = readPeriod(typed, today, [drive]);
  expect([said(read.period), read.rest, read.odd]).toEqual([period, rest, null]);
});

test('days of which no board is made are told apart from words that are no days', () => {
  expect(readPeriod('城关镇 昨天', today)).toEqual({ period: null, rest: '城关镇', odd: '昨天' });
  expect(wholePeriod({ from: day('2026-11-01'), to: day('2026-11-29') })).toBeNull();
});

test('a period is compared with the one before, a campaign with as many days', () => {
  const before = (period: Period) => said(periodBefore(period, calendar));
  expect(before(drive)).toBe('campaign 2026-09-01..2026-10-31');
  const march = wholePeriod({ from: day('2026-03-01'), to: day('2026-03-31') });
  expect(march && before(march)).toBe('month 2026-02-01..2026-02-28');
  // The week of the Spring Festival is passed over.
  expect(before(weekPeriodOf(day('2026-02-25')))).toBe('week 2026-02-09..2026-02-15');
});

test('what has not begun and what nobody works in has no board', () => {
  const problem = (of: string) => periodProblem(weekPeriodOf(day(of)), today, calendar);
  expect([problem('2026-11-25'), problem('2026-11-30'), problem('2026-02-18')]).toEqual([
    null,
    'to-come',
    'no-workdays',
  ]);
});

test('inspectors and admins see whole boards, leaders their units once they are several, others none', () => {
  const unit = (id: string, parent: string | null): Unit => ({ id, name: id, parent, settings: {}, chats: [] });
  const units = [unit('u1', null), unit('u2', 'u1'), unit('u3', 'u1'), unit('u4', null)];
  const seen = (role: Member['roles'][number]['role'], of: string | null, shown = units.slice(1)) =>
    coveredOf({ roles: [{ role, unit: of }] }, units, shown);
  expect(seen('inspector', null)).toBe('all');
  expect(seen('leader', 'u1')).toEqual(new Set(['u2', 'u3']));
  expect(seen('unitHead', 'u1', units.slice(1, 3))).toBe('all');
  expect(seen('leader', 'u2')).toBeNull();
  expect(seen('coordinator', 'u1')).toBeNull();
  expect(coveredOf(null, units, units)).toBeNull();
});
