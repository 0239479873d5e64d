/** Whether an issue is what its snapshot and its steps make of it. */
import { draftRows, type ListInputs } from './list-draft.ts';
import { type Issue, publishable, standingOf } from './lists.ts';

export type ListFault = 'hash' | 'rows' | 'published';

/** The hash of the snapshot's text is worked out by whoever can. */
export const faultsOf = (issue: Issue, inputs: ListInputs, hash: string): readonly ListFault[] => {
  const drawn = draftRows(inputs).map(({ kind, unit, name, score, rank, reds }) => ({
    ...{ kind, unit, name, score, rank, reds },
  }));
  const kept = issue.rows.map(({ kind, unit, name, score, rank, reds }) => ({
    ...{ kind, unit, name, score, rank, reds },
  }));
  const shown = (issue.published?.rows ?? publishable(issue)).map(({ unit }) => unit);
  const due = issue.rows.filter(({ unit }) => standingOf(issue, unit) === 'listed').map(({ unit }) => unit);
  return [
    ...(hash === issue.hash ? [] : (['hash'] as const)),
    ...(JSON.stringify(drawn) === JSON.stringify(kept) ? [] : (['rows'] as const)),
    ...(JSON.stringify(shown) === JSON.stringify(due) ? [] : (['published'] as const)),
  ];
};
