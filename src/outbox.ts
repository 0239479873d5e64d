import { within } from './errors.ts';
import { gate } from './gate.ts';
import { conversations, type Drained } from './outbox/conversation.ts';
import { type SendDeps, sender } from './outbox/send.ts';
import type { Post, PostStore } from './ports.ts';

/** Conversations drained at the same time. */
const AT_ONCE = 50;
/** Conversations asked for at a time. */
const MOST_DUE = 1_000;
/** Between two looks at what is due. */
const LOOK_MS = 1_000;
/** So long the posts in hand may take when the bot stops. */
const STOP_MS = 5_000;

type Deps = SendDeps & { readonly posts: PostStore };

/**
 * Posts go out: per conversation one after the other, each once, again after a failure. Several copies of the bot may
 * drain the same store; a conversation is drained by one of them at a time.
 */
export const outbox = (deps: Deps) => {
  const { posts, clock, log } = deps;
  const through = gate(AT_ONCE);
  const active = new Map<string, Promise<Drained>>();
  let isStopping = false;
  let looking: NodeJS.Timeout | undefined;
  let isDown = false;

  const converse = conversations({ ...deps, send: sender(deps), isStopping: () => isStopping });

  const begin = (chat: string): void => {
    const drained = through(() => converse(chat))
      .catch((err): Drained => {
        log.error({ chat, err }, 'conversation not drained');
        return { sent: 0, isBlocked: true };
      })
      .finally(() => active.delete(chat));
    active.set(chat, drained);
  };

  /** Begins each conversation that is due, but those `blocked`. */
  const look = async (blocked: ReadonlySet<string> = new Set()): Promise<void> => {
    if (isStopping) return;
    const due = await posts.due(clock(), MOST_DUE + blocked.size);
    for (const chat of due) if (!active.has(chat) && !blocked.has(chat)) begin(chat);
  };

  const lookNow = async (): Promise<void> => {
    try {
      await look();
      isDown = false;
    } catch (error) {
      // One line a trouble, not one an attempt.
      if (!isDown) log.error({ err: error }, 'outbox: the store did not answer');
      isDown = true;
    }
  };

  return {
    async enqueue(added: readonly Post[]): Promise<void> {
      if (added.length === 0) return;
      const expired = await posts.add(added);
      for (const id of expired) log.info({ post: id }, 'post closed: it would expire before it may go out');
      if (looking) void lookNow();
    },

    /**
     * Sends all that is due now; resolves when nothing is left that this copy can send now. Answers how many went out.
     */
    async drain(): Promise<number> {
      const blocked = new Set<string>();
      let count = 0;
      for (;;) {
        await look(blocked);
        if (active.size === 0) return count;
        const ended = [...active].map(async ([chat, drained]) => ({ chat, ...(await drained) }));
        for (const { chat, sent, isBlocked } of await Promise.all(ended)) {
          count += sent;
          if (isBlocked) blocked.add(chat);
        }
      }
    },

    /** When the next post that waits after `from` may go out; null when none may up to and including `to`. */
    nextDue: posts.nextDue,

    start(): void {
      isStopping = false;
      looking = setInterval(lookNow, LOOK_MS);
      void lookNow();
    },

    /** Begins nothing more; resolves when the posts in hand have gone out, or after 5 s. */
    async stop(): Promise<void> {
      isStopping = true;
      clearInterval(looking);
      looking = undefined;
      await within(Promise.all(active.values()), STOP_MS).catch(() => {});
    },
  };
};
