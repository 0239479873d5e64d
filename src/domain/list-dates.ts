/** When each step of the list procedure is due: all in workdays. Local minutes are `2026-10-12T18:00`. */
import type { Temporal } from 'temporal-polyfill';
import { addWorkdays, type Calendar, type Day, daysOf, nextWorkday } from './calendar.ts';
import type { ListDates } from './lists.ts';
import type { Unit } from './organisation.ts';

export const DRAFT_AT = '09:00';
export const NOTICE_AT = '09:00';
export const CLOSE_AT = '18:00';
export const PUBLISH_AT = '10:00';

export type Rhythm = 'monthly' | 'quarterly' | 'off';
export type ListPeriod = { readonly from: Day; readonly to: Day };

/** The `n`-th workday of the day's month. */
export const monthWorkday = (day: Day, n: number, calendar: Calendar): Day =>
  addWorkdays(day.with({ day: 1 }).subtract({ days: 1 }), n, calendar);

/** Whether a draft is due on `day`: the first workday of a month, or of a quarter. */
export const isDraftDay = (day: Day, rhythm: Rhythm, calendar: Calendar): boolean =>
  rhythm !== 'off' &&
  calendar.isWorkday(day) &&
  (rhythm === 'monthly' || day.month % 3 === 1) &&
  daysOf(day.with({ day: 1 }), day).filter(calendar.isWorkday).length === 1;

/** The month or quarter before that of `day`. */
export const periodBefore = (day: Day, rhythm: Rhythm): ListPeriod => {
  const months = rhythm === 'quarterly' ? 3 : 1;
  const first = day.with({ day: 1, month: day.month - ((day.month - 1) % months) });
  return { from: first.subtract({ months }), to: first.subtract({ days: 1 }) };
};

export const minuteText = (at: Temporal.PlainDateTime): string => at.toString({ smallestUnit: 'minute' });
const atTime = (day: Day, time: string): string => `${day.toString()}T${time}`;

/** The first `time` on a workday after `at`. */
export const nextAt = (at: Temporal.PlainDateTime, time: string, calendar: Calendar): string => {
  const today = at.toPlainDate();
  const isToday = calendar.isWorkday(today) && minuteText(at) < atTime(today, time);
  return atTime(isToday ? today : nextWorkday(today, calendar), time);
};

/** Those listed are told on the workday after the draft, or once it is confirmed. */
export const noticeOn = (draftedOn: Day, confirmed: Temporal.PlainDateTime, calendar: Calendar): string => {
  const earliest = atTime(nextWorkday(draftedOn, calendar), NOTICE_AT);
  const next = nextAt(confirmed, NOTICE_AT, calendar);
  return next > earliest ? next : earliest;
};

/** Both in workdays: until when may be appealed after the notice, and decided after that. */
export type Terms = { readonly filing: number; readonly decision: number };

/** What follows a notice on the workday `told`. */
export const datesFrom = (told: Day, { filing, decision }: Terms, calendar: Calendar): ListDates => {
  const filed = addWorkdays(told, filing, calendar);
  const decided = addWorkdays(filed, decision, calendar);
  return {
    fileBy: atTime(filed, CLOSE_AT),
    decideBy: atTime(decided, CLOSE_AT),
    publishOn: atTime(nextWorkday(decided, calendar), PUBLISH_AT),
  };
};

/** When what was signed at `signed` is published: on its day, or on the next workday when that is past. */
export const publishOnFor = (planned: string, signed: Temporal.PlainDateTime, calendar: Calendar): string => {
  const next = nextAt(signed, PUBLISH_AT, calendar);
  return next > planned ? next : planned;
};

/** So many workdays after its publication an error of fact may be put right, to the end of that day. */
const CORRECTION_WORKDAYS = 5;
export const correctableUntil = (published: Day, calendar: Calendar): string =>
  atTime(addWorkdays(published, CORRECTION_WORKDAYS, calendar), '23:59');

/** Whose settings rule the lists, and which units stand on them: the children of the only root, else the roots. */
export const listed = (units: readonly Unit[]): { readonly home: Unit | null; readonly compared: readonly Unit[] } => {
  const roots = units.filter(({ parent }) => parent === null);
  const [home = null] = roots;
  return {
    home,
    compared: roots.length > 1 ? roots : units.filter(({ parent }) => parent !== null && parent === home?.id),
  };
};
