import type { Day } from './calendar.ts';

/**
 * What became of an item in the report that names it. done 完成, open 未清, waiting 未清 on somebody else's decision,
 * plan 明日, help 求助 (waits as well).
 */
export const itemKinds = ['done', 'open', 'waiting', 'plan', 'help'] as const;
export type ItemKind = (typeof itemKinds)[number];

export type Item = { readonly kind: ItemKind; readonly text: string };

/** One letter a kind in the store. `-`: repeated, not counted. `x`: repeats an unfinished item and closes it. */
export const kindLetters = { done: 'd', open: 'o', waiting: 'w', plan: 'p', help: 'h' } as const;

/** An item's place: the log entry that named it, and its position there from 0. */
export type ItemRef = { readonly entry: number; readonly index: number };

/** An unfinished item that is still to be closed. */
export type OpenItem = ItemRef & {
  /** The member's own short number for it (`/清 3`); stays the same until it is closed. */
  readonly number: number;
  readonly day: Day;
  readonly kind: 'open' | 'waiting' | 'help';
  readonly text: string;
  /** The day on which the help that it asked for was answered: nobody is waited for any more. */
  readonly answered?: Day;
};

/** An item that was closed on a later day, or later on the same one. */
export type ClosedItem = OpenItem & {
  readonly closedOn: Day;
  /** The log entry that closed it. */
  readonly closedBy: number;
};

/** One member's day as the store keeps it: no text, only what was counted. */
export type DayRecord = {
  /** When the first report of the day was sent, ms since the epoch. */
  readonly at: number;
  readonly onTime: boolean;
  /** Each entry that added to the day, with one letter an item. */
  readonly entries: readonly { readonly entry: number; readonly letters: string }[];
};

/** What filing did, as the store says it: the answer is worded from this, the first time and every time again. */
export type Filed = {
  readonly entry: number;
  readonly day: Day;
  readonly onTime: boolean;
  /** One letter an item of this message; see `kindLetters`. */
  readonly letters: string;
  /** Counts of the whole day after this message. */
  readonly done: number;
  readonly open: number;
  readonly plan: number;
  /** Whether this was the day's first report. */
  readonly first: boolean;
  /** How many unfinished items of earlier days are open, and which, when asked for. */
  readonly carried: number;
  readonly carriedItems: readonly { readonly number: number; readonly day: Day; readonly text: string }[];
};
