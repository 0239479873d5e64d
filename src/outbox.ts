import { Unconfirmed, within } from './errors.ts';
import { gate } from './gate.ts';
import { chatKey } from './message.ts';
import { conversations, type Drained } from './outbox/conversation.ts';
import { type SendDeps, sender } from './outbox/send.ts';
import { sweeper } from './outbox/sweep.ts';
import type { Post, PostStore, Waker } from './ports.ts';

/**
 * Conversations drained at the same time: as many as a platform's pool has connections, and as many again whose posts
 * are just being fetched or settled.
 */
const AT_ONCE = 100;
/** Posts that are stored, then told of, at a time: the first go out while the last are stored. */
const ADDED_AT_ONCE = 500;
/** Conversations that `drain` asks for at a time. */
const MOST_DUE = 1_000;
/** Conversations that whoever was woken drains before the queue is asked again, which may have others first. */
const IN_A_ROW = 20;
/** Between two looks at what is due. */
const LOOK_MS = 1_000;
/** So long the posts in hand may take when the bot stops. */
const STOP_MS = 5_000;

type Deps = SendDeps & { readonly posts: PostStore; readonly waker: Waker; readonly holder?: string };

/**
 * Posts go out: per conversation one after the other, each once, again after a failure. Several copies of the bot may
 * drain the same store; a conversation is drained by one of them at a time. Which one, the waker says; what is to be
 * sent and in which order, the store alone.
 */
export const outbox = (deps: Deps) => {
  const { posts, waker, clock, realNow, random, log } = deps;
  const through = gate(AT_ONCE);
  const active = new Map<string, Promise<Drained>>();
  let isStopping = false;
  let looking: NodeJS.Timeout | undefined;
  let isDown = false;

  const converse = conversations({ ...deps, send: sender(deps), isStopping: () => isStopping });

  const begin = (chat: string): Promise<Drained> => {
    const already = active.get(chat);
    if (already) return already;
    const drained = through(() => converse(chat))
      .then((done) => {
        sweeps.forget(chat);
        if (done.againMs !== null) waker.wake([chat], done.againMs);
        return done;
      })
      .catch((err): Drained => {
        log.error({ chat, err }, 'conversation not drained');
        // A store that is back is used at once; what cannot be read will be no different in a second.
        if (err instanceof Unconfirmed) sweeps.forget(chat);
        else sweeps.leave(chat);
        return { sent: 0, isBlocked: true, againMs: null };
      })
      .finally(() => active.delete(chat));
    active.set(chat, drained);
    return drained;
  };

  const sweeps = sweeper({
    posts,
    waker,
    clock,
    realNow,
    random,
    isActive: (chat) => active.has(chat),
    isFree: () => active.size < AT_ONCE,
    begin: (chat) => void begin(chat),
  });

  /** Drains the conversation that a job named, and others that are due. */
  const serve = async (chat: string): Promise<void> => {
    await begin(chat);
    for (let count = 1; count < IN_A_ROW && !isStopping; count += 1) {
      const more = sweeps.next();
      if (more === undefined) return;
      await begin(more);
    }
    if (!isStopping) sweeps.handOn(1);
  };

  const lookNow = async (): Promise<void> => {
    try {
      if (!isStopping) await sweeps.sweep();
      isDown = false;
    } catch (error) {
      // One line a trouble, not one an attempt.
      if (!isDown) log.error({ err: error }, 'outbox: the store did not answer');
      isDown = true;
    }
  };

  /** Begins each conversation that is due, but those `blocked`. */
  const beginDue = async (blocked: ReadonlySet<string>): Promise<void> => {
    if (isStopping) return;
    const due = await posts.due(clock(), MOST_DUE + blocked.size);
    for (const chat of due) if (!blocked.has(chat)) void begin(chat);
  };

  return {
    async enqueue(added: readonly Post[]): Promise<void> {
      for (let i = 0; i < added.length; i += ADDED_AT_ONCE) {
        const some = added.slice(i, i + ADDED_AT_ONCE);
        const expired = await posts.add(some);
        for (const id of expired) log.info({ post: id }, 'post closed: it would expire before it may go out');
        if (!looking) continue;
        const now = clock().epochMilliseconds;
        const due = some.filter(({ notBefore }) => notBefore.epochMilliseconds <= now);
        sweeps.tell([...new Set(due.map(({ chat }) => chatKey(chat)))]);
      }
    },

    /**
     * Sends all that is due now; resolves when nothing is left that this copy can send now. Answers how many went out.
     */
    async drain(): Promise<number> {
      const blocked = new Set<string>();
      let count = 0;
      for (;;) {
        await beginDue(blocked);
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
      waker.start(serve, AT_ONCE);
      looking = setInterval(lookNow, LOOK_MS);
      void lookNow();
    },

    /** Begins nothing more; resolves when the posts in hand have gone out, or after 5 s. */
    async stop(): Promise<void> {
      isStopping = true;
      clearInterval(looking);
      looking = undefined;
      await within(Promise.all([...active.values(), waker.stop()]), STOP_MS).catch(() => {});
    },
  };
};
