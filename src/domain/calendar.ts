/**
 * Workdays and weeks. Days are counted as whole numbers inside, so that no time zone can move one.
 * The table is the one in chinese-days; its functions depend on the machine's time zone and are never called.
 */
import table from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { Temporal } from 'temporal-polyfill';

/** A day of the calendar, without hour or zone. */
export type Day = Temporal.PlainDate;

export type Calendar = {
  /** Holidays and make-up workdays (调休) are in it. */
  readonly isWorkday: (day: Day) => boolean;
  /**
   * Whether the State Council's table or the override file covers the day; if not, Monday to Friday count provisionally
   * (暂定).
   */
  readonly isKnown: (day: Day) => boolean;
  /** The last year that is covered. */
  readonly lastKnownYear: number;
};

/** What the override file adds: ISO days off, ISO days worked (which win), and the years that it covers completely. */
export type CalendarOverrides = {
  readonly off?: readonly string[];
  readonly worked?: readonly string[];
  readonly years?: readonly number[];
};

/** Throws RangeError for a day in `overrides` that does not exist. */
export const calendarFrom = (overrides: CalendarOverrides = {}): Calendar => {
  const off = (overrides.off ?? []).map(numberOf);
  const worked = (overrides.worked ?? []).map(numberOf);
  const exceptions = new Map<number, boolean>();
  for (const day of Object.keys(table.holidays)) exceptions.set(tableNumber(day), false);
  for (const day of Object.keys(table.workdays)) exceptions.set(tableNumber(day), true);
  for (const day of off) exceptions.set(day, false);
  for (const day of worked) exceptions.set(day, true);

  // A notice may move days of the year before, but only its own year's National Day stands in it.
  const noticed = Object.keys(table.holidays).filter((day) => day.endsWith('-10-01'));
  const years = new Set([...noticed.map((day) => Number(day.slice(0, 4))), ...(overrides.years ?? [])]);
  const named = new Set([...off, ...worked]);

  return {
    isWorkday: (day) => exceptions.get(epochDay(day)) ?? day.dayOfWeek <= 5,
    isKnown: (day) => years.has(day.year) || named.has(epochDay(day)),
    lastKnownYear: Math.max(...years),
  };
};

const numberOf = (iso: string): number => epochDay(Temporal.PlainDate.from(iso));

// Eight hundred of them at every start: no need to check what the package promises.
const tableNumber = (iso: string): number =>
  epochDay({ year: Number(iso.slice(0, 4)), month: Number(iso.slice(5, 7)), day: Number(iso.slice(8)) });

const { floor } = Math;

/**
 * Days since 1970-01-01, negative before it; how the store spells days. Years begin in March here, so that the leap day
 * comes last (howardhinnant.github.io/date_algorithms.html).
 */
export const epochDay = ({ year, month, day }: Pick<Day, 'year' | 'month' | 'day'>): number => {
  const y = month > 2 ? year : year - 1;
  const era = floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + floor(yearOfEra / 4) - floor(yearOfEra / 100) + dayOfYear - 719_468;
};

/** The day that `epochDay` counts as `n`. */
export const fromEpochDay = (n: number): Day => {
  const era = floor((n + 719_468) / 146_097);
  const dayOfEra = n + 719_468 - era * 146_097;
  const leaps = floor(dayOfEra / 1460) - floor(dayOfEra / 36_524) + floor(dayOfEra / 146_096);
  const yearOfEra = floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + floor(yearOfEra / 4) - floor(yearOfEra / 100));
  const monthFromMarch = floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const day = dayOfYear - floor((153 * monthFromMarch + 2) / 5) + 1;
  return new Temporal.PlainDate(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
};

/** For sorting: negative when `a` is earlier. */
export const compareDays = (a: Day, b: Day): number => epochDay(a) - epochDay(b);

/** The workdays after `from` up to and including `to`; negative when `to` lies before `from`. */
export const workdaysBetween = (from: Day, to: Day, calendar: Calendar): number => {
  const [first, last] = [epochDay(from), epochDay(to)];
  if (last < first) return 0 - workdaysBetween(to, from, calendar);
  let count = 0;
  for (let n = first + 1; n <= last; n += 1) if (calendar.isWorkday(fromEpochDay(n))) count += 1;
  return count;
};

/** The first workday after `day`. Throws RangeError when a whole year has none. */
export const nextWorkday = (day: Day, calendar: Calendar): Day => nearestWorkday(day, 1, calendar);

/** The last workday before `day`. Throws RangeError when a whole year has none. */
export const previousWorkday = (day: Day, calendar: Calendar): Day => nearestWorkday(day, -1, calendar);

/** The `n`-th workday after `day`, before it when `n` is negative; `day` itself, workday or not, when `n` is 0. */
export const addWorkdays = (day: Day, n: number, calendar: Calendar): Day => {
  let reached = day;
  for (let left = Math.abs(n); left > 0; left -= 1) reached = nearestWorkday(reached, n < 0 ? -1 : 1, calendar);
  return reached;
};

const nearestWorkday = (day: Day, step: 1 | -1, calendar: Calendar): Day => {
  const start = epochDay(day);
  for (let away = 1; away <= 366; away += 1) {
    const candidate = fromEpochDay(start + step * away);
    if (calendar.isWorkday(candidate)) return candidate;
  }
  throw new RangeError(`no workday within a year of ${day.toString()}`);
};

/** The Monday that begins the day's week; it names the week. */
export const mondayOf = (day: Day): Day => fromEpochDay(epochDay(day) - day.dayOfWeek + 1);

/** Every day from `from` to `to`, both inclusive; none when `to` lies before `from`. */
export const daysOf = (from: Day, to: Day): Day[] => {
  const first = epochDay(from);
  return Array.from({ length: Math.max(0, epochDay(to) - first + 1) }, (_, n) => fromEpochDay(first + n));
};

/** The year of the first day from `from` to `to` that the calendar does not know; null when it knows them all. */
export const unknownYear = (from: Day, to: Day, { isKnown }: Calendar): number | null =>
  daysOf(from, to).find((day) => !isKnown(day))?.year ?? null;

/** The workdays of the Monday-to-Sunday week that begins on `monday`; none in a week of holidays. */
export const workdaysOf = (monday: Day, calendar: Calendar): Day[] =>
  daysOf(monday, fromEpochDay(epochDay(monday) + 6)).filter(calendar.isWorkday);

/** False for a day off, also in a week without workdays. */
export const isFirstWorkdayOfWeek = (day: Day, calendar: Calendar): boolean =>
  workdaysOf(mondayOf(day), calendar).at(0)?.equals(day) ?? false;

/** False for a day off, also in a week without workdays. */
export const isLastWorkdayOfWeek = (day: Day, calendar: Calendar): boolean =>
  workdaysOf(mondayOf(day), calendar).at(-1)?.equals(day) ?? false;

/** Each day's `time` (`HH:MM`) that falls after `from` and not after `to`, in order. */
export const timesBetween = (
  time: string,
  from: Temporal.PlainDateTime,
  to: Temporal.PlainDateTime,
): Temporal.PlainDateTime[] => {
  const at = Temporal.PlainTime.from(time);
  return daysOf(from.toPlainDate(), to.toPlainDate())
    .map((day) => day.toPlainDateTime(at))
    .filter((t) => Temporal.PlainDateTime.compare(t, from) > 0 && Temporal.PlainDateTime.compare(t, to) <= 0);
};
