/** The draft of an issue, by rule. */
import { type Candidates, type ListCuts, type ListRow, redDaysOf } from './lists.ts';

/** Behind the version of the scores: by which rule lists are drawn up. */
export const LIST_RULE = 'list-1';

/** All that the rule looks at, frozen with the draft. */
export type ListInputs = {
  readonly cuts: ListCuts;
  /** In unit-code order. */
  readonly units: readonly Omit<ListRow, 'kind'>[];
};

/** A tie at the cut of the honour list is all in up to so many, else all out. */
const MOST_TIED = 10;

/**
 * honour: the best scores from the least on, without any open red. warning: units with an open red, most red workdays
 * first; a tie at the cut is all out, and so is a list that may have none.
 */
export const draftRows = (inputs: ListInputs): readonly ListRow[] => {
  const { cuts } = inputs;
  const { honour, warning } = candidatesIn(inputs);
  return [
    ...cut(honour, cuts.honourMost, ({ score }) => score ?? 0, MOST_TIED).map(
      (row) => ({ kind: 'honour', ...row }) as const,
    ),
    ...cut(warning, cuts.warningMost, redDaysOf, 0).map((row) => ({ kind: 'warning', ...row }) as const),
  ];
};

const candidatesIn = ({ cuts, units }: ListInputs) => ({
  honour: units
    .filter(({ score, reds }) => score !== null && score >= cuts.honourLeast * 10 && reds.length === 0)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0)),
  warning: units.filter(({ reds }) => reds.length > 0).toSorted((a, b) => redDaysOf(b) - redDaysOf(a)),
});

/** How many units fulfilled what each list asks for, whether or not they found a place. */
export const candidateCounts = (inputs: ListInputs): Candidates => {
  const { honour, warning } = candidatesIn(inputs);
  return { honour: honour.length, warning: warning.length };
};

/** The first `most` of what is in order; when the next one equals the last, all of these up to `mostTied`, else none. */
const cut = <Row>(rows: readonly Row[], most: number, by: (row: Row) => number, mostTied: number): readonly Row[] => {
  const [last, next] = [rows[most - 1], rows[most]];
  if (most === 0) return [];
  if (last === undefined || next === undefined || by(last) !== by(next)) return rows.slice(0, most);
  const withTied = rows.filter((row) => by(row) >= by(last));
  return withTied.length <= mostTied ? withTied : rows.filter((row) => by(row) > by(last));
};
