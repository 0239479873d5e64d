/** Who is missing on a day, found without looking closely at those who are not: most have filed. */
import { type Day, epochDay } from './calendar.ts';
import { isAsked, isAskedOfAll, isOnLeave, isOver, type LeaveSpan, type Reckoning } from './owing.ts';

/** What a unit's people did on one day, as far as it says who is missing. */
export type DayRoll = {
  /** Late or not. */
  readonly filed: Pick<ReadonlySet<string>, 'has'>;
  readonly leave: (member: string) => readonly LeaveSpan[];
  /** ISO days. */
  readonly duty: (member: string) => ReadonlySet<string>;
};

/** The members whose standing on `day` is missing, in the order given. */
export const missingOn = <Person extends { readonly id: string; readonly since: Day | null }>(
  day: Day,
  members: readonly Person[],
  roll: DayRoll,
  reckoning: Reckoning,
): readonly Person[] => {
  const silent = members.filter(({ id }) => !roll.filed.has(id));
  if (silent.length === 0 || !reckoning.calendar.isKnown(day) || !isOver(day, reckoning.deadline, reckoning.now)) {
    return [];
  }
  const isAskedOfEach = isAskedOfAll(day, reckoning);
  const on = epochDay(day);
  return silent.filter(({ id, since }) => {
    if (since === null || on <= epochDay(since)) return false;
    const isTheirs = isAskedOfEach || isAsked(day, { duty: roll.duty(id) }, reckoning);
    return isTheirs && !isOnLeave(day, { leave: roll.leave(id) });
  });
};
