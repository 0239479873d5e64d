import { z } from 'zod';
import { NOT_CONNECTED, PlatformError } from '../../errors.ts';
import { meaningOf } from './codes.ts';

/**
 * What an errcode means for what we sent; others are refusals. 45009 and -1 are WeCom's general codes, 846605, 846608,
 * 846609 and 93006 were seen by others in the field: none of them is in the pages of the long connection.
 * https://developer.work.weixin.qq.com/document/path/90313
 */
const outcomes: Readonly<Record<number, PlatformError['outcome']>> = {
  [-1]: 'retry', // busy
  45009: 'retry', // too often; 30 a minute and 1,000 an hour a chat
  45033: 'retry', // too many at once
  846605: 'retry', // the message can no longer be answered, a push still can
  846608: 'retry', // the same, for a stream
  846609: 'retry', // not subscribed: the connection is deaf and is made anew
  40008: 'refused', // kind of message
  45002: 'refused', // too long
  93006: 'refused', // no such chat, or the bot was never spoken to there
};
export const NOT_SUBSCRIBED = 846_609;
export const UNKNOWN_CHAT = 93_006;
/** Certainly not taken, and nothing more in answer to this message will be: what is left to say is pushed. */
export const REPLY_OVER: ReadonlySet<string | number> = new Set([846_605, 846_608]);

const Refusal = z.object({ errcode: z.int(), errmsg: z.string().catch('') });

/**
 * What went wrong with a frame that was sent. A server's refusal reaches us as the raw frame; the SDK's own errors (no
 * answer within 5 s, connection closed meanwhile) have no code, and the message may stand in the chat all the same.
 */
export const sendingError = (thrown: unknown): PlatformError => {
  const refusal = Refusal.safeParse(thrown);
  if (!refusal.success) return new PlatformError('wecom', 'no-answer', 'unknown', String(thrown));
  const { errcode, errmsg } = refusal.data;
  const { waitMs = null } = meaningOf(errcode);
  return new PlatformError('wecom', errcode, outcomes[errcode] ?? 'refused', errmsg, { waitMs });
};

/** Not sent at all, since nobody is connected. */
export const notConnected = (): PlatformError =>
  new PlatformError('wecom', NOT_CONNECTED, 'retry', 'the long connection is down');
