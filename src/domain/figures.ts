/** What is counted of a member's reports and items in a period. */
import { compareDays, type Day, daysOf } from './calendar.ts';
import { dueOf } from './lamp.ts';
import { duesOn, isAskedOfAll, isOnLeave, type MemberFacts, type Reckoning, type Standing } from './owing.ts';
import type { ClosedItem, ItemRef, OpenItem } from './report.ts';
import type { Figures } from './score.ts';

/**
 * One member's figures from `from` to `to`, both inclusive; days after today do not count. A week's report belongs to
 * the period in which the last workday of its week lies.
 */
export const figuresOf = (
  member: MemberFacts,
  { from, to }: { readonly from: Day; readonly to: Day },
  reckoning: Reckoning,
): Figures => {
  const today = reckoning.now.toPlainDate();
  const days = daysOf(from, compareDays(to, today) < 0 ? to : today);
  const dues = duesOn(days, member, reckoning);
  const count = (...wanted: readonly Standing[]) => dues.filter(({ standing }) => wanted.includes(standing)).length;
  return {
    expected: count('onTime', 'late', 'missing'),
    onTime: count('onTime'),
    late: count('late'),
    leave: count('leave'),
    pending: count('pending'),
    joining: count('joining'),
    provisional: count('provisional'),
    duty: dues.filter(({ day, monday }) => monday === null && !isAskedOfAll(day, reckoning)).length,
    ...itemFigures(member, days, from, reckoning),
  };
};

type ItemFigures = Pick<Figures, 'named' | 'cleared' | 'carried' | 'inTime' | 'waiting'>;

const itemFigures = (
  member: MemberFacts,
  days: readonly Day[],
  from: Day,
  { calendar, now }: Reckoning,
): ItemFigures => {
  const today = now.toPlainDate();
  const closings = new Map(member.closed.map((item) => [refKey(item), item.closedOn]));
  const counts = { named: 0, cleared: 0, carried: 0, inTime: 0, waiting: 0 };

  const countUnfinished = (item: ItemRef, day: Day) => {
    const closedOn = closings.get(refKey(item));
    const due = dueOf({ day }, calendar, (on) => isOnLeave(on, member));
    counts.named += 1;
    if (closedOn && compareDays(closedOn, due) <= 0) counts.cleared += 1;
    if (!closedOn && compareDays(today, due) <= 0) counts.inTime += 1;
  };

  for (const item of carriedInto(member, from)) {
    counts.carried += 1;
    countUnfinished(item, item.day);
  }
  for (const day of days) {
    for (const { entry, letters } of member.days.get(day.toString())?.entries ?? []) {
      for (const [index, letter] of [...letters].entries()) {
        if (letter === 'w' || letter === 'h') counts.waiting += 1;
        if (letter === 'o') countUnfinished({ entry, index }, day);
        if (letter === 'd') {
          counts.named += 1;
          counts.cleared += 1;
        }
      }
    }
  }
  return counts;
};

/**
 * Items that were named before `from` and still unfinished when it began; those waiting on others are not among them.
 */
const carriedInto = ({ open, closed }: MemberFacts, from: Day): readonly (OpenItem | ClosedItem)[] =>
  [...open, ...closed.filter(({ closedOn }) => compareDays(closedOn, from) >= 0)].filter(
    ({ kind, day }) => kind === 'open' && compareDays(day, from) < 0,
  );

const refKey = ({ entry, index }: ItemRef): string => `${entry}.${index}`;
