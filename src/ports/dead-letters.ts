/** What could not be posted for good, and what waits; how it is sent again. */

import type { Temporal } from 'temporal-polyfill';
import type { Chat } from '../message.ts';
import type { Post, PostState } from './posts.ts';

/** A post that was closed without being sent, or of which nobody knows whether it was. */
export type DeadLetter = Pick<Post, 'id' | 'chat' | 'source' | 'delivery'> &
  Pick<Post, 'priority'> &
  Pick<PostState, 'attempts' | 'code'> & {
    /** By which people name it: from 1, the same as long as it lies there. */
    readonly number: number;
    readonly state: 'refused' | 'unknown' | 'expired';
    /** When it was to go out. */
    readonly due: Temporal.Instant;
  };

/** A conversation with posts that are still to go out. */
export type WaitingChat = Pick<PostState, 'attempts' | 'code'> & {
  readonly chat: Chat;
  readonly posts: number;
  /** From when on the first of them may go out. */
  readonly due: Temporal.Instant;
};

/** What was sent again, in numbers; and how many others were left since they may stand in their chat already. */
export type Resent = { readonly numbers: readonly number[]; readonly doubtful: number };

export type DeadLetters = {
  /** Those of the last two days at least, the first `most` by their numbers; `total`: how many there are. */
  list(most: number): Promise<{ readonly total: number; readonly letters: readonly DeadLetter[] }>;
  /** The first `most` conversations by time; `total`: how many posts wait in all of them. */
  waiting(most: number): Promise<{ readonly total: number; readonly chats: readonly WaitingChat[] }>;
  /**
   * Puts at the ends of their conversations those that `choose` names among all there are. The same
   * `message` again gets the first answer and changes nothing; an error that `choose` throws passes through.
   */
  resend(
    choose: (letters: readonly DeadLetter[]) => { readonly again: readonly DeadLetter[]; readonly doubtful: number },
    cause: { readonly message: string; readonly at: Temporal.Instant },
  ): Promise<Resent>;
};
