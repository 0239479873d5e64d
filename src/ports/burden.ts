/** What the bot itself has cost: counts of its messages, never who read what. */
import type { MemberId } from '../message.ts';

/** Months are `2026-11`, of the organisation's time. Kept for two months after the last message of one. */
export type BurdenStore = {
  /** How many messages the bot started: in each chat, as `chatKey` spells it, and of each kind. Answers are not among them. */
  sent(
    month: string,
  ): Promise<{ readonly chats: ReadonlyMap<string, number>; readonly kinds: ReadonlyMap<string, number> }>;
  /** When each member was reminded of a report, in ms since 1970, in order. */
  nudged(month: string): Promise<ReadonlyMap<MemberId, readonly number[]>>;
};
