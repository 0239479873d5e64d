/** What WeCom's HTTP API means by its answers: one table, by errcode and never by the status of HTTP. */
import { PlatformError } from '../../errors.ts';

/** Who can put a refusal right: whoever was written to, who bound the group, or who runs the bot. */
export type Blame = 'receiver' | 'chat' | 'operator';

export type Meaning = {
  readonly outcome: PlatformError['outcome'];
  /** Of a refusal; without it, the receiver. */
  readonly blame?: Blame;
  /** Of a retry: not before. */
  readonly waitMs?: number;
  /** The access token is of no use any more: a new one, and once more. */
  readonly renews?: true;
  /** The media id is of no use any more. */
  readonly uploads?: true;
};

/** As long as the window of the limits that are counted by the minute. */
const WINDOW_MS = 60_000;

const operator: Meaning = { outcome: 'refused', blame: 'operator' };
const chat: Meaning = { outcome: 'refused', blame: 'chat' };
const refused: Meaning = { outcome: 'refused' };
const tooOften: Meaning = { outcome: 'retry', waitMs: WINDOW_MS };
const renews: Meaning = { outcome: 'retry', renews: true };

/** https://developer.work.weixin.qq.com/document/path/90313, of webhooks …/91770 */
const meanings: ReadonlyMap<string | number, Meaning> = new Map<string | number, Meaning>([
  [-1, { outcome: 'retry' }], // busy
  [40_001, operator], // secret
  [40_003, refused], // userid
  [40_007, { outcome: 'retry', uploads: true }], // media_id, which lives for three days
  [40_013, operator], // corp id
  [40_014, renews], // access token
  [40_056, operator], // agent id
  [41_001, operator], // no access token: a gateway ate the query
  [42_001, renews], // access token ran out
  [43_012, operator], // a card with buttons needs a callback address
  [45_001, refused], // file too large
  [45_002, refused], // text too long
  [45_009, tooOften],
  [45_033, tooOften], // too many at once
  [48_002, operator], // API not permitted
  [48_009, operator],
  [50_001, operator], // the app is not to be used there
  [50_002, operator], // no right to it
  [60_011, operator], // no right to these people
  [60_020, operator], // our address is not in the app's list
  [60_111, refused], // no such person
  [81_013, refused], // nobody of those written to can be reached
  [82_001, refused], // nobody to write to
  [82_004, refused], // content not allowed
  [86_001, chat], // chat id
  [86_003, chat], // no such chat
  [86_008, chat], // another app's chat
  [93_000, chat], // the webhook's key, or its robot was removed
  [93_004, chat], // the robot is switched off
  [93_008, chat], // the robot is not in the group
]);

/** Of an errcode, or of a `PlatformError`'s code. One that is not listed says no all the same. */
export const meaningOf = (code: string | number): Meaning => meanings.get(Number(code)) ?? refused;

/** An errcode of WeCom as an error of ours. */
export const refusal = (errcode: number, errmsg: string): PlatformError => {
  const { outcome, waitMs = null } = meaningOf(errcode);
  return new PlatformError('wecom', errcode, outcome, errmsg, { waitMs });
};

/** Nothing was sent: nobody answered the call. */
export const unreachable = (detail: string): PlatformError =>
  new PlatformError('wecom', 'no-connection', 'retry', detail);

/** It was sent, and what came of it nobody knows. `isRepeatable`: nothing can come of doing it twice. */
export const unanswered = (detail: string, isRepeatable: boolean): PlatformError =>
  new PlatformError('wecom', 'no-answer', isRepeatable ? 'retry' : 'unknown', detail);

/**
 * An answer that is none of WeCom's: a page, nothing, a JSON without errcode. What a gateway on the way turned away did
 * not reach WeCom; anything else may have.
 */
export const foreign = (status: number, retryAfterMs: number | null, isRepeatable: boolean): PlatformError => {
  if (status === 429) {
    return new PlatformError('wecom', 'http-429', 'retry', 'too often', { waitMs: retryAfterMs ?? WINDOW_MS });
  }
  if (status >= 300 && status < 500) return new PlatformError('wecom', `http-${status}`, 'refused', 'not WeCom');
  return unanswered(`HTTP ${status} without an errcode`, isRepeatable);
};
