/** Red and black lists. */
import type { ListFault } from '../domain/list-check.ts';
import type { ActEvent, DraftEvent } from '../domain/list-events.ts';
import type { Issue, IssueState } from '../domain/lists.ts';
import type { Cause } from './changes.ts';

export type IssueBrief = {
  readonly number: number;
  /** ISO days, both inclusive. */
  readonly from: string;
  readonly to: string;
  readonly state: IssueState;
};

/** What an issue was drafted from, as JSON; its hash stands in the draft. */
export type ListBasis = string;

/** Issues, each a series of steps in the organisation's log. Told the same message again, answers the same. */
export type ListStore = {
  /** In order of number. */
  all(): Promise<readonly IssueBrief[]>;
  issue(number: number): Promise<Issue | null>;
  /** The issue in which an appeal was filed. */
  issueOfAppeal(appeal: number): Promise<number | null>;
  /** The words said at steps, by number of the step; what was erased is not among them. */
  words(number: number): Promise<ReadonlyMap<number, string>>;
  basis(number: number): Promise<ListBasis | null>;
  /** What of an issue is not what its snapshot makes of it; empty: all fits. */
  check(number: number): Promise<readonly ListFault[]>;
  /**
   * Begins an issue under the next number. Nothing is begun, and `before` is answered, while one of the same days is
   * under way or was published.
   */
  draft(
    basis: ListBasis,
    event: Omit<DraftEvent, 'number' | 'hash'>,
    cause: Cause,
  ): Promise<{ readonly issue: Issue } | { readonly before: number }>;
  /**
   * Takes an issue a step on. `decide` gets it as it is, and the number that a new appeal would have; it says what
   * happens, with the words that were said, or why not. It may be asked again when somebody else was quicker. Null:
   * there is no such issue.
   */
  act<No extends { readonly refused: string }>(
    number: number,
    cause: Cause,
    decide: (issue: Issue, nextAppeal: number) => Promise<{ readonly event: ActEvent; readonly words?: string } | No>,
  ): Promise<{ readonly issue: Issue } | No | null>;
  /** Whether the administrators have been told that lists wait for a reviewer; `note` remembers it. */
  wasToldNoReviewer(): Promise<boolean>;
  noteNoReviewer(cause: Cause): Promise<void>;
};
