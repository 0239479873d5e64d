import { expect, test } from 'vitest';
import type { Cadence } from '../../src/domain/cadence.ts';
import { calendarFrom, compareDays, type Day, daysOf } from '../../src/domain/calendar.ts';
import { duesOn, factsOf, standingOn, weekStanding } from '../../src/domain/owing.ts';
import { afterwards, away, filed, on, reckoning, someone } from './facts.ts';

const evening = reckoning('2026-11-20T20:00');
const night = reckoning('2026-11-20T20:01');

test.each([
  ['onTime', 'filed by the deadline', on(20), someone([filed(20)]), night],
  ['onTime', '今日无, which has no items', on(20), someone([filed(20, '')]), night],
  ['late', 'filed after it', on(20), someone([filed(20, 'd', false)]), night],
  ['missing', 'not filed', on(20), someone(), night],
  ['pending', 'not filed, at the very minute of the deadline', on(20), someone(), evening],
  ['pending', 'a day that is still to come', on(23), someone(), night],
  ['off', 'a Saturday', on(21), someone([filed(21)]), afterwards],
  ['off', 'the National Day holiday', on('2026-10-05'), someone(), afterwards],
  ['missing', 'the Saturday worked for it', on('2026-10-10'), someone(), afterwards],
  ['joining', 'the day of joining', on(20), someone([filed(20)], { since: on(20) }), night],
  ['missing', 'the next workday after it', on(23), someone([], { since: on(20) }), afterwards],
  ['joining', 'before joining', on(19), someone([], { since: on(20) }), night],
  ['joining', 'never joined', on(20), someone([], { since: null }), night],
  ['leave', 'on leave', on(20), someone([], { leave: [away(18, 20)] }), night],
  ['missing', 'the day after the leave', on(20), someone([], { leave: [away(18, 19)] }), night],
  ['onTime', 'filed on time although on leave', on(20), someone([filed(20)], { leave: [away(20)] }), night],
  ['leave', 'filed late while on leave', on(20), someone([filed(20, 'd', false)], { leave: [away(20)] }), night],
] as const)('a day is %s: %s', (standing, _why, day, member, time) => {
  expect(standingOn(day, member, time)).toBe(standing);
});

test('nobody is missing or late on a day that the calendar does not know', () => {
  const later = reckoning('2031-03-06T09:00');
  const day = on('2031-03-04');
  expect(standingOn(day, someone(), later)).toBe('provisional');
  const record = { at: 0, entries: [] };
  expect(standingOn(day, someone([['2031-03-04', { ...record, onTime: false }]]), later)).toBe('provisional');
  expect(standingOn(day, someone([['2031-03-04', { ...record, onTime: true }]]), later)).toBe('onTime');
  const known = reckoning('2031-03-06T09:00', { calendar: calendarFrom({ years: [2031] }) });
  expect(standingOn(day, someone(), known)).toBe('missing');
});

const weekFiled = (monday: string, onTime: boolean) => someone([], { weeks: new Map([[monday, onTime]]) });

test.each([
  ['onTime', on(16), weekFiled('2026-11-16', true), night],
  ['late', on(16), weekFiled('2026-11-16', false), night],
  ['pending', on(16), someone(), evening],
  ['missing', on(16), someone(), night],
  ['joining', on(16), someone([], { since: on(20) }), night],
  ['missing', on(16), someone([], { since: on(19) }), night],
  ['leave', on(16), someone([], { leave: [away(20)] }), night],
  ['missing', on(16), someone([], { leave: [away(16, 19)] }), night],
] as const)('the week of Friday the 20th is %s', (standing, monday, member, time) => {
  expect(weekStanding(monday, member, time)).toBe(standing);
});

test('a week without workdays owes nothing, and one that ends on a Sunday is due on the Sunday', () => {
  expect(weekStanding(on('2026-02-16'), someone(), afterwards)).toBe('off');
  expect(weekStanding(on('2026-09-14'), someone(), reckoning('2026-09-20T19:59'))).toBe('pending');
  expect(weekStanding(on('2026-09-14'), someone(), reckoning('2026-09-20T20:01'))).toBe('missing');
});

test("a member's facts are that member's part of the unit's", () => {
  const [iso, record] = filed(16, 'd');
  const period = {
    days: new Map([
      [
        iso,
        new Map([
          ['wang', record],
          ['li', { ...record, onTime: false }],
        ]),
      ],
      ['2026-11-17', new Map()],
    ]),
    open: new Map(),
    closed: new Map(),
    leave: new Map([['li', [away(17)]]]),
    duty: new Map(),
    weeks: new Map([['2026-11-16', new Map([['li', true]])]]),
  };
  expect(factsOf({ id: 'wang', since: on(1) }, period)).toEqual(someone([[iso, record]], { since: on(1) }));
  expect(factsOf({ id: 'li', since: null }, period)).toEqual(
    someone([[iso, { ...record, onTime: false }]], {
      since: null,
      leave: [away(17)],
      weeks: new Map([['2026-11-16', true]]),
    }),
  );
});

const under = (cadence: Cadence, now = '2026-11-24T09:00') => reckoning(now, { cadenceOn: () => cadence });

test.each([
  ['weekly', 'off'],
  ['exception', 'off'],
  ['off', 'off'],
  ['days-135', 'missing'],
  ['days-24', 'off'],
] as const)('under %s a Wednesday without a report is %s', (cadence, standing) => {
  expect(standingOn(on(18), someone(), under(cadence))).toBe(standing);
});

test('a make-up workday is owed where its weekday is named', () => {
  const later = '2026-10-20T09:00';
  expect(standingOn(on('2026-10-10'), someone(), under('days-15', later))).toBe('off');
  expect(standingOn(on('2026-10-10'), someone(), under('days-16', later))).toBe('missing');
  expect(standingOn(on('2026-10-02'), someone(), under('days-15', later))).toBe('off');
});

test('duty makes a day off a day like any other, where days are counted at all', () => {
  const duty = new Set(['2026-11-21']);
  expect(standingOn(on(21), someone([], { duty }), afterwards)).toBe('missing');
  expect(standingOn(on(21), someone([filed(21)], { duty }), afterwards)).toBe('onTime');
  expect(standingOn(on(21), someone([], { duty, leave: [away(21)] }), afterwards)).toBe('leave');
  expect(standingOn(on(21), someone([], { duty }), under('days-1'))).toBe('missing');
  for (const cadence of ['weekly', 'exception', 'off'] as const) {
    expect(standingOn(on(21), someone([], { duty }), under(cadence))).toBe('off');
  }
});

test('half a day off owes the other half', () => {
  const leave = [{ ...away(18), part: 'afternoon' as const }];
  expect(standingOn(on(18), someone([], { leave }), afterwards)).toBe('missing');
});

test('in a week that spans a change each day and the week’s end go by the cadence in force on them', () => {
  const told = (before: Cadence, after: Cadence) => {
    const cadenceOn = (day: Day) => (compareDays(day, on(18)) < 0 ? before : after);
    const days = [16, 17, 18, 19, 20, 21, 22].map(on);
    return duesOn(days, someone(), reckoning('2026-11-24T09:00', { cadenceOn })).map(({ day, monday }) =>
      monday ? `week ${monday}` : `${day.day}`,
    );
  };
  expect(told('daily', 'weekly')).toEqual(['16', '17', 'week 2026-11-16']);
  expect(told('weekly', 'daily')).toEqual(['18', '19', '20']);
  expect(told('daily', 'exception')).toEqual(['16', '17']);
  expect(told('off', 'days-35')).toEqual(['18', '20']);
});

test.each([
  ['2026-09-14', '2026-09-20'],
  ['2026-09-21', '2026-09-24'],
  ['2026-09-28', '2026-09-30'],
  ['2026-10-05', '2026-10-10'],
])(
  'the week of %s is owed on %s, not by whoever is on leave on that day, and by whoever is back for it',
  (monday, last) => {
    const week = daysOf(on(monday), on(monday).add({ days: 6 }));
    const dues = (over: Parameters<typeof someone>[1]) =>
      duesOn(week, someone([], over), under('weekly', '2026-10-12T09:00')).map(
        ({ day, standing }) => `${day} ${standing}`,
      );
    const span = (from: Day, to: Day) => ({ leave: [{ from, to, part: null }] });
    expect(dues({})).toEqual([`${last} missing`]);
    expect(dues(span(on(last), on(last)))).toEqual([`${last} leave`]);
    expect(dues(span(on(monday), on(last).subtract({ days: 1 })))).toEqual([`${last} missing`]);
  },
);

test('the week of 16 February 2026 has no workday, and owes nothing', () => {
  const week = daysOf(on('2026-02-16'), on('2026-02-22'));
  expect(duesOn(week, someone(), under('weekly', '2026-03-02T09:00'))).toEqual([]);
});
