/** A closed month or quarter, by what was frozen of the whole organisation: for all of it, or for whoever is compared. */
import { Temporal } from 'temporal-polyfill';
import { type BoardRule, boardOf, ruleOn, rulerOf } from '../domain/board.ts';
import { frozenName } from '../domain/frozen.ts';
import type { Unit, UnitId } from '../domain/organisation.ts';
import { type Period, periodBefore, type Span } from '../domain/period.ts';
import type { UnitFigures } from '../domain/score.ts';
import type { FrozenBoards, FrozenHead } from '../ports.ts';
import type { Board, BoardSources } from './read-board.ts';

/** `compared`: under the names they are shown by; null for everybody who stood on it, as they were called then. */
type Asked = {
  readonly units: readonly Unit[];
  readonly compared: readonly Unit[] | null;
  readonly rule: BoardRule;
};

/** Null while it is not frozen: then it is what the log says now. Whoever came later is counted live, without a report. */
export const closedBoard = async (period: Period, asked: Asked, sources: BoardSources): Promise<Board | null> => {
  const { boards, calendar, now } = sources;
  const name = frozenName(period);
  const head = name === null ? null : await boards.frozen.head(name);
  if (name === null || head === null) return null;
  const ids = asked.compared?.map(({ id }) => id) ?? (await everybody(name, head, boards.frozen));
  const before = periodBefore(period, calendar);
  const [figures, beforeFigures] = await Promise.all([
    figuresOf(period, ids, asked, sources),
    figuresOf(before, ids, asked, sources),
  ]);
  const rule = ruleThen(head, asked);
  return {
    ...{ period, before, rule: ruleOn(rule, figures) },
    rows: boardOf(figures, beforeFigures, rule),
    beforeRows: boardOf(beforeFigures, [], rule),
    frozenOn: frozenDay(head, now),
  };
};

export const frozenDay = ({ at }: FrozenHead, now: Temporal.ZonedDateTime): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(now.timeZoneId).toPlainDate();

const everybody = async (name: string, { ranked, unranked }: FrozenHead, frozen: FrozenBoards): Promise<UnitId[]> => [
  ...(await frozen.page(name, 0, ranked)).map(({ id }) => id),
  ...unranked,
];

const figuresOf = async (
  period: Pick<Period, 'kind'> & Span,
  ids: readonly UnitId[],
  { units, compared }: Asked,
  { boards, now }: BoardSources,
): Promise<readonly UnitFigures[]> => {
  const found = await boards.frozen.figures(frozenName(period) ?? '', ids);
  const named = new Map((compared ?? units).map((unit) => [unit.id, unit]));
  const others = ids.flatMap((id, i) => (found[i] ? [] : (named.get(id) ?? [])));
  const live = others.length === 0 ? [] : await boards.units(others, period.from, period.to, now);
  const label = (id: UnitId) => (compared === null ? undefined : named.get(id)?.name);
  return [...found.flatMap((one) => (one ? [{ ...one, name: label(one.unit) ?? one.name }] : [])), ...live];
};

/** Of the rule then, where the same unit’s settings decide; what a lower one had set is known as it is now. */
const ruleThen = ({ rule }: FrozenHead, { units, compared, rule: now }: Asked): BoardRule => {
  const isSame = compared === null || rulerOf(units, compared) === rulerOf(units, units);
  // The revision of the indicators is put behind it again, by those who stand on this board.
  return isSame ? { ...rule, version: rule.version.replace(/-s\d+$/u, '') } : now;
};
