import { randomUUID } from 'node:crypto';
import { Unconfirmed } from '../errors.ts';
import type { Clock, Log, PostStore, Settled, Turn } from '../ports.ts';
import type { Admission } from './admission.ts';
import type { Taken } from './send.ts';

type Deps = {
  readonly posts: PostStore;
  readonly clock: Clock;
  realNow(): number;
  readonly admission: Pick<Admission, 'dayOf'>;
  send(taken: Taken): Promise<Settled>;
  isStopping(): boolean;
  /**
   * What this copy is called in the store. Where there can be only one copy it is always the same: what the one before
   * had in hand when it died is then its own, and nothing has to be waited for.
   */
  readonly holder?: string;
  readonly log: Log;
};

export type Drained = {
  /** How many posts went out. */
  readonly sent: number;
  /** Whether this copy can do no more here for now though something may be due. */
  readonly isBlocked: boolean;
  /** In how many real ms the conversation goes on; null when it waits for nothing but its time. */
  readonly againMs: number | null;
};

/**
 * Drains one conversation: posts in their order, each marked as being sent before the platform is called. What the
 * store did not confirm is told it again next time in the same words, so nothing is sent twice or given up for a lost
 * answer.
 */
export const conversations = (deps: Deps) => {
  const { posts, clock, realNow, admission, send, isStopping, log, holder = randomUUID() } = deps;
  const unconfirmed = new Map<string, Pick<Turn, 'settled' | 'attempt'>>();

  const take = async (chat: string, settled: Settled | null) => {
    const told = unconfirmed.get(chat) ?? { settled, attempt: isStopping() ? null : randomUUID() };
    unconfirmed.set(chat, told);
    const takenAt = realNow();
    try {
      const now = clock();
      const handed = await posts.next(chat, { holder, now, day: admission.dayOf(now), ...told });
      unconfirmed.delete(chat);
      return { ...handed, attempt: told.attempt, takenAt };
    } catch (error) {
      if (!(error instanceof Unconfirmed)) unconfirmed.delete(chat);
      throw error;
    }
  };

  return async (chat: string): Promise<Drained> => {
    let settled: Settled | null = null;
    let sent = 0;
    if (isStopping()) return { sent, isBlocked: true, againMs: null };
    for (;;) {
      const { post, attempt, attempts, place, takenAt, isHeld, closed } = await take(chat, settled);
      for (const { id, state } of closed) log.warn({ post: id }, `post closed: ${state}`);
      if (!post || !attempt) return { sent, isBlocked: isHeld, againMs: waitOf(settled) };
      settled = await send({ post, attempt, attempts, place, takenAt });
      if (settled.outcome === 'sent') sent += 1;
    }
  };
};

const waitOf = (settled: Settled | null): number | null => (settled && 'waitMs' in settled ? settled.waitMs : null);
