import type { Chat } from '../../message.ts';
import type { Platform } from '../../ports.ts';

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
