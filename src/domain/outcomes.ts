/** What a digest says of a span of days: results and what is in the way, as counts. No person is in it. */
import { type Calendar, compareDays, type Day, daysOf, workdaysBetween } from './calendar.ts';
import { figuresOf } from './figures.ts';
import { carriedLamp, type LampRule } from './lamp.ts';
import { isOnLeave, type MemberFacts, type Reckoning } from './owing.ts';
import { type Figures, sumOf } from './score.ts';

export type Outcomes = {
  readonly figures: Figures;
  /** Items reported as done, and unfinished ones that were closed. */
  readonly done: number;
  /** Items newly reported as unfinished; those that wait on somebody are not among them. */
  readonly unfinished: number;
};

/** Both days inclusive. */
export const outcomesOf = (
  members: readonly MemberFacts[],
  span: { readonly from: Day; readonly to: Day },
  reckoning: Reckoning,
): Outcomes => {
  const isWithin = (day: Day) => compareDays(span.from, day) <= 0 && compareDays(day, span.to) <= 0;
  const letters = members.flatMap(({ days }) =>
    daysOf(span.from, span.to).flatMap((day) => days.get(day.toString())?.entries.map((entry) => entry.letters) ?? []),
  );
  const said = letters.join('');
  const closings = members.flatMap(({ closed }) => closed.filter(({ closedOn }) => isWithin(closedOn)));
  return {
    figures: sumOf(members.map((member) => figuresOf(member, span, reckoning))),
    done: said.split('d').length - 1 + closings.length,
    unfinished: said.split('o').length - 1,
  };
};

/** What stands open now, whenever it was named. */
export type OpenState = {
  readonly waiting: number;
  /** Past their due day: yellow, and after more workdays than the rule allows red. */
  readonly yellow: number;
  readonly red: number;
  /** Named so many workdays ago and neither closed nor told anew since: nothing is heard of them. */
  readonly silent: number;
  /** Workdays since the oldest unfinished item was named. */
  readonly oldest: number;
};

/** Two weeks: two weekly digests have passed over it. */
export const SILENT_WORKDAYS = 10;

export const openNow = (
  members: readonly MemberFacts[],
  today: Day,
  calendar: Calendar,
  rule?: LampRule,
): OpenState => {
  const open = members.flatMap((member) => member.open.map((item) => ({ item, member })));
  const lamps = open.map(
    ({ item, member }) => carriedLamp(item, today, calendar, (day) => isOnLeave(day, member), rule).lamp,
  );
  return {
    waiting: open.filter(({ item }) => item.kind === 'waiting').length,
    yellow: lamps.filter((lamp) => lamp === 'yellow').length,
    red: lamps.filter((lamp) => lamp === 'red').length,
    silent: open.filter(({ item }) => workdaysBetween(item.day, today, calendar) >= SILENT_WORKDAYS).length,
    oldest: Math.max(0, ...open.map(({ item }) => workdaysBetween(item.day, today, calendar))),
  };
};
