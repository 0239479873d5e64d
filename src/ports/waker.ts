/**
 * Spreads the work over the copies of the bot: tells one of them that a conversation has something to send. What it is
 * told may be lost: whoever sends looks from time to time at what is due.
 */
export type Waker = {
  /** One of the copies is to drain these conversations, now or in so many ms. Told twice is as good as once. */
  wake(chats: readonly string[], afterMs?: number): void;
  /** Hands conversations to `drain`, up to `atOnce` at a time. Comes back at once; it may take a moment to begin. */
  start(drain: (chat: string) => Promise<unknown>, atOnce: number): void;
  /** Hands out nothing more; resolves when what was handed out is drained. */
  stop(): Promise<void>;
};
