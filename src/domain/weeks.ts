/** The spans that boards and digests speak of: whole weeks, Monday to Sunday. */
import { type Calendar, type Day, epochDay, fromEpochDay, mondayOf, previousWorkday } from './calendar.ts';

/** Both inclusive: a Monday and its Sunday. */
export type Week = { readonly from: Day; readonly to: Day };

export const weekOf = (day: Day): Week => {
  const monday = mondayOf(day);
  return { from: monday, to: fromEpochDay(epochDay(monday) + 6) };
};

/** The last week before this one that had a workday: after a week of holidays, the one before the holidays. */
export const weekBefore = ({ from }: Week, calendar: Calendar): Week => weekOf(previousWorkday(from, calendar));
