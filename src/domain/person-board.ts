/** The board of the people of one unit: places by the same formula on each one's own figures. No list of the last. */
import { type BoardRule, placesBy, ruleOn } from './board.ts';
import type { UnitId } from './organisation.ts';
import { type MemberFigures, ratesOf, type ScoreRule, scoreOf } from './score.ts';

export type PersonRow = {
  readonly figures: MemberFigures;
  /** In tenths of a point; null while the sample is too small, as its place is. */
  readonly score: number | null;
  readonly rank: number | null;
};

export type PersonRule = ScoreRule & Pick<BoardRule, 'least' | 'top'>;

/** By default so many reports are to be expected of somebody who is ranked. */
const USUAL_LEAST = 3;

/** The rule of the unit's own board, with what is particular to people. */
export const personRuleOf = (rule: BoardRule, { personLeast }: { readonly personLeast: number }): PersonRule => ({
  weights: rule.weights,
  ...(rule.smoothing && { smoothing: rule.smoothing }),
  top: rule.top,
  least: personLeast,
  version: personLeast === USUAL_LEAST ? rule.version : `${rule.version}-${personLeast}`,
});

export type PersonBoard = {
  readonly unit: UnitId;
  readonly rows: readonly PersonRow[];
  readonly rule: PersonRule;
};

/** Best first; equal scores share a place, in the order of ids. */
export const personBoardOf = (unit: UnitId, all: readonly MemberFigures[], asked: PersonRule): PersonBoard => {
  const rule = ruleOn(asked, all);
  const isRankable = ({ expected }: MemberFigures) => expected >= rule.least;
  const scored = all.map((figures) => ({
    figures,
    score: isRankable(figures) ? scoreOf(ratesOf(figures), rule) : null,
  }));
  return { unit, rule, rows: placesBy(scored, (a, b) => (a.figures.member < b.figures.member ? -1 : 1)) };
};

export const rankedPeople = ({ rows }: Pick<PersonBoard, 'rows'>): readonly PersonRow[] =>
  rows.filter(({ rank }) => rank !== null);

/**
 * What the unit's group sees: the first `top`, and of few people the upper half: the last of a small unit is nobody's to
 * read. `tied`: how many more share the last place that is shown.
 */
export const topPeople = (board: PersonBoard): { readonly rows: readonly PersonRow[]; readonly tied: number } => {
  const ranked = rankedPeople(board);
  const middle = ranked[Math.ceil(ranked.length / 2) - 1]?.rank ?? 0;
  const rows = ranked.filter(({ rank }) => (rank ?? 0) <= middle).slice(0, board.rule.top);
  const last = rows.at(-1);
  return { rows, tied: ranked.slice(rows.length).filter(({ rank }) => rank === last?.rank).length };
};
