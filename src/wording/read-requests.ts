import type { Temporal } from 'temporal-polyfill';
import { compareDays, epochDay } from '../domain/calendar.ts';
import type { Unit } from '../domain/organisation.ts';
import type { OpenItem } from '../domain/report.ts';
import type { MemberId } from '../message.ts';
import type { HelpItem, ReportStore } from '../ports.ts';

/** A request that waits for an answer. */
export type WaitingRequest = OpenItem & { readonly number: number; readonly unit: Unit };

type Asked = { readonly unit: Unit; readonly member: MemberId; readonly item: OpenItem };

/** What asks for help among the open items of a unit, and has no answer yet. */
export const unanswered = (unit: Unit, open: ReadonlyMap<MemberId, readonly OpenItem[]>): readonly Asked[] =>
  [...open].flatMap(([member, items]) =>
    items.filter(({ kind, answered }) => kind === 'help' && !answered).map((item) => ({ unit, member, item })),
  );

/**
 * Gives open items that ask for help the numbers under which they are answered, oldest first. One whose report was cut
 * off before it was numbered gets its number here.
 */
export const withNumbers = async (
  asked: readonly Asked[],
  reports: ReportStore,
  at: Temporal.Instant,
): Promise<readonly WaitingRequest[]> => {
  const places = asked.map(({ unit, member, item: { day, entry, index } }) => ({
    ...{ unit: unit.id, member, day, entry, index },
  }));
  const known = await reports.helpNumbers(places);
  const late = places.filter((_, i) => known[i] === null);
  for (const place of late) await reports.numberHelp([place], { message: messageOf(place), by: place.member, at });
  const numbers = late.length === 0 ? known : await reports.helpNumbers(places);
  return asked
    .flatMap(({ unit, item }, i) => (numbers[i] == null ? [] : [{ ...item, number: numbers[i], unit }]))
    .sort((a, b) => compareDays(a.day, b.day) || a.number - b.number);
};

const messageOf = ({ unit, day, entry, index }: HelpItem): string => `help ${unit} ${epochDay(day)} ${entry} ${index}`;

/** What waits for an answer in `units`, oldest first. */
export const requestsIn = async (
  units: readonly Unit[],
  { reports, now }: { readonly reports: ReportStore; readonly now: Temporal.ZonedDateTime },
): Promise<readonly WaitingRequest[]> => {
  const today = now.toPlainDate();
  const asked = units.map(async (unit) => unanswered(unit, (await reports.period(unit.id, today, today)).open));
  return withNumbers((await Promise.all(asked)).flat(), reports, now.toInstant());
};
