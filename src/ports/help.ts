/** Requests for help and their answers. */

import type { Temporal } from 'temporal-polyfill';
import type { Day } from '../domain/calendar.ts';
import type { UnitId } from '../domain/organisation.ts';
import type { ItemRef, OpenItem } from '../domain/report.ts';
import type { MemberId } from '../message.ts';
import type { Cause } from './changes.ts';

/** An item that asks for help, by its place in its unit's log. */
export type HelpItem = ItemRef & {
  readonly unit: UnitId;
  readonly member: MemberId;
  readonly day: Day;
  /** Where it stood before its day was rewritten, or its author moved: it keeps number and answer. */
  readonly was?: (Pick<OpenItem, 'entry' | 'index' | 'answered'> & { readonly unit?: UnitId }) | undefined;
};

export type HelpRequest = HelpItem & {
  readonly number: number;
  readonly at: Temporal.Instant;
  /** `text` is null where it was erased. */
  readonly answer: { readonly by: MemberId; readonly at: Temporal.Instant; readonly text: string | null } | null;
};

export type HelpStore = {
  /** Gives each item its number, new ones in order; an item keeps the one it has. */
  numberHelp(items: readonly HelpItem[], cause: Cause): Promise<readonly number[]>;
  /** The numbers of items, in the order asked; null where one has none yet. */
  helpNumbers(items: readonly Pick<HelpItem, 'unit' | 'entry' | 'index'>[]): Promise<readonly (number | null)[]>;
  /** Null: there is no such number. */
  helpRequest(number: number): Promise<HelpRequest | null>;
  /** Answers a request, which ends the wait of its item. `before`: it was answered already, by whom and when. */
  answerHelp(
    number: number,
    text: string,
    today: Day,
    cause: Cause,
  ): Promise<
    | { readonly state: 'unknown' }
    | { readonly state: 'done' | 'before'; readonly by: MemberId; readonly at: Temporal.Instant }
  >;
};
