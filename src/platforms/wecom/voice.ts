import { PlatformError, WINDOW_FULL } from '../../errors.ts';
import type { Chat, Reply } from '../../message.ts';
import type { Limits, Platform, SentParts, Window } from '../../ports.ts';
import { inParts } from '../in-parts.ts';
import type { Drawing } from './dialects/draw.ts';
import type { Drawn } from './dialects/drawn.ts';

/**
 * One way of speaking to people in WeCom. A group of the AI bot has its chatid as id, one that the app created
 * `appchat/<chatid>`, one that has a webhook robot only `webhook/<hash of its key>`; a direct chat has the userid.
 */
export type Voice = {
  /** Whether it can begin a message there. */
  reaches(chat: Chat): boolean | Promise<boolean>;
  /** As of a platform. */
  readonly send: Platform['send'];
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

/** Takes a place in all of the windows before each message. Throws PlatformError where there is none. */
export const within =
  (limits: Limits) =>
  async (windows: readonly Window[], { isPost }: Pick<Saying, 'isPost'>): Promise<void> => {
    const waitMs = await limits.take(windows, isPost ? 'post' : 'reply');
    if (waitMs > 0) throw new PlatformError('wecom', WINDOW_FULL, 'retry', 'our count is full', { waitMs });
  };
export type Take = ReturnType<typeof within>;
