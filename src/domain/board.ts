/** Places on a board of units. */
import { byUnitCode, type Unit, type UnitId } from './organisation.ts';
import { type Figures, meansOf, type ScoreRule, scoreRule, type UnitFigures, unitScoreOf } from './score.ts';
import { defaults, type Settings, settingsOf } from './settings.ts';

/** By which numbers a board is made and shown. */
export type BoardRule = ScoreRule & {
  /** Fewer reports expected than this: 样本不足, no place. */
  readonly least: number;
  /** So many places the group sees. */
  readonly top: number;
  /** A unit sees itself and so many neighbours each side. */
  readonly neighbours: number;
};

/** The rule that a unit's settings make. */
export const boardRuleOf = (settings: Settings): BoardRule => {
  const { boardLeast: least, boardTop: top, boardNeighbours: neighbours, weightOnTime, weightCleared } = settings;
  const { boardSmoothing: count } = settings;
  const isChanged = (['boardLeast', 'weightOnTime', 'weightCleared'] as const).some(
    (name) => settings[name] !== defaults[name],
  );
  return {
    weights: { ...scoreRule.weights, onTimeReport: weightOnTime, cleared: weightCleared },
    version:
      (isChanged ? `${scoreRule.version}-${weightOnTime}-${weightCleared}-${least}` : scoreRule.version) +
      (count > 0 ? `-k${count}` : ''),
    ...(count > 0 && { smoothing: { count, means: {} } }),
    least,
    top,
    neighbours,
  };
};

export const boardRule: BoardRule = boardRuleOf(defaults);

/**
 * The rule as it is for those who stand on one board: with their means where it smooths, and in its version the newest of
 * the sheets that weigh their special indicators.
 */
export const ruleOn = <Rule extends ScoreRule>(
  rule: Rule,
  all: readonly (Figures & Pick<UnitFigures, 'specials'>)[],
): Rule => {
  const { smoothing } = rule;
  const revision = all.reduce((newest, { specials }) => Math.max(newest, specials?.revision ?? 0), 0);
  return {
    ...rule,
    ...(smoothing && { smoothing: { ...smoothing, means: meansOf(all) } }),
    version: revision > 0 ? `${rule.version}-s${revision}` : rule.version,
  };
};

/**
 * Under whose rule `compared` stand on one board: that of the lowest unit which is above them all, or is the highest of
 * them; units without one have the defaults.
 */
export const ruleFor = (units: readonly Unit[], compared: readonly Unit[]): BoardRule => {
  const ruling = units.find(({ id }) => id === rulerOf(units, compared));
  return boardRuleOf(settingsOf(ruling ?? { settings: {} }));
};

/** The unit whose settings rule that board; undefined for none. */
export const rulerOf = (units: readonly Unit[], compared: readonly Unit[]): UnitId | undefined => {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const lineOf = (unit: Unit): readonly UnitId[] => {
    const above = unit.parent === null ? undefined : byId.get(unit.parent);
    return above ? [...lineOf(above), unit.id] : [unit.id];
  };
  const [first = [], ...others] = compared.map(lineOf);
  const common = first.filter((id, depth) => others.every((line) => line[depth] === id));
  // One unit alone is ranked by the one above it, where there is one.
  return compared.length === 1 && common.length > 1 ? common.at(-2) : common.at(-1);
};

export type BoardRow = {
  readonly figures: UnitFigures;
  /** In tenths of a point; null while the sample is too small. */
  readonly score: number | null;
  /** Equal scores share a place: 1, 1, 3. Null while the sample is too small. */
  readonly rank: number | null;
  /**
   * Places gained (negative: lost) and tenths of a point since the period before; null when one of the two has no
   * place.
   */
  readonly change: { readonly places: number; readonly tenths: number } | null;
};

/** Whether there is enough to compare. Fewer than 5 tasks due stands beside it once there are tasks. */
const isRankable = ({ expected }: UnitFigures, { least }: BoardRule): boolean => expected >= least;

/** The board, best first, equal scores and those without a place in unit-code order. `before`: the period before. */
export const boardOf = (
  figures: readonly UnitFigures[],
  before: readonly UnitFigures[],
  rule: BoardRule = boardRule,
): readonly BoardRow[] => {
  const earlier = new Map(placed(before, rule).map((row) => [row.figures.unit, row]));
  return placed(figures, rule).map((row) => ({ ...row, change: changeOf(row, earlier.get(row.figures.unit)) }));
};

type Placed = Omit<BoardRow, 'change'>;

const placed = (all: readonly UnitFigures[], rule: BoardRule): readonly Placed[] => {
  const onBoard = ruleOn(rule, all);
  return placesBy(
    all.map((figures) => ({ figures, score: rankedScore(figures, onBoard) })),
    (a, b) => byUnitCode(codeOf(a), codeOf(b)),
  );
};

/** The score by which a unit is ranked, in tenths; null while the sample is too small. */
export const rankedScore = (figures: UnitFigures, rule: BoardRule): number | null =>
  isRankable(figures, rule) ? unitScoreOf(figures, rule) : null;

/** Best first, equal scores in one place and in `order`, those without a score last. */
export const placesBy = <Scored extends { readonly score: number | null }>(
  all: readonly Scored[],
  order: (a: Scored, b: Scored) => number,
): readonly (Scored & { readonly rank: number | null })[] => {
  const rows = all.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1) || order(a, b));
  let rank = 0;
  return rows.map((row, i) => {
    if (row.score !== rows[i - 1]?.score) rank = i + 1;
    return { ...row, rank: row.score === null ? null : rank };
  });
};

const codeOf = ({ figures }: { readonly figures: UnitFigures }): { readonly id: UnitId } => ({ id: figures.unit });

const changeOf = (now: Placed, before: Placed | undefined): BoardRow['change'] =>
  now.rank === null || now.score === null || before?.rank == null || before.score === null
    ? null
    : { places: before.rank - now.rank, tenths: now.score - before.score };

export const rankedOf = (rows: readonly BoardRow[]): readonly BoardRow[] => rows.filter(({ rank }) => rank !== null);

/** What a group sees. `tied`: how many more share the last shown place. */
export const topOf = (
  rows: readonly BoardRow[],
  { top }: BoardRule = boardRule,
): { readonly rows: readonly BoardRow[]; readonly tied: number } => {
  const ranked = rankedOf(rows);
  const last = ranked.slice(0, top).at(-1);
  return { rows: ranked.slice(0, top), tied: ranked.slice(top).filter(({ rank }) => rank === last?.rank).length };
};

/** What a unit sees in private: itself and its neighbours. Empty when it has no place. */
export const aroundOf = (
  rows: readonly BoardRow[],
  unit: UnitId,
  { neighbours }: BoardRule = boardRule,
): readonly BoardRow[] => {
  const ranked = rankedOf(rows);
  const at = ranked.findIndex(({ figures }) => figures.unit === unit);
  return at < 0 ? [] : ranked.slice(Math.max(0, at - neighbours), at + neighbours + 1);
};

/**
 * Whether the running period is shown instead of the last: once most of those that had a place last time have one
 * again. All of them would let one unit on leave keep the old board up for a week; a single one would be no board.
 */
export const isUnderWay = (running: readonly BoardRow[], last: readonly BoardRow[]): boolean =>
  rankedOf(running).length > 0 && 2 * rankedOf(running).length > rankedOf(last).length;

/**
 * The units that stand on one board with `unit`: its sisters; for one that has none, what is below it; else it alone.
 */
export const comparedWith = (units: readonly Unit[], unit: Unit): readonly Unit[] => {
  const sisters = units.filter(({ parent }) => parent === unit.parent);
  if (sisters.length > 1) return sisters;
  const below = units.filter(({ parent }) => parent === unit.id);
  return below.length > 1 ? below : [unit];
};
