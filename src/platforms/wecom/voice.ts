import { PlatformError, WINDOW_FULL } from '../../errors.ts';
import type { Chat, Reply } from '../../message.ts';
import type { Limits, Log, Platform, SentParts, Window } from '../../ports.ts';
import { inParts } from '../in-parts.ts';
import { meaningOf } from './codes.ts';
import type { Drawing } from './dialects/draw.ts';
import type { Drawn } from './dialects/drawn.ts';
import { ownCount } from './own-count.ts';
import { notConnected } from './refusal.ts';

/**
 * One way of speaking to people in WeCom. A group of the AI bot has its chatid as id, one that the app created
 * `appchat/<chatid>`, one that has a webhook robot only `webhook/<hash of its key>`; a direct chat has the userid.
 */
export type Voice = {
  /** Whether it can begin a message there. */
  reaches(chat: Chat): boolean | Promise<boolean>;
  /** As of a platform. */
  readonly send: Platform['send'];
  /** Told when it cannot speak there any more, so that it does not reach the chat from then on. */
  readonly lost?: (chat: Chat) => Promise<void>;
};

/**
 * Says things with the first voice that reaches the chat; where that one has been taken away, with the next. What only
 * the operator can mend is said aloud, not for each message.
 */
export const speakingWith = (voices: readonly Voice[], log: Log): Platform['send'] => {
  const said = new Set<string | number>();

  const noted = (error: unknown) => {
    const { code } = error instanceof PlatformError ? error : { code: '' };
    if (meaningOf(code).blame !== 'operator' || said.has(code)) return;
    said.add(code);
    log.error({ err: error, code }, 'WeCom does not let the bot do this: see the app’s permissions and trusted IPs');
  };

  return async (chat, reply, id, source) => {
    let last: unknown = notConnected();
    for (const voice of voices) {
      if (!(await voice.reaches(chat))) continue;
      try {
        return await voice.send(chat, reply, id, source);
      } catch (error) {
        noted(error);
        last = error;
        const isLost = error instanceof PlatformError && meaningOf(error.code).blame === 'chat';
        if (!isLost || !voice.lost) throw error;
        await voice.lost(chat).catch((err: unknown) => log.error({ err, chat: chat.id }, 'a lost voice is not noted'));
      }
    }
    throw last;
  };
};

/** One message in hand. `isPost`: nobody waits for it, and it may come a second time. */
export type Saying = { readonly id: string; readonly isPost: boolean };

type Deps = {
  draw(reply: Reply, drawing: Drawing): readonly Drawn[];
  say(chat: Chat, drawn: Drawn, saying: Saying): Promise<void>;
  readonly parts?: SentParts | undefined;
};

/** Draws a reply and says its messages in order; cut off, it goes on with the first that was not confirmed. */
export const speaking = ({ draw, say, parts }: Deps): Platform['send'] => {
  const inOrder = inParts(parts);
  return async (chat, reply, id, source) => {
    const drawn = draw(reply, { id, hasMedia: true });
    const names = drawn.map((one) => JSON.stringify(one));
    await inOrder(id, names, async (_, index) => {
      const one = drawn[index];
      if (one) await say(chat, one, { id, isPost: source !== null });
    });
  };
};

/**
 * Takes a place in all of the windows before each message. Throws PlatformError where there is none. While the shared
 * count is away posts wait, and answers go by what this copy has said itself.
 */
export const within = (limits: Limits) => {
  const own = ownCount();
  return async (windows: readonly Window[], { isPost }: Pick<Saying, 'isPost'>): Promise<void> => {
    let waitMs: number;
    try {
      waitMs = await limits.take(windows, isPost ? 'post' : 'reply');
      if (waitMs === 0) own.note(windows);
    } catch (error) {
      if (isPost) throw notAsked(error);
      waitMs = own.take(windows);
    }
    if (waitMs > 0) throw new PlatformError('wecom', WINDOW_FULL, 'retry', 'our count is full', { waitMs });
  };
};
export type Take = ReturnType<typeof within>;

/** Our own memory is not there: nothing was said yet. */
export const notAsked = (error: unknown): PlatformError =>
  new PlatformError('wecom', 'unconfirmed', 'retry', error instanceof Error ? error.message : 'no answer');
