/** The playground, as its interface and its page use it. */

import type { Temporal } from 'temporal-polyfill';
import type { Member, Unit } from '../domain/organisation.ts';
import type { Chat, Person, Reply } from '../message.ts';
import type { Post } from './posts.ts';
import type { Coming } from './slots.ts';

/** One line of a conversation in the playground: what a person said, or the bot. */
export type Line = {
  /** Grows with every line of the whole playground. */
  readonly n: number;
  /** Of the message that it is, or answers; or of the post. */
  readonly id: string;
  /** By the playground's clock. */
  readonly at: Temporal.Instant;
  readonly chat: Chat;
  /** Null: the bot. */
  readonly from: Person | null;
  readonly said: Reply;
  readonly source: Post['source'];
};

/**
 * What was said in the playground's chats: the page shows it, and a repeated message gets its first answers from it.
 */
export type Transcript = {
  /**
   * Keeps `lines` under the id of a message or post. Told the same id again, keeps nothing and gives the first lines.
   */
  record(
    id: string,
    lines: readonly Omit<Line, 'n'>[],
  ): Promise<{ readonly fresh: boolean; readonly lines: readonly Line[] }>;
  /** What is kept under `id`; null for an id never seen, or not for two days. */
  recall(id: string): Promise<readonly Line[] | null>;
  /** The newest lines of a chat before line `before`, oldest first. */
  chat(chat: Chat, before: number | null): Promise<readonly Line[]>;
  /** What the bot posted by itself after line `after`, oldest first. */
  posts(after: number): Promise<readonly Line[]>;
  /** The last line of every chat. */
  heads(): Promise<readonly Line[]>;
  /** How far the playground's clock is ahead of the real one, in ms; null before it was ever set. */
  clockOffset(): Promise<number | null>;
  setClockOffset(offsetMs: number): Promise<void>;
  /** What the county was last filled with; `done` is false when that was cut off. */
  seeded(): Promise<Seeded | null>;
  setSeeded(seeded: Seeded): Promise<void>;
};

export type Seed = 'county' | 'empty';

export type Seeded = { readonly seed: Seed; readonly done: boolean };

/**
 * The playground as its interface and its page use it. Ids are the playground's own. Throws UserError for what people
 * can mend.
 */
export type Playground = {
  readonly zone: string;
  now(): Temporal.Instant;
  /** Whether clock and reset are closed, because a real organisation is on. */
  readonly frozen: boolean;
  /** `chat` is a group's id, or the sender's own id for the direct chat. The same `id` again gives the same lines. */
  say(said: {
    readonly chat: string;
    readonly sender: string;
    readonly text: string;
    readonly id: string | null;
    readonly files: readonly string[];
  }): Promise<readonly Line[]>;
  upload(name: string, body: ReadableStream<Uint8Array>): Promise<string>;
  download(file: string): Promise<{ readonly name: string; open(): ReadableStream } | null>;
  /** A PNG that a reply showed; null when it is gone. */
  picture(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Forward only. Every slot on the way runs in order and on time; gives what was posted. */
  moveClock(to: Temporal.Instant): Promise<readonly Line[]>;
  /** Gives the code with which the first administrator claims an empty county. */
  reset(seed: Seed): Promise<string | null>;
  /** Members by unit, those without one last. */
  state(): Promise<{
    readonly units: readonly Unit[];
    readonly members: readonly Member[];
  }>;
  posts(after: number): Promise<readonly Line[]>;
  lines(chat: Chat, before: number | null): Promise<readonly Line[]>;
  heads(): Promise<readonly Line[]>;
  /** What is to happen next, in order. */
  coming(): Promise<readonly Coming[]>;
  /** The commands that a person may run, as the page suggests them while somebody types. */
  commandsOf(
    sender: string,
  ): Promise<readonly { readonly name: string; readonly aliases: readonly string[]; readonly line: string }[]>;
  /** Calls `listener` for everything that changes from now on, until the answer is called. */
  subscribe(listener: (change: PlaygroundChange) => void): () => void;
};

/** `closed`: the playground stops. */
export type PlaygroundChange =
  | { readonly kind: 'line'; readonly line: Line }
  | { readonly kind: 'clock' | 'reset' | 'closed' };
