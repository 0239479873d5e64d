import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type Cadence, cadenceOn, formerWhen } from '../../src/domain/cadence.ts';
import { calendarFrom } from '../../src/domain/calendar.ts';
import { figuresOf } from '../../src/domain/figures.ts';
import { duesOn, standingOn } from '../../src/domain/owing.ts';
import { someone } from './facts.ts';

/** 35 days from Monday, 31 August 2026, counted from 0; National Day is told by the holidays of each case. */
const DAYS = 35;
const first = Temporal.PlainDate.from('2026-08-31');
const dayOf = (n: number) => first.add({ days: n });
const iso = (n: number) => dayOf(n).toString();
/** What the State Council's table says of these days: the make-up Sunday, Mid-Autumn, National Day. */
const tableOff = new Set([
  '2026-09-25',
  '2026-09-26',
  '2026-09-27',
  '2026-10-01',
  '2026-10-02',
  '2026-10-03',
  '2026-10-04',
]);
const tableWorked = new Set(['2026-09-20']);

const dayNumber = fc.nat(DAYS - 1);
const cadence = fc.constantFrom<Cadence>('daily', 'weekly', 'exception', 'off', 'days-135', 'days-27');
const part = fc.constantFrom(null, null, 'morning' as const, 'afternoon' as const);
const anyCase = fc.record({
  off: fc.uniqueArray(dayNumber, { maxLength: 4 }),
  worked: fc.uniqueArray(dayNumber, { maxLength: 4 }),
  cadences: fc.array(fc.record({ on: dayNumber, cadence }), { maxLength: 3 }),
  leave: fc.array(fc.record({ from: dayNumber, days: fc.nat(6), part }), { maxLength: 4 }),
  duty: fc.uniqueArray(dayNumber, { maxLength: 5 }),
  filed: fc.uniqueArray(fc.record({ day: dayNumber, onTime: fc.boolean() }), { selector: ({ day }) => day }),
  weeks: fc.uniqueArray(fc.record({ week: fc.nat(4), onTime: fc.boolean() }), { selector: ({ week }) => week }),
  joined: fc.integer({ min: -3, max: 20 }),
  now: fc.record({ day: dayNumber, hour: fc.nat(23) }),
});
type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never;

/** How each day stands: reckoned with arrays and indexes alone, each rule written out once more. */
const byHand = ({ off, worked, cadences, leave, duty, filed, weeks, joined, now }: Case): (string | null)[] => {
  const changes = cadences.toSorted((a, b) => a.on - b.on);
  const isWorkday = (n: number): boolean => {
    if (worked.includes(n)) return true;
    if (off.includes(n)) return false;
    if (tableWorked.has(iso(n))) return true;
    return n % 7 < 5 && !tableOff.has(iso(n));
  };
  const cadenceAt = (n: number): Cadence => changes.findLast(({ on }) => on <= n)?.cadence ?? 'daily';
  const isAway = (n: number): boolean =>
    leave.some(({ from, days, part }) => part === null && n >= from && n <= from + days);
  const judge = (n: number, report: boolean | undefined): string => {
    if (n <= joined) return 'joining';
    if (report === true) return 'onTime';
    if (isAway(n)) return 'leave';
    if (report === false) return 'late';
    return n < now.day || (n === now.day && now.hour >= 20) ? 'missing' : 'pending';
  };
  return Array.from({ length: DAYS }, (_, n) => {
    const paced = cadenceAt(n);
    const monday = n - (n % 7);
    const last = [6, 5, 4, 3, 2, 1, 0].map((i) => monday + i).find(isWorkday);
    if (paced === 'weekly') return n === last ? judge(n, weeks.find(({ week }) => week === monday / 7)?.onTime) : null;
    if (paced === 'exception' || paced === 'off') return null;
    const isNamed = paced === 'daily' || paced.slice(5).includes(`${(n % 7) + 1}`);
    if (!(isWorkday(n) && isNamed) && !duty.includes(n)) return null;
    return judge(n, filed.find(({ day }) => day === n)?.onTime);
  });
};

/** The same case as the product keeps it. */
const kept = ({ off, worked, cadences, leave, duty, filed, weeks, joined, now }: Case) => {
  let unit: Parameters<typeof cadenceOn>[0] = { settings: {} };
  for (const { on, cadence } of cadences.toSorted((a, b) => a.on - b.on)) {
    unit = { settings: { cadence }, formerCadences: formerWhen(unit, cadence, dayOf(on)) };
  }
  const member = someone(
    filed.map(({ day, onTime }) => [iso(day), { at: 0, onTime, entries: [] }] as const),
    {
      since: dayOf(joined),
      leave: leave.map(({ from, days, part }) => ({ from: dayOf(from), to: dayOf(from + (part ? 0 : days)), part })),
      duty: new Set(duty.map(iso)),
      weeks: new Map(weeks.map(({ week, onTime }) => [iso(week * 7), onTime])),
    },
  );
  const reckoning = {
    calendar: calendarFrom({ off: off.map(iso), worked: worked.map(iso) }),
    cadenceOn: (day: Temporal.PlainDate) => cadenceOn(unit, day),
    deadline: '20:00',
    now: dayOf(now.day).toPlainDateTime({ hour: now.hour, minute: 30 }),
  };
  return { member, reckoning };
};

test('who owes what on which day is what pencil and paper give, whatever calendar, cadence, leave and duty', () => {
  fc.assert(
    fc.property(anyCase, (plan) => {
      const { member, reckoning } = kept(plan);
      const days = Array.from({ length: DAYS }, (_, n) => dayOf(n));
      const told = new Map(duesOn(days, member, reckoning).map(({ day, standing }) => [day.toString(), standing]));
      const expected = byHand(plan);
      expect(days.map((day) => told.get(day.toString()) ?? null)).toEqual(expected);
      for (const [n, day] of days.entries()) {
        if (reckoning.cadenceOn(day) === 'weekly') expect(standingOn(day, member, reckoning)).toBe('off');
        else expect(standingOn(day, member, reckoning)).toBe(expected[n] ?? 'off');
      }
      const past = expected.slice(0, plan.now.day + 1);
      const count = (...wanted: string[]) => past.filter((one) => one !== null && wanted.includes(one)).length;
      expect(figuresOf(member, { from: first, to: dayOf(DAYS - 1) }, reckoning)).toMatchObject({
        expected: count('onTime', 'late', 'missing'),
        onTime: count('onTime'),
        late: count('late'),
        leave: count('leave'),
        pending: count('pending'),
        joining: count('joining'),
      });
    }),
    { numRuns: 3_000 },
  );
});
