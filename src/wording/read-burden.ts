/** Reads what a month of the bot has cost. */
import { Temporal } from 'temporal-polyfill';
import { type Burden, burdenOf, type Nudged, nudgeOutcome, SILENT_DAYS } from '../domain/burden.ts';
import type { Calendar, Day } from '../domain/calendar.ts';
import type { Member, Unit, UnitId } from '../domain/organisation.ts';
import { factsOf, isOnLeave } from '../domain/owing.ts';
import { settingsOf } from '../domain/settings.ts';
import type { MemberId } from '../message.ts';
import type { BurdenStore, Directory, ReportStore } from '../ports.ts';

export type BurdenSources = {
  readonly burden: BurdenStore;
  readonly directory: Directory;
  readonly reports: ReportStore;
  readonly calendar: Calendar;
  readonly now: Temporal.ZonedDateTime;
};

/** Units read at the same time. */
const AT_ONCE = 32;

/** `first`: any day of the month. */
export const readBurden = async (first: Day, sources: BurdenSources): Promise<Burden> => {
  const { burden, directory, now } = sources;
  const month = first.toPlainYearMonth().toString();
  const [{ chats, kinds }, moments, units] = await Promise.all([
    burden.sent(month),
    burden.nudged(month),
    directory.units(),
  ]);
  const people = await directory.known([...moments.keys()]);
  const asked = [...moments].flatMap(([id, times]) => {
    const member = people.get(id);
    return member?.unit ? [{ member, times, unit: member.unit }] : [];
  });
  const byUnit = Map.groupBy(asked, ({ unit }) => unit);
  const nudged: Nudged[] = [];
  const silent = new Set<UnitId>();
  for (let i = 0; i < units.length; i += AT_ONCE) {
    const some = units.slice(i, i + AT_ONCE);
    const read = some.map(async (unit) => {
      const own = byUnit.get(unit.id) ?? [];
      if (own.length > 0) nudged.push(...(await outcomesIn(unit, own, first, sources)));
      if (await isSilent(unit, now.toPlainDate(), sources)) silent.add(unit.id);
    });
    await Promise.all(read);
  }
  return burdenOf({ chats, kinds, nudged, units, silent });
};

type Asked = { readonly member: Member; readonly times: readonly number[]; readonly unit: UnitId };

const outcomesIn = async (
  unit: Unit,
  asked: readonly Asked[],
  first: Day,
  { reports, now }: BurdenSources,
): Promise<readonly Nudged[]> => {
  const from = first.with({ day: 1 });
  const period = await reports.period(unit.id, from, first.with({ day: first.daysInMonth }));
  return asked.flatMap(({ member, times }) => {
    const facts = factsOf(member, period);
    return times.map((at) => {
      const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(now.timeZoneId).toPlainDate();
      const record = facts.days.get(day.toString());
      const end = day.add({ days: 1 }).toZonedDateTime(now.timeZoneId).epochMilliseconds;
      const outcome = nudgeOutcome(at, { filed: record?.at ?? null, isAway: isOnLeave(day, facts), end });
      return { unit: unit.id, ...outcome };
    });
  });
};

/** A unit that owes nothing is not silent, it is spared: its cadence says so. */
const isSilent = async (unit: Unit, today: Day, { reports }: BurdenSources): Promise<boolean> => {
  const { cadence } = settingsOf(unit);
  if (unit.chats.length === 0 || cadence === 'off' || cadence === 'exception') return false;
  const { days, weeks } = await reports.period(unit.id, today.subtract({ days: SILENT_DAYS - 1 }), today);
  const hasAny = (some: ReadonlyMap<string, ReadonlyMap<MemberId, unknown>>) =>
    [...some.values()].some(({ size }) => size > 0);
  return !hasAny(days) && !hasAny(weeks);
};
