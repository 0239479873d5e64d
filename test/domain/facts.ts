/** Members' facts by hand, for tests of figures: November 2026 unless a whole date is given. */
import { Temporal } from 'temporal-polyfill';
import { calendarFrom } from '../../src/domain/calendar.ts';
import type { MemberFacts, Reckoning } from '../../src/domain/owing.ts';
import type { ClosedItem, DayRecord, OpenItem } from '../../src/domain/report.ts';

export const calendar = calendarFrom();

export const on = (date: number | string) =>
  Temporal.PlainDate.from(typeof date === 'string' ? date : `2026-11-${`${date}`.padStart(2, '0')}`);

/** The last and the running week of most tests: Monday 16 to Sunday 22 November 2026, five workdays. */
export const week = { from: on(16), to: on(22) };

export const reckoning = (now: string, over: Partial<Reckoning> = {}): Reckoning => ({
  calendar,
  cadenceOn: () => 'daily',
  deadline: '20:00',
  now: Temporal.PlainDateTime.from(now),
  ...over,
});
export const afterwards = reckoning('2026-11-24T09:00');

/** `filed(16, 'ddo')`: on time with two done and one unfinished. Entries are numbered by the day. */
export const filed = (date: number, letters = '', onTime = true): readonly [string, DayRecord] => [
  on(date).toString(),
  { at: 0, onTime, entries: [{ entry: date, letters }] },
];

export const unfinished = (date: number, index = 0, kind: OpenItem['kind'] = 'open'): OpenItem => ({
  number: 1,
  entry: date,
  index,
  day: on(date),
  kind,
  text: '台账',
});

export const closedOn = (item: OpenItem, date: number): ClosedItem => ({ ...item, closedOn: on(date), closedBy: 99 });

/** Somebody who joined long ago. */
export const someone = (
  days: readonly (readonly [string, DayRecord])[] = [],
  over: Partial<MemberFacts> = {},
): MemberFacts => ({
  since: on('2026-01-05'),
  leave: [],
  duty: new Set(),
  days: new Map(days),
  open: [],
  closed: [],
  weeks: new Map(),
  ...over,
});

export const away = (from: number, to = from) => ({ from: on(from), to: on(to), part: null });
