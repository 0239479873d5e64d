import { Temporal } from 'temporal-polyfill';
import { type Day, fromEpochDay } from './calendar.ts';

/** Excel counts days from 30 December 1899. Fewer or more than these are no days of somebody's joining. */
const SERIAL_OF_1970 = 25_569;
const SERIALS = { first: 18_000, last: 73_050 };

/** `2026-11-01`, `2026/11/1`, `2026年11月1日` or Excel's number of a day; null when it is none. */
export const joiningDay = (typed: string): Day | null => {
  const serial = Number(typed);
  if (/^\d{5}(\.\d+)?$/.test(typed) && serial >= SERIALS.first && serial <= SERIALS.last)
    return fromEpochDay(Math.floor(serial) - SERIAL_OF_1970);
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(typed) ?? [];
  if (year === undefined) return null;
  try {
    const fields = { year: Number(year), month: Number(month), day: Number(day) };
    return Temporal.PlainDate.from(fields, { overflow: 'reject' });
  } catch {
    return null;
  }
};
