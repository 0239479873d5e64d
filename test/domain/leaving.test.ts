import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { calendarFrom } from '../../src/domain/calendar.ts';
import { isTaken, joinedUp, judgeLeave, type Leave, withLeave, withoutDays } from '../../src/domain/leaving.ts';

const day = (iso: string) => Temporal.PlainDate.from(iso);
const calendar = calendarFrom();
const judge = (from: string, to = from, today = '2026-11-23', reach = 3) =>
  judgeLeave({ from: day(from), to: day(to) }, { today: day(today), calendar, reach });

test.each([
  ['one day', '2026-11-25', '2026-11-25', 1],
  ['over a weekend', '2026-11-25', '2026-12-01', 5],
  ['over National Day', '2026-09-24', '2026-10-12', 8],
  ['a Saturday that is worked', '2026-10-10', '2026-10-10', 1],
])('%s: %s to %s holds %i workdays', (_, from, to, workdays) => {
  expect(judge(from, to, '2026-09-23')).toEqual({ workdays, provisional: null });
});

test('a weekend needs no leave', () => {
  expect(judge('2026-11-28', '2026-11-29')).toEqual({ refused: 'no-workdays', values: {} });
});

test('days past can be entered as far back as a late report', () => {
  expect(judge('2026-11-18')).toEqual({ workdays: 1, provisional: null });
  expect(judge('2026-11-17')).toEqual({ refused: 'too-early', values: { reach: 3 } });
  expect(judge('2026-11-20', '2026-11-23', '2026-11-23', 0)).toMatchObject({ refused: 'too-early' });
  expect(judge('2026-11-23', '2026-11-23', '2026-11-23', 0)).toMatchObject({ workdays: 1 });
});

test('a date more than a year ahead is a slip', () => {
  expect(judge('2027-11-24')).toMatchObject({ workdays: 1 });
  expect(judge('2027-11-25')).toEqual({ refused: 'too-far', values: { days: 366 } });
});

test('a year without a table is said aloud', () => {
  expect(judge('2026-12-30', '2027-01-05')).toEqual({ workdays: 5, provisional: 2027 });
});

test('spans of leave are joined where they overlap or go on for the same reason', () => {
  const span = (from: string, to: string, reason = '') => ({ from: day(from), to: day(to), part: null, reason });
  const joined = (...all: ReturnType<typeof span>[]) =>
    joinedUp(all).map(({ from, to, reason }) => `${from}/${to} ${reason}`.trim());
  expect(joined()).toEqual([]);
  expect(joined(span('2026-11-27', '2026-11-30'), span('2026-11-25', '2026-11-27', '出差'))).toEqual([
    '2026-11-25/2026-11-30 出差',
  ]);
  expect(joined(span('2026-11-25', '2026-11-30', '甲'), span('2026-11-26', '2026-11-27', '乙'))).toEqual([
    '2026-11-25/2026-11-30 甲、乙',
  ]);
  expect(joined(span('2026-11-25', '2026-11-25', '甲'), span('2026-11-26', '2026-11-26', '乙'))).toHaveLength(2);
  expect(joined(span('2026-11-25', '2026-11-25'), span('2026-11-27', '2026-11-27'))).toHaveLength(2);
});

const leaveOf = (from: string, to = from, part: Leave['part'] = null): Leave => ({
  from: day(from),
  to: day(to),
  part,
  reason: '',
});
const shown = (all: readonly Leave[]) =>
  all.map(({ from, to, part }) => `${from}/${to}${part === null ? '' : ` ${part}`}`);

test('two halves of one day make it whole; halves of different days do not', () => {
  const morning = leaveOf('2026-11-25', '2026-11-25', 'morning');
  expect(shown(withLeave([morning], leaveOf('2026-11-25', '2026-11-25', 'afternoon')))).toEqual([
    '2026-11-25/2026-11-25',
  ]);
  expect(shown(withLeave([morning], leaveOf('2026-11-26', '2026-11-26', 'afternoon')))).toHaveLength(2);
});

test('a span is taken when each of its days is, and half a day by the whole one', () => {
  const leave = [
    leaveOf('2026-11-25', '2026-11-26'),
    leaveOf('2026-11-27'),
    leaveOf('2026-11-30', '2026-11-30', 'morning'),
  ];
  expect(isTaken(leaveOf('2026-11-25', '2026-11-27'), leave)).toBe(true);
  expect(isTaken(leaveOf('2026-11-26', '2026-11-28'), leave)).toBe(false);
  expect(isTaken(leaveOf('2026-11-27', '2026-11-27', 'afternoon'), leave)).toBe(true);
  expect(isTaken(leaveOf('2026-11-30', '2026-11-30', 'morning'), leave)).toBe(true);
  expect(isTaken(leaveOf('2026-11-30', '2026-11-30', 'afternoon'), leave)).toBe(false);
  expect(isTaken(leaveOf('2026-11-30'), leave)).toBe(false);
});

test.each([
  ['2026-11-26', '2026-11-26', ['2026-11-25/2026-11-25', '2026-11-27/2026-11-28']],
  ['2026-11-25', '2026-11-28', []],
  ['2026-11-27', '2026-12-09', ['2026-11-25/2026-11-26']],
  ['2026-11-20', '2026-11-24', ['2026-11-25/2026-11-28']],
])('without %s to %s the rest stays', (from, to, rest) => {
  expect(shown(withoutDays([leaveOf('2026-11-25', '2026-11-28')], day(from), day(to)))).toEqual(rest);
});
