import { compareDays, type Day, daysOf, epochDay, fromEpochDay } from '../domain/calendar.ts';
import type { Member, Unit } from '../domain/organisation.ts';
import { type ItemKind, type ItemRef, itemKinds, kindLetters } from '../domain/report.ts';
import type { MemberId } from '../message.ts';
import type { ReportStore, UnitPeriod } from '../ports.ts';
import { idsOf, ownFrom, toldItems } from './history.ts';

/** An item as the week looks back on it. `day` named it; `closed`: it was unfinished then and is done by now. */
export type WeekItem = {
  readonly day: Day;
  readonly kind: ItemKind;
  readonly text: string;
  readonly closed: boolean;
};

/** Everything a member's week is drafted from: what its days named, and what was carried into it. In order of days. */
export const weekItems = async (
  reports: ReportStore,
  { member, unit }: { readonly member: Member; readonly unit: Unit },
  monday: Day,
): Promise<readonly WeekItem[]> =>
  itemsOf(await reports.period(unit.id, monday, fromEpochDay(epochDay(monday) + 6)), member, reports);

/** The same, when the unit's week has been read already. `week` begins on a Monday. */
export const itemsOf = async (
  week: UnitPeriod,
  member: Member,
  reports: Pick<ReportStore, 'texts' | 'daysOf'>,
): Promise<readonly WeekItem[]> => {
  const here = (await Promise.all(idsOf(member).map((id) => itemsHere(week, id, reports)))).flat();
  const elsewhere = await itemsElsewhere(week, member, reports);
  // What was carried along is closed, or still open, where the member is now.
  const wasClosed = ({ day, text }: WeekItem) =>
    idsOf(member).some((id) => week.closed.get(id)?.some((item) => item.text === text && item.day.equals(day)));
  return [...elsewhere.map((item) => ({ ...item, closed: wasClosed(item) })), ...here].toSorted((a, b) =>
    compareDays(a.day, b.day),
  );
};

/** What the member told in a unit that was left in the week. */
const itemsElsewhere = async (
  { unit, from, to }: UnitPeriod,
  member: Member,
  reports: Pick<ReportStore, 'texts' | 'daysOf'>,
): Promise<readonly WeekItem[]> => {
  const left = (member.homes ?? []).filter((home) => home.unit !== unit && compareDays(home.until, from) >= 0);
  if (left.length === 0) return [];
  const units = [...new Set(left.map((home) => home.unit))];
  const told = await toldItems({ ...ownFrom(member, { from, to }), units }, reports);
  return told.map((item) => ({ ...item, closed: false }));
};

const itemsHere = async (
  week: UnitPeriod,
  member: MemberId,
  reports: Pick<ReportStore, 'texts'>,
): Promise<readonly WeekItem[]> => {
  const { from: monday, to: sunday } = week;
  const closed = (week.closed.get(member) ?? []).filter(({ closedOn }) => compareDays(closedOn, sunday) <= 0);
  const isClosed = ({ entry, index }: ItemRef) => closed.some((item) => item.entry === entry && item.index === index);

  const carried = [...closed, ...(week.open.get(member) ?? [])]
    .filter(({ day }) => compareDays(day, monday) < 0)
    .map((item) => ({ day: item.day, kind: item.kind, text: item.text, closed: isClosed(item) }))
    .sort((a, b) => compareDays(a.day, b.day));

  const named = daysOf(monday, sunday).flatMap((day) =>
    (week.days.get(day.toString())?.get(member)?.entries ?? []).flatMap(({ entry, letters }) =>
      [...letters].flatMap((letter, index) => {
        const kind = itemKinds.find((known) => kindLetters[known] === letter);
        return kind ? [{ entry, index, kind, day }] : [];
      }),
    ),
  );
  const texts = await reports.texts(week.unit, named);
  // An item whose words were erased is not drafted.
  const days = named.flatMap((item, i) => {
    const text = texts[i];
    return text == null ? [] : [{ day: item.day, kind: item.kind, text, closed: isClosed(item) }];
  });
  return [...carried, ...days];
};
