/** What happens to an issue: one event, one entry of the log. */
import type { Candidates, ListCuts, ListDates, ListRow, RedItem } from './lists.ts';
import type { UnitId } from './organisation.ts';

/** `by` is a member, or `RULE`; `on` a local minute. */
type Done = { readonly by: string; readonly on: string };

export type DraftEvent = Done & {
  readonly type: 'draft';
  readonly number: number;
  /** ISO days, both inclusive. */
  readonly from: string;
  readonly to: string;
  readonly rows: readonly ListRow[];
  readonly cuts: ListCuts;
  readonly candidates: Candidates;
  readonly ruleVersion: string;
  readonly hash: string;
};

export type ListEvent =
  | DraftEvent
  | (Done & { readonly type: 'strike' | 'restore'; readonly unit: UnitId })
  | (Done & { readonly type: 'confirm'; readonly noticeOn: string })
  /** `untold`: warned units in which nobody could be reached. */
  | (Done & { readonly type: 'notice'; readonly untold: readonly UnitId[]; readonly dates: ListDates })
  | (Done & { readonly type: 'appeal'; readonly number: number; readonly unit: UnitId })
  | (Done & { readonly type: 'decide'; readonly number: number; readonly isUpheld: boolean })
  /** The hour at which appeals or their decisions end. */
  | (Done & { readonly type: 'close' })
  | (Done & { readonly type: 'sign'; readonly publishOn: string })
  | (Done & { readonly type: 'remind' })
  | (Done & {
      readonly type: 'publish';
      readonly slot: string;
      readonly isNamed: boolean;
      readonly chats: readonly string[];
      /** What leaves the warning list by itself, and why. */
      readonly left: readonly { readonly unit: UnitId; readonly why: 'repaired' | 'untold' }[];
      /** Of the causes of those that stay, what is still red. */
      readonly reds: Readonly<Record<UnitId, readonly RedItem[]>>;
    })
  /** Its posts are kept to be sent; or it was found, too late to send them, that nobody knows. */
  | (Done & { readonly type: 'posted'; readonly isKnown: boolean })
  /** `until`: the last minute at which it may be put right. */
  | (Done & { readonly type: 'correct'; readonly unit: UnitId | null; readonly until: string })
  /** A listed unit finds an error of fact in what is published; `until` as for a correction. */
  | (Done & { readonly type: 'raise'; readonly unit: UnitId; readonly until: string })
  /** What was raised about it does not hold: the row stands. */
  | (Done & { readonly type: 'keep'; readonly unit: UnitId })
  | (Done & { readonly type: 'withdraw' })
  /** Another period's draft came before it was published. */
  | (Done & { readonly type: 'lapse' });

export type ActEvent = Exclude<ListEvent, DraftEvent>;
