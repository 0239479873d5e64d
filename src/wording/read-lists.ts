/** Reads what an issue is drafted from, and what has become of its causes since. */
import type { Temporal } from 'temporal-polyfill';
import { boardOf, ruleFor, ruleOn } from '../domain/board.ts';
import { cadenceOn } from '../domain/cadence.ts';
import type { Calendar, Day } from '../domain/calendar.ts';
import { carriedLamp, lampRuleOf } from '../domain/lamp.ts';
import { type ListPeriod, listed, minuteText } from '../domain/list-dates.ts';
import { candidateCounts, draftRows, LIST_RULE } from '../domain/list-draft.ts';
import type { DraftEvent } from '../domain/list-events.ts';
import { type ListCuts, type ListRow, type RedItem, rowsOf } from '../domain/lists.ts';
import { labelled, type Unit } from '../domain/organisation.ts';
import { factsOf, isOnLeave } from '../domain/owing.ts';
import { defaults, type Settings, settingsOf } from '../domain/settings.ts';
import type { BoardStore, Directory, ListBasis, ListStore, ReportStore } from '../ports.ts';

export type ListSources = {
  readonly reports: ReportStore;
  readonly directory: Directory;
  readonly boards: BoardStore;
  readonly lists: ListStore;
  readonly calendar: Calendar;
  readonly now: Temporal.ZonedDateTime;
};

/** A red item as the unit itself may see it. */
export type RedFacts = RedItem & { readonly text: string; readonly due: Day; readonly over: number };

/** The open red items of a unit, that which is overdue longest first. Where nothing is asked of anybody, none. */
export const readReds = async (
  unit: Unit,
  { reports, directory, calendar, now }: Pick<ListSources, 'reports' | 'directory' | 'calendar' | 'now'>,
): Promise<readonly RedFacts[]> => {
  const today = now.toPlainDate();
  if (cadenceOn(unit, today) === 'off') return [];
  const [people, period] = await Promise.all([directory.membersOf(unit.id), reports.period(unit.id, today, today)]);
  const rule = lampRuleOf(settingsOf(unit));
  const reds = people.flatMap((person) => {
    const facts = factsOf(person, period);
    return facts.open.flatMap((item) => {
      const { lamp, due, over } = carriedLamp(item, today, calendar, (on) => isOnLeave(on, facts), rule);
      const { entry, index, text } = item;
      return lamp === 'red' ? [{ entry, index, text, due, over, redDays: over - rule.grace }] : [];
    });
  });
  return reds.sort((a, b) => b.redDays - a.redDays || a.entry - b.entry || a.index - b.index);
};

export const isSameItem = (a: RedItem, b: RedItem): boolean => a.entry === b.entry && a.index === b.index;

/** Of the causes of a row, those that are still open and red, as they stand now. */
export const stillRed = (row: ListRow, now: readonly RedFacts[]): readonly RedFacts[] =>
  now.filter((item) => row.reds.some((cause) => isSameItem(cause, item)));

const cutsOf = ({ honourMost, honourLeast, warningMost }: Settings): ListCuts => ({
  honourMost,
  honourLeast,
  warningMost,
});

const versionOf = (cuts: ListCuts): string => {
  const { honourMost, honourLeast, warningMost } = cuts;
  const isDefault = JSON.stringify(cuts) === JSON.stringify(cutsOf(defaults));
  return isDefault ? LIST_RULE : `${LIST_RULE}-${honourMost}-${honourLeast}-${warningMost}`;
};

type Made = { readonly basis: ListBasis; readonly event: Omit<DraftEvent, 'number' | 'hash'> };

/**
 * The draft of a period by rule, with all that it was made from. Null where there is nothing to compare: fewer than two
 * units, or none with a place or a red item.
 */
export const readDraft = async (
  by: string,
  period: ListPeriod,
  sources: Omit<ListSources, 'lists'>,
): Promise<Made | null> => {
  const { directory, boards, now } = sources;
  const all = await directory.units();
  const { home, compared } = listed(all);
  if (!home || compared.length < 2) return null;
  const asked = ruleFor(all, compared);
  const named = labelled(all, compared);
  const [figures, reds] = await Promise.all([
    boards.units(named, period.from, period.to, now),
    Promise.all(named.map(async (unit) => [unit.id, await readReds(unit, sources)] as const)),
  ]);
  const redsOf = new Map(reds);
  const rule = ruleOn(asked, figures);
  const board = new Map(boardOf(figures, [], asked).map((row) => [row.figures.unit, row]));
  const units = figures.map((one) => ({
    unit: one.unit,
    name: one.name,
    score: board.get(one.unit)?.score ?? null,
    rank: board.get(one.unit)?.rank ?? null,
    reds: (redsOf.get(one.unit) ?? []).map(({ entry, index, redDays }) => ({ entry, index, redDays })),
    figures: one,
  }));
  if (units.every(({ rank, reds }) => rank === null && reds.length === 0)) return null;

  const cuts = cutsOf(settingsOf(home));
  const [from, to] = [period.from.toString(), period.to.toString()];
  const on = minuteText(now.toPlainDateTime());
  const rows = draftRows({ cuts, units }).map(({ kind, unit, name, score, rank, reds }) => ({
    ...{ kind, unit, name, score, rank, reds },
  }));
  return {
    basis: JSON.stringify({ from, to, on, listRule: LIST_RULE, cuts, rule, units }),
    event: {
      ...{ type: 'draft', by, on, from, to, rows, cuts },
      candidates: candidateCounts({ cuts, units }),
      ruleVersion: `${rule.version}+${versionOf(cuts)}`,
    },
  };
};

/** What the warned rows that would be published have come to: which leave by themselves, and what is left of the others. */
export const readCauses = async (rows: readonly ListRow[], sources: Omit<ListSources, 'lists' | 'boards'>) => {
  const units = await sources.directory.units();
  const warned = rowsOf(rows, 'warning').map(async (row) => {
    const unit = units.find(({ id }) => id === row.unit);
    return { row, left: unit ? stillRed(row, await readReds(unit, sources)) : [] };
  });
  return Promise.all(warned);
};
