import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { calendarFrom } from '../../src/domain/calendar.ts';
import { isPartOfDay, joinedUp, judgeLeave } from '../../src/domain/leaving.ts';

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

test.each([
  ['下午', true],
  [' 上午看病', true],
  ['半天', true],
  ['half a day', true],
  ['看病', false],
  ['出差，下午回来', false],
  ['', false],
])('“%s” asks for a part of the day: %s', (text, isPart) => {
  expect(isPartOfDay(text)).toBe(isPart);
});

test('spans of leave are joined where they overlap or go on for the same reason', () => {
  const span = (from: string, to: string, reason = '') => ({ from: day(from), to: day(to), reason });
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
