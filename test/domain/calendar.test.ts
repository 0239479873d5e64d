import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  addWorkdays,
  type Calendar,
  calendarFrom,
  compareDays,
  daysOf,
  epochDay,
  fromEpochDay,
  isFirstWorkdayOfWeek,
  isLastWorkdayOfWeek,
  mondayOf,
  nextWorkday,
  previousWorkday,
  timesBetween,
  workdaysBetween,
  workdaysOf,
} from '../../src/domain/calendar.ts';
import notices from '../fixtures/workdays.json' with { type: 'json' };
import { day } from '../values.ts';

const calendar = calendarFrom();
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The notices' own days, read without the calendar: `03-01..03-03` or one day. */
const noticed = (year: string, list: readonly string[]) =>
  list.flatMap((span) => {
    const [from = '', to = from] = span.split('..');
    const days: string[] = [];
    for (let at = Date.parse(`${year}-${from}`); at <= Date.parse(`${year}-${to}`); at += 86_400_000) {
      days.push(new Date(at).toISOString().slice(0, 10));
    }
    return days;
  });
const off = new Set(Object.entries(notices).flatMap(([year, notice]) => noticed(year, notice.off)));
const worked = new Set(Object.entries(notices).flatMap(([year, notice]) => noticed(year, notice.worked)));
const expected = Array.from({ length: 1096 }, (_, n) => {
  const at = new Date(Date.UTC(2024, 0, 1 + n));
  const iso = at.toISOString().slice(0, 10);
  if (worked.has(iso)) return 'W';
  return off.has(iso) || at.getUTCDay() % 6 === 0 ? 'H' : 'W';
});

describe('the 1,096 days of 2024 to 2026', () => {
  test('number as many workdays as each notice leaves', () => {
    for (const [year, notice] of Object.entries(notices)) {
      const all = daysOf(day(`${year}-01-01`), day(`${year}-12-31`));
      expect(all.filter(calendar.isWorkday).length, year).toBe(notice.workdays);
    }
  });

  test.each(['Asia/Shanghai', 'UTC', 'America/New_York', 'Pacific/Chatham'])(
    'are right with the process in %s',
    (zone) => {
      const printed = execFileSync(process.execPath, [path('../fixtures/workday-letters.ts')], {
        env: { ...process.env, TZ: zone },
        encoding: 'utf8',
      });
      const said = JSON.parse(printed);
      expect([said.first, said.last]).toEqual(['2024-01-01', '2026-12-31']);
      expect(said.letters).toBe(expected.join(''));
      for (const last of ['2026-09-20', '2026-09-24', '2026-09-30', '2026-10-10']) expect(said.lasts).toContain(last);
    },
  );

  test('agree with the State Council arrangement as others transcribed it, where that is at hand', () => {
    const file = path('../../../shared/data/workdays-2024-2026.json');
    const days: Record<string, string> = existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8')).days
      : Object.fromEntries(expected.map((letter, n) => [String(fromEpochDay(19_723 + n)), letter]));
    expect(Object.keys(days)).toHaveLength(1096);
    const wrong = Object.entries(days).filter(([iso, letter]) => calendar.isWorkday(day(iso)) !== (letter === 'W'));
    expect(wrong).toEqual([]);
  });
});

describe('the autumn of 2026', () => {
  test.each([
    ['2026-09-14', '2026-09-20', 'a Sunday that is worked'],
    ['2026-09-21', '2026-09-24', 'the eve of Mid-Autumn'],
    ['2026-09-28', '2026-09-30', 'the eve of National Day'],
    ['2026-10-05', '2026-10-10', 'a Saturday that is worked'],
    ['2026-11-23', '2026-11-27', 'a Friday as ever'],
  ])('the week of %s ends on %s: %s', (monday, last) => {
    expect(workdaysOf(day(monday), calendar).at(-1)).toEqual(day(last));
    expect(isLastWorkdayOfWeek(day(last), calendar)).toBe(true);
    expect(
      daysOf(day(monday), day(monday).add({ days: 6 })).filter((d) => isLastWorkdayOfWeek(d, calendar)),
    ).toHaveLength(1);
  });

  test('the week of 16 February has no workday, so none is its first or last', () => {
    expect(workdaysOf(day('2026-02-16'), calendar)).toEqual([]);
    for (const d of daysOf(day('2026-02-16'), day('2026-02-22'))) {
      expect(isFirstWorkdayOfWeek(d, calendar) || isLastWorkdayOfWeek(d, calendar)).toBe(false);
    }
  });

  test('the first workday of October is Thursday 8, which is its week’s first too; the sixth is Wednesday 14', () => {
    expect(addWorkdays(day('2026-09-30'), 1, calendar)).toEqual(day('2026-10-08'));
    expect(isFirstWorkdayOfWeek(day('2026-10-08'), calendar)).toBe(true);
    expect(addWorkdays(day('2026-09-30'), 6, calendar)).toEqual(day('2026-10-14'));
  });

  test('ten workdays before 30 September is Wednesday 16', () => {
    expect(addWorkdays(day('2026-09-30'), -10, calendar)).toEqual(day('2026-09-16'));
    expect(workdaysBetween(day('2026-09-30'), day('2026-09-16'), calendar)).toBe(-10);
  });

  test('what is due on 1 October waits for 8 October', () => {
    expect(nextWorkday(day('2026-09-30'), calendar)).toEqual(day('2026-10-08'));
    expect(previousWorkday(day('2026-10-08'), calendar)).toEqual(day('2026-09-30'));
  });
});

describe('a year without a notice', () => {
  test('runs provisionally from Monday to Friday, and says so', () => {
    expect(calendar.lastKnownYear).toBe(2026);
    expect(calendar.isKnown(day('2026-12-31'))).toBe(true);
    expect(calendar.isKnown(day('2027-01-01'))).toBe(false);
    expect(calendar.isWorkday(day('2027-01-01'))).toBe(true);
    expect(calendar.isWorkday(day('2027-01-02'))).toBe(false);
  });

  test('no year since 2004 is missing from the table', () => {
    const unknown = Array.from({ length: 23 }, (_, n) => day(`${2004 + n}-06-15`)).filter((d) => !calendar.isKnown(d));
    expect(unknown).toEqual([]);
  });

  test('is known once the override file brings it', () => {
    const next = calendarFrom({ off: ['2027-01-01'], worked: ['2027-01-03'], years: [2027] });
    expect(next.lastKnownYear).toBe(2027);
    expect(next.isKnown(day('2027-07-01'))).toBe(true);
    expect(next.isWorkday(day('2027-01-01'))).toBe(false);
    expect(next.isWorkday(day('2027-01-03'))).toBe(true);
  });

  test('stays provisional when only single days of it were given', () => {
    const next = calendarFrom({ off: ['2027-03-08'] });
    expect(next.isKnown(day('2027-03-08'))).toBe(true);
    expect(next.isKnown(day('2027-03-09'))).toBe(false);
    expect(next.lastKnownYear).toBe(2026);
  });

  test('an override wins over the table, and a day that does not exist is refused', () => {
    expect(calendarFrom({ worked: ['2026-10-01'] }).isWorkday(day('2026-10-01'))).toBe(true);
    expect(calendarFrom({ off: ['2026-11-25'] }).isWorkday(day('2026-11-25'))).toBe(false);
    expect(() => calendarFrom({ off: ['2026-02-30'] })).toThrow(RangeError);
  });
});

const anyDay = fc.integer({ min: -300_000, max: 300_000 });
const coveredDay = fc.integer({ min: 15_000, max: 22_000 }).map(fromEpochDay);

test('a day and its number are one and the same, as Temporal counts them', () => {
  const start = day('1970-01-01');
  fc.assert(
    fc.property(anyDay, (n) => {
      expect(fromEpochDay(n)).toEqual(start.add({ days: n }));
      expect(epochDay(fromEpochDay(n))).toBe(n);
    }),
  );
});

test('adding workdays and counting them undo each other', () => {
  fc.assert(
    fc.property(coveredDay, fc.integer({ min: -40, max: 40 }), (from, n) => {
      const to = addWorkdays(from, n, calendar);
      expect(n === 0 || calendar.isWorkday(to)).toBe(true);
      if (n > 0) expect(workdaysBetween(from, to, calendar)).toBe(n);
      // Backwards the count leaves out `to` and takes in `from`, which may be a day off.
      if (n < 0) expect(workdaysBetween(to, from, calendar)).toBe(-n - 1 + (calendar.isWorkday(from) ? 1 : 0));
    }),
  );
});

test('going to a workday and back returns to it', () => {
  fc.assert(
    fc.property(coveredDay.filter(calendar.isWorkday), fc.integer({ min: -40, max: 40 }), (from, n) => {
      expect(addWorkdays(addWorkdays(from, n, calendar), -n, calendar)).toEqual(from);
    }),
  );
});

test('workdays between three days add up, whatever their order', () => {
  fc.assert(
    fc.property(coveredDay, coveredDay, coveredDay, (a, b, c) => {
      const between = (from: typeof a, to: typeof a) => workdaysBetween(from, to, calendar);
      expect(between(a, b) + between(b, c)).toBe(between(a, c));
      expect(Math.sign(between(a, b)) * Math.sign(compareDays(b, a))).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 20 },
  );
});

test('each week begins on a Monday and holds its seven days', () => {
  fc.assert(
    fc.property(coveredDay, (d) => {
      const monday = mondayOf(d);
      expect(monday.dayOfWeek).toBe(1);
      expect(daysOf(monday, monday.add({ days: 6 })).some((other) => other.equals(d))).toBe(true);
    }),
  );
});

test('a calendar without a workday is said to have none instead of looking for ever', () => {
  const never: Calendar = { isWorkday: () => false, isKnown: () => true, lastKnownYear: 2026 };
  expect(() => nextWorkday(day('2026-01-01'), never)).toThrow('no workday within a year of 2026-01-01');
  expect(daysOf(day('2026-01-02'), day('2026-01-01'))).toEqual([]);
});

describe('the times between two moments', () => {
  const at = (text: string) => Temporal.PlainDateTime.from(text);

  test('leave out the first moment and take in the last', () => {
    const nine = (from: string, to: string) => timesBetween('09:00', at(from), at(to)).map(String);
    expect(nine('2026-11-23T09:00', '2026-11-25T09:00')).toEqual(['2026-11-24T09:00:00', '2026-11-25T09:00:00']);
    expect(nine('2026-11-23T08:59', '2026-11-23T09:00')).toEqual(['2026-11-23T09:00:00']);
    expect(nine('2026-11-23T09:00', '2026-11-23T09:00')).toEqual([]);
    expect(nine('2026-11-24T00:00', '2026-11-23T00:00')).toEqual([]);
  });

  test('come once each, however the time is cut into pieces', () => {
    const start = at('2026-11-23T00:00');
    const minutes = fc
      .uniqueArray(fc.nat(10_000), { minLength: 2, maxLength: 8 })
      .map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(minutes, (cuts) => {
        const moments = cuts.map((minute) => start.add({ minutes: minute }));
        const pieces = moments.slice(1).flatMap((to, n) => timesBetween('17:30', moments[n] ?? to, to));
        const whole = timesBetween('17:30', moments[0] ?? start, moments.at(-1) ?? start);
        expect(pieces.map(String)).toEqual(whole.map(String));
      }),
    );
  });
});
