/** What is counted of a member's reports and items in a period. */
import { compareDays, type Day, daysOf, epochDay } from './calendar.ts';
import { dueOf } from './lamp.ts';
import { duesIn, isOnLeave, type MemberFacts, type PlannedDay, planOf, type Reckoning } from './owing.ts';
import type { ClosedItem, ItemRef, OpenItem } from './report.ts';
import type { Figures } from './score.ts';

/** The days from `from` to `to` that count now, both inclusive, as the rules of a unit have them: none after today. */
export const planFor = ({ from, to }: { readonly from: Day; readonly to: Day }, reckoning: Reckoning) => {
  const today = reckoning.now.toPlainDate();
  return planOf(daysOf(from, compareDays(to, today) < 0 ? to : today), reckoning);
};

/**
 * One member's figures from `from` to `to`, both inclusive; days after today do not count. A week's report belongs to
 * the period in which the last workday of its week lies. `plan`: that of the unit, where many are counted.
 */
export const figuresOf = (
  member: MemberFacts,
  span: { readonly from: Day; readonly to: Day },
  reckoning: Reckoning,
  plan: readonly PlannedDay[] = planFor(span, reckoning),
): Figures => {
  const asked = new Set(plan.flatMap(({ day, isAskedOfAll }) => (isAskedOfAll ? [day] : [])));
  const counts = { onTime: 0, late: 0, missing: 0, pending: 0, leave: 0, off: 0, joining: 0, provisional: 0 };
  let duty = 0;
  for (const { day, monday, standing } of duesIn(plan, member)) {
    counts[standing] += 1;
    if (monday === null && !asked.has(day)) duty += 1;
  }
  const { onTime, late, missing, leave, pending, joining, provisional } = counts;
  return {
    ...{ expected: onTime + late + missing, onTime, late, leave, pending, joining, provisional, duty },
    ...itemFigures(member, plan, span.from, reckoning),
  };
};

type ItemFigures = Pick<Figures, 'named' | 'cleared' | 'carried' | 'inTime' | 'waiting'>;

const itemFigures = (
  member: MemberFacts,
  plan: readonly PlannedDay[],
  from: Day,
  { calendar, now }: Reckoning,
): ItemFigures => {
  const today = epochDay(now);
  const closings = new Map(member.closed.map((item) => [refKey(item), epochDay(item.closedOn)]));
  const counts = { named: 0, cleared: 0, carried: 0, inTime: 0, waiting: 0 };

  const dueWithLeave = (day: Day) => epochDay(dueOf({ day }, calendar, (on) => isOnLeave(on, member)));
  const countUnfinished = (item: ItemRef, due: number) => {
    const closedOn = closings.size === 0 ? undefined : closings.get(refKey(item));
    counts.named += 1;
    if (closedOn !== undefined && closedOn <= due) counts.cleared += 1;
    if (closedOn === undefined && today <= due) counts.inTime += 1;
  };

  for (const item of carriedInto(member, from)) {
    counts.carried += 1;
    countUnfinished(item, dueWithLeave(item.day));
  }
  for (const { day, iso, clearedBy } of plan) {
    for (const { entry, letters } of member.days.get(iso)?.entries ?? []) {
      for (let index = 0; index < letters.length; index += 1) {
        const letter = letters[index];
        if (letter === 'w' || letter === 'h') counts.waiting += 1;
        if (letter === 'o')
          countUnfinished({ entry, index }, member.leave.length === 0 ? clearedBy : dueWithLeave(day));
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
