import { compareDays, type Day, daysOf, epochDay, fromEpochDay } from '../domain/calendar.ts';
import type { UnitId } from '../domain/organisation.ts';
import { type ItemKind, type ItemRef, itemKinds, kindLetters } from '../domain/report.ts';
import type { MemberId } from '../message.ts';
import type { ReportStore, UnitPeriod } from '../ports.ts';

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
  unit: UnitId,
  member: MemberId,
  monday: Day,
): Promise<readonly WeekItem[]> =>
  itemsOf(await reports.period(unit, monday, fromEpochDay(epochDay(monday) + 6)), member, reports);

/** The same, when the unit's week has been read already. `week` begins on a Monday. */
export const itemsOf = async (
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
