/** Where a member belonged in a span of days: what was owed in a unit is reckoned by that unit's rules. */
import { compareDays, type Day } from '../domain/calendar.ts';
import type { FormerHome, Member, Unit } from '../domain/organisation.ts';
import { factsOf, type MemberFacts } from '../domain/owing.ts';
import type { Directory, ReportStore } from '../ports.ts';

type Span = { readonly from: Day; readonly to: Day };

/** `span`: the days of the span that lie in it. */
export type Stay = { readonly unit: Unit; readonly span: Span; readonly facts: MemberFacts };

/** The units that the member has left within the span or after it, oldest first. */
export const earlierStays = async (
  member: Member,
  span: Span,
  { reports, directory }: { readonly reports: Pick<ReportStore, 'period'>; readonly directory: Directory },
): Promise<readonly Stay[]> => {
  const stays = (member.homes ?? []).map(async (home) => {
    const within = daysIn(home, span);
    const unit = within && (await directory.unit(home.unit));
    if (!unit) return [];
    const period = await reports.period(unit.id, within.from, within.to);
    return [{ unit, span: within, facts: factsOf({ ...member, since: home.since }, period) }];
  });
  return (await Promise.all(stays)).flat();
};

/** The days of `span` that are left for the present unit: those before the last move belonged to another. */
export const daysHere = ({ homes = [] }: Member, { from, to }: Span): Span => {
  const moved = homes.at(-1)?.until;
  return { from: moved && compareDays(moved, from) > 0 ? moved : from, to };
};

/** The day of leaving belongs to the next unit. Null: none of them. A home without a first day asked for nothing. */
const daysIn = ({ since, until }: FormerHome, { from, to }: Span): Span | null => {
  if (since === null) return null;
  const [first, last] = [compareDays(since, from) > 0 ? since : from, until.subtract({ days: 1 })];
  const end = compareDays(last, to) < 0 ? last : to;
  return compareDays(first, end) > 0 ? null : { from: first, to: end };
};

/** What was filed in all of them: a week may have begun in one and ended in another. */
export const filedIn = (stays: readonly Stay[]): Pick<MemberFacts, 'days' | 'weeks'> => ({
  days: new Map(stays.flatMap(({ facts }) => [...facts.days])),
  weeks: new Map(stays.flatMap(({ facts }) => [...facts.weeks])),
});
