/** What the bot says by itself, until it has gone out. */

import type { Temporal } from 'temporal-polyfill';
import type { UnitId } from '../domain/organisation.ts';
import type { Chat, Reply } from '../message.ts';

/** How a post of a kind behaves when things go wrong. */
export type Delivery = 'atLeastOnce' | 'atMostOnce';

export type Post = {
  /** Posted once, however often it is enqueued. */
  readonly id: string;
  readonly chat: Chat;
  readonly reply: Reply;
  readonly delivery: Delivery;
  /** Not before; quiet hours are already in it. */
  readonly notBefore: Temporal.Instant;
  /** Closed as expired when it has not gone out by then. */
  readonly expiresAt: Temporal.Instant;
  /**
   * What made it: the playground shows it. It keeps that unit's quiet hours and counts in the day's budget of its chat.
   * Null for replies, which do neither.
   */
  readonly source: { readonly job: string; readonly slot: string; readonly unit: UnitId } | null;
  /** procedure: a step with a date of its own, such as those of the lists; counted, but not held back by the budget. */
  readonly priority?: 'procedure';
  /** For somebody on duty: the day off on which it is made is not quiet. */
  readonly onDuty?: true;
};

/** What is still to be posted. */
export type Outbox = { enqueue(posts: readonly Post[]): Promise<void> };

/**
 * Posts with the state of each, conversation by conversation. Whatever is told twice changes nothing the second time.
 */
export type PostStore = {
  /**
   * Keeps those it has not seen. One that could only go out after its expiry is closed at once; answers the ids of
   * these.
   */
  add(posts: readonly Post[]): Promise<readonly string[]>;
  /**
   * Up to `most` conversations (as `chatKey` spells them) with a post to look at; not those that wait after a failure.
   */
  due(now: Temporal.Instant, most: number): Promise<readonly string[]>;
  /** Settles what the holder had in hand, then hands out the conversation's next post, marked as being sent. */
  next(chat: string, turn: Turn): Promise<Handed>;
  /** The earliest moment after `from`, up to `to`, at which a post may go out. */
  nextDue(from: Temporal.Instant, to: Temporal.Instant): Promise<Temporal.Instant | null>;
  /** All that is not settled, and what failed for good in the last two days at least. */
  list(): Promise<readonly PostState[]>;
  /** How many posts were closed in each state, ever. */
  counts(): Promise<ReadonlyMap<string, number>>;
};

export type Turn = {
  /** One copy of the bot: a conversation is drained by one at a time. */
  readonly holder: string;
  readonly now: Temporal.Instant;
  /** The local day by which messages are counted. */
  readonly day: number;
  /** What became of the post in hand; null at the beginning. */
  readonly settled: Settled | null;
  /** A name of its own for this attempt. Null: no further post is wanted. */
  readonly attempt: string | null;
};

export type Settled = { readonly id: string; readonly attempt: string } & (
  | { readonly outcome: 'sent' }
  /** Not attempted: nobody needs it any more. */
  | { readonly outcome: 'moot' }
  | { readonly outcome: 'refused'; readonly code: string }
  /** Not done, or nobody knows: the conversation waits so long before the next attempt. */
  | { readonly outcome: 'retry' | 'unknown'; readonly code: string; readonly waitMs: number }
  /** Not attempted: there is no room within the platform's limits. The conversation waits just so long. */
  | { readonly outcome: 'full'; readonly code: string; readonly waitMs: number }
  /**
   * Not attempted: the post may not go out before then. It is closed when that is too late for it. `joins`: of several
   * that wait for the same moment one message is made.
   */
  | { readonly outcome: 'postponed'; readonly until: Temporal.Instant; readonly joins: boolean }
);

export type Handed = {
  /** Null: nothing is due, the conversation waits, or another copy holds it. */
  readonly post: Post | null;
  readonly attempts: number;
  /** Which message of the day it is in its chat, from 1; the same at every attempt of that day. 0: it is not counted. */
  readonly place: number;
  readonly isHeld: boolean;
  /** What was closed on the way. */
  readonly closed: readonly { readonly id: string; readonly state: 'expired' | 'unknown' }[];
};

export type PostState = {
  readonly id: string;
  readonly chat: string;
  readonly state: 'queued' | 'sending' | 'refused' | 'unknown' | 'expired';
  readonly attempts: number;
  /** The platform's last word on it, '' for none; `held-back` when quiet hours or the budget outlasted it. */
  readonly code: string;
};

/** Who may post a reply: it stands in a chat once, however often its message is delivered and to whichever copy. */
export type ReplyLeases = {
  /**
   * `go`: post it within 10 s, then call `sent`. `busy`: another delivery is posting it. `sent`: nothing is left to do.
   */
  claim(reply: string): Promise<'go' | 'busy' | 'sent'>;
  sent(reply: string): Promise<void>;
  /** By who has it: nothing was posted, and whoever asks next may. */
  giveBack(reply: string): Promise<void>;
};
