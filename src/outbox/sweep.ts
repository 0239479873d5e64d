import type { Temporal } from 'temporal-polyfill';
import type { PostStore, Waker } from '../ports.ts';

/** Conversations asked for at a time. */
const MOST_DUE = 1_000;
/** A conversation that was told of and is due ever since was told to nobody: the queue has lost it. */
const LOST_MS = 10_000;

type Deps = {
  readonly posts: Pick<PostStore, 'due'>;
  readonly waker: Pick<Waker, 'wake'>;
  clock(): Temporal.Instant;
  realNow(): number;
  isActive(chat: string): boolean;
  /** Whether this copy can drain one more now. */
  isFree(): boolean;
  /** Drains it here. */
  begin(chat: string): void;
};

/**
 * Looks at what is due, which is the truth, whatever became of the queue: what is due for the first time is told to the
 * queue, and what stays due is drained here.
 */
export const sweeper = ({ posts, waker, clock, realNow, isActive, isFree, begin }: Deps) => {
  /** Conversation -> real ms at which the queue was told of it. */
  const told = new Map<string, number>();

  const tell = (chats: readonly string[]) => {
    for (const chat of chats) told.set(chat, realNow());
    waker.wake(chats);
  };

  return {
    tell,
    /** It has been looked at; from now on it is told of anew. */
    forget: (chat: string) => void told.delete(chat),

    async sweep(): Promise<void> {
      const due = await posts.due(clock(), MOST_DUE);
      const real = realNow();
      const isAll = due.length < MOST_DUE;
      const here = new Set(due);
      for (const [chat, since] of told) if (!here.has(chat) && (isAll || real - since > LOST_MS)) told.delete(chat);
      for (const chat of due) {
        const since = told.get(chat);
        if (since === undefined || real - since <= LOST_MS || isActive(chat) || !isFree()) continue;
        told.set(chat, real);
        begin(chat);
      }
      tell(due.filter((chat) => !told.has(chat) && !isActive(chat)));
    },
  };
};
