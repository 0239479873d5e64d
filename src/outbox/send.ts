import type { Temporal } from 'temporal-polyfill';
import { NOT_CONNECTED, PlatformError, WINDOW_FULL, within } from '../errors.ts';
import type { PlatformName } from '../message.ts';
import type { Clock, Handed, Log, Platform, Post, Settled } from '../ports.ts';
import type { Admission } from './admission.ts';

/** No platform is waited for longer; whether it took the post is then unknown. */
const SEND_MS = 30_000;
/** A post taken longer ago may be another copy's by now. */
const STALE_MS = 20_000;
/** What goes out so long after it was due is looked at once more: it may have been done meanwhile. */
const LATE_MS = 60_000;
/** The wait after the first failure; doubled with each. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** Where nobody is connected, or another copy of the bot: it may come to the post by then. About so long. */
const CONNECTION_MS = 2_000;

export type SendDeps = {
  /** A platform that joins later may be put in later. */
  readonly platforms: ReadonlyMap<PlatformName, Pick<Platform, 'send'>>;
  /** The product's clock. */
  readonly clock: Clock;
  /** Real time in ms. */
  realNow(): number;
  /** Asked at the last moment: hours may have become quiet since the post was enqueued. */
  readonly admission: Admission;
  /** Whether nobody needs the post any more. */
  isMoot(post: Post, now: Temporal.Instant): Promise<boolean>;
  /** A platform will never take this post. May be told twice of the same one. */
  onRefused(post: Post, code: string): Promise<void>;
  /** From 0 up to 1: spreads the waits, so that conversations do not all come back at once. */
  random(): number;
  readonly log: Log;
};

/** A post in hand; `takenAt` in real ms. */
export type Taken = Pick<Handed, 'attempts' | 'place'> & {
  readonly post: Post;
  readonly attempt: string;
  readonly takenAt: number;
};

/** Sends one post, and says what came of it. Never throws. */
export const sender =
  ({ platforms, clock, realNow, admission, isMoot, onRefused, random, log }: SendDeps) =>
  async ({ post, attempt, attempts, place, takenAt }: Taken): Promise<Settled> => {
    const { id, chat, reply, source } = post;
    const retry = (code: string): Settled => ({
      id,
      attempt,
      outcome: 'retry',
      code,
      waitMs: waitMs(attempts, random()),
    });

    const platform = platforms.get(chat.platform);
    if (!platform) return retry('not-configured');
    try {
      const now = clock();
      const until = await admission.opensAt(post, place, now);
      if (until.epochMilliseconds > now.epochMilliseconds) {
        return { id, attempt, outcome: 'postponed', until, joins: post.priority !== 'procedure' };
      }
      const isLate = now.epochMilliseconds - post.notBefore.epochMilliseconds > LATE_MS;
      if (isLate && (await isMoot(post, now))) return { id, attempt, outcome: 'moot' };
    } catch (error) {
      log.warn({ post: id, err: error }, 'not sent: whether it may go out now is unknown');
      return retry('unconfirmed');
    }
    if (realNow() - takenAt > STALE_MS) return retry('stalled');

    try {
      await within(platform.send(chat, reply, id, source), SEND_MS);
      return { id, attempt, outcome: 'sent' };
    } catch (error) {
      const { outcome, code, atLeastMs } = meaningOf(error);
      if (code === WINDOW_FULL && outcome === 'retry') {
        log.debug({ post: id, waitMs: atLeastMs }, 'post waits: the window is full');
        return { id, attempt, outcome: 'full', code, waitMs: atLeastMs || FIRST_WAIT_MS };
      }
      if (code === NOT_CONNECTED && outcome === 'retry') {
        log.debug({ post: id }, 'post waits: this copy is not connected');
        return { id, attempt, outcome: 'full', code, waitMs: CONNECTION_MS * (0.5 + random()) };
      }
      log.warn({ post: id, attempts, outcome, code, err: error }, 'post not sent');
      if (outcome !== 'refused') return { id, attempt, outcome, code, waitMs: waitMs(attempts, random(), atLeastMs) };
      await onRefused(post, code).catch((err) =>
        log.error({ post: id, err }, 'nobody was told that a post is refused'),
      );
      return { id, attempt, outcome, code };
    }
  };

type Meaning = {
  readonly outcome: PlatformError['outcome'];
  readonly code: string;
  /** 0 where the platform did not say. */
  readonly atLeastMs: number;
};

/** An error that is not the platform's own says nothing about what the platform did. */
const meaningOf = (error: unknown): Meaning =>
  error instanceof PlatformError
    ? { outcome: error.outcome, code: String(error.code), atLeastMs: error.waitMs ?? 0 }
    : { outcome: 'unknown', code: error instanceof Error ? error.name : 'error', atLeastMs: 0 };

/** Doubled with each attempt up to a minute, and spread; where a platform asks for a pause, that and a little more. */
const waitMs = (attempts: number, random: number, atLeastMs = 0): number => {
  const ours = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS) * (0.5 + random / 2);
  return Math.max(ours, atLeastMs * (1 + random / 10));
};
