/** What a chat platform is to the house. */

import type { Temporal } from 'temporal-polyfill';
import type { Chat, Message, PlatformName, Reply } from '../message.ts';
import type { Post } from './posts.ts';

export type Clock = () => Temporal.Instant;

/** Takes one message in and answers it. Rejects with Unconfirmed when the store did not confirm: do not acknowledge. */
export type Receive = (message: Message) => Promise<readonly Answered[]>;

/** What is said where: a private answer to a question in a group is a second one, to the asker's direct chat. */
export type Answered = {
  readonly chat: Chat;
  readonly reply: Reply;
  /** It only says that a report is saved: where there is no room for each, several may become one line. */
  readonly isReceipt?: true;
  /** Nothing was done: the person can put it right, or may not. Buttons stay as they are. */
  readonly isRefusal?: true;
};

/** A chat platform. It proves, decodes and draws; it decides nothing. */
export type Platform = {
  readonly name: PlatformName;
  /**
   * Posts `reply`. `id` is the same for every attempt, for platforms that take an idempotency key. Throws
   * PlatformError. `source`: the post's job and slot, for places that show it.
   */
  send(chat: Chat, reply: Reply, id: string, source: Post['source']): Promise<void>;
  /** Whether messages can be received now. */
  isUp(): boolean;
  /** Another copy of the bot receives, and this one would take over. */
  isStandby?(): boolean;
  /** Stops taking messages in; resolves when the connection is closed. */
  stop(): Promise<void>;
  /** Whether a refusal with that code says something of whom it was for; left out: each does. */
  readonly isAboutReceiver?: (code: string) => boolean;
  /** What it wants to be called back under, over HTTP. */
  readonly callbacks?: readonly Callback[];
};

/** An address of ours that a platform calls. It proves the caller by itself, on the raw bytes. */
export type Callback = {
  /** Such as /callback/wecom/bot. */
  readonly path: string;
  /** Never rejects. Answers a success only when the work is safe. */
  handle(request: CallbackRequest): Promise<CallbackResponse>;
};

export type CallbackRequest = {
  readonly method: 'GET' | 'POST';
  readonly query: URLSearchParams;
  /** A header's value, by its name in lower case. */
  header(name: string): string | undefined;
  /** As it came; empty for GET. */
  readonly body: Uint8Array;
};

/** `type`: the content type; without it, plain text. Nothing is told to a caller that is not proven. */
export type CallbackResponse = { readonly status: number; readonly type?: string; readonly body?: string };
