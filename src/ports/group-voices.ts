/** How groups get a voice that the bot in them does not have. */

import type { Temporal } from 'temporal-polyfill';
import type { Chat } from '../message.ts';

/** Robots that only speak in their group: whoever knows such a robot's key can speak as it. */
export type GroupRobots = {
  /** The key of the one that speaks in `chat`, as `chatKey` spells it. */
  keyOf(chat: string): Promise<string | null>;
  /** The ends of their keys, by group. */
  all(): Promise<ReadonlyMap<string, string>>;
  /** Null takes it away. What was said last stands, whatever comes last. */
  set(chat: string, key: string | null, at: Temporal.Instant): Promise<void>;
};

export type GroupVoices = {
  readonly robots: GroupRobots;
  /** The key in a robot's address; null for any other text. */
  keyIn(address: string): string | null;
  /** The group of which nothing is known but its robot. */
  chatOf(key: string): Chat;
  /** Says something with the robot of that key. Throws PlatformError. */
  greet(key: string, words: string): Promise<void>;
  /** The group that is made under `id`. */
  groupOf(id: string): Chat;
  /**
   * Makes a group of people, by their user ids, the owner first; the same `id` makes one group. Null: there is no app.
   * Throws PlatformError.
   */
  readonly make:
    | ((group: { readonly id: string; readonly name: string; readonly members: readonly string[] }) => Promise<Chat>)
    | null;
};
