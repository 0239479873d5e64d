/**
 * Days of the quarter as ISO texts, counted by hand and by the machine's own dates in UTC: nothing here is the
 * product's. Texts of this form compare as the days do.
 */
const DAY_MS = 86_400_000;

export const FIRST = '2026-09-01';
export const LAST = '2026-11-30';

/** `n` days after `day`. */
export const after = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10);

/** Monday is 1. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** The notice of the State Council for 2026: Mid-Autumn, National Day, and the two days worked in their place. */
const holidays = new Set([
  ...['2026-09-25', '2026-09-26', '2026-09-27'],
  ...['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'],
]);
const workedWeekends = new Set(['2026-09-20', '2026-10-10']);

export const isWorkday = (day: string): boolean =>
  workedWeekends.has(day) || (weekdayOf(day) <= 5 && !holidays.has(day));

/** Every day, both ends inclusive. */
export const daysFrom = (first: string, last: string): string[] => {
  const days: string[] = [];
  for (let day = first; day <= last; day = after(day, 1)) days.push(day);
  return days;
};

export const workdayBefore = (day: string): string => {
  let before = after(day, -1);
  while (!isWorkday(before)) before = after(before, -1);
  return before;
};

export const mondayOf = (day: string): string => after(day, 1 - weekdayOf(day));
export const workdaysOfWeek = (monday: string): string[] => daysFrom(monday, after(monday, 6)).filter(isWorkday);
export const lastWorkdayOf = (monday: string): string => workdaysOfWeek(monday).at(-1) ?? '';
export const isFirstWorkday = (day: string): boolean => workdaysOfWeek(mondayOf(day))[0] === day;
export const isLastWorkday = (day: string): boolean => lastWorkdayOf(mondayOf(day)) === day;
