import type { Temporal } from 'temporal-polyfill';
import type { PostStore, Waker } from '../ports.ts';

/** Conversations asked for at a time. */
const MOST_DUE = 1_000;
/** Conversations that the queue holds of this copy: enough for several copies to be busy with. */
const MOST_TOLD = 200;
/** A conversation that was told of and is due ever since was told to nobody: the queue has lost it. */
const LOST_MS = 10_000;

type Deps = {
  readonly posts: Pick<PostStore, 'due'>;
  readonly waker: Pick<Waker, 'wake'>;
  clock(): Temporal.Instant;
  realNow(): number;
  /** From 0 up to 1. */
  random(): number;
  isActive(chat: string): boolean;
  /** Whether this copy can drain one more now. */
  isFree(): boolean;
  /** Drains it here. */
  begin(chat: string): void;
};

/**
 * What is due, which is the truth whatever became of the queue. The queue is told of as much as keeps the copies busy; who
 * is woken goes on with what `next` gives. What is told and stays due is drained here.
 */
export const sweeper = ({ posts, waker, clock, realNow, random, isActive, isFree, begin }: Deps) => {
  /** Conversation -> real ms at which the queue was told of it. */
  const told = new Map<string, number>();
  /** Due, in the order in which they became known, and not told. */
  const backlog = new Set<string>();

  const next = (): string | undefined => {
    for (const chat of backlog) {
      backlog.delete(chat);
      if (!isActive(chat) && !told.has(chat)) return chat;
    }
    return undefined;
  };

  /** Tells the queue of what is due, up to `most` conversations. */
  const handOn = (most = MOST_TOLD - told.size): void => {
    const some: string[] = [];
    while (some.length < most) {
      const chat = next();
      if (chat === undefined) break;
      some.push(chat);
      told.set(chat, realNow());
    }
    waker.wake(some);
  };

  const know = (chats: readonly string[]) => {
    for (const chat of chats) backlog.add(chat);
  };

  return {
    next,
    handOn,
    tell(chats: readonly string[]): void {
      know(chats);
      handOn();
    },
    /** It has been looked at; from now on it is told of anew. */
    forget: (chat: string) => void told.delete(chat),
    /** It cannot be drained: for a while it is not looked at again. */
    leave: (chat: string) => void told.set(chat, realNow()),

    async sweep(): Promise<void> {
      const due = await posts.due(clock(), MOST_DUE);
      const real = realNow();
      const here = new Set(due);
      const isAll = due.length < MOST_DUE;
      const isGone = (chat: string) => isAll && !here.has(chat);
      for (const [chat, since] of told) {
        if (isGone(chat) || (!here.has(chat) && real - since > LOST_MS)) told.delete(chat);
      }
      for (const chat of backlog) if (isGone(chat)) backlog.delete(chat);

      for (const chat of due) {
        const since = told.get(chat);
        if (since === undefined || real - since <= LOST_MS || isActive(chat) || !isFree()) continue;
        told.set(chat, real);
        begin(chat);
      }
      // Copies that look at the same list begin at different places of it.
      const from = isAll ? 0 : Math.floor(random() * due.length);
      know([...due.slice(from), ...due.slice(0, from)].filter((chat) => !told.has(chat) && !isActive(chat)));
      handOn();
    },
  };
};
