/** Duty (值班): a day off on which somebody works, and reports like on any other. */

import type { Cadence } from './cadence.ts';
import { type Calendar, compareDays, type Day, daysOf, epochDay } from './calendar.ts';
import type { Absences } from './leave-request.ts';
import { isAskedOfAll, isOnLeave } from './owing.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Further ahead a date is a slip of the year. */
const FURTHEST_AHEAD_DAYS = 366;
/** Nobody is on duty for longer in one piece. */
export const MAX_DUTY_DAYS = 31;

export type DutyOrder = { readonly cancel: boolean; readonly said: string };

const CANCEL = /^(?:取消|不值班|撤销|免去?|cancel|off)\s*/iu;

/** `10-01 @张三`, `取消 10-01 @张三`. */
export const readDuty = (text: string): DutyOrder => {
  const found = CANCEL.exec(text)?.[0] ?? '';
  return { cancel: found !== '', said: text.slice(found.length) };
};

export type DutyRule = 'past' | 'too-far' | 'too-long' | 'asked-anyway' | 'on-leave' | 'not-on-duty';

type Rules = { readonly today: Day; readonly calendar: Calendar; readonly cadenceOn: (day: Day) => Cadence };

/** The member's duty with the days from `from` to `to`, or without them. Days that are owed anyway are left out. */
export const decideDuty = (
  { duty, leave }: Pick<Absences, 'duty' | 'leave'>,
  { from, to, cancel }: { readonly from: Day; readonly to: Day; readonly cancel: boolean },
  rules: Rules,
): { readonly duty: ReadonlySet<string>; readonly changed: readonly Day[] } | Refusal<DutyRule> => {
  const { today } = rules;
  if (compareDays(from, today) < 0) return refuse('past');
  if (epochDay(from) - epochDay(today) > FURTHEST_AHEAD_DAYS) return refuse('too-far', { days: FURTHEST_AHEAD_DAYS });
  const days = daysOf(from, to);
  if (days.length > MAX_DUTY_DAYS) return refuse('too-long', { maximum: MAX_DUTY_DAYS });
  if (cancel) {
    const changed = days.filter((day) => duty.has(day.toString()));
    if (changed.length === 0) return refuse('not-on-duty');
    const gone = new Set(changed.map(String));
    return { duty: new Set([...duty].filter((day) => !gone.has(day))), changed };
  }
  const free = days.filter((day) => !isAskedOfAll(day, rules));
  if (free.length === 0) return refuse('asked-anyway');
  if (free.some((day) => isOnLeave(day, { leave }))) return refuse('on-leave');
  return { duty: new Set([...duty, ...free.map(String)]), changed: free.filter((day) => !duty.has(day.toString())) };
};
