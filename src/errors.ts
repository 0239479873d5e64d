import type { MessageKey, Params } from './i18n.ts';
import type { PlatformName } from './message.ts';

/** Something the person who asked can put right. Shown to them in their language; never logged as a fault. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly key: MessageKey;
  readonly params: Params;

  constructor(key: MessageKey, params: Params = {}) {
    super(key);
    this.key = key;
    this.params = params;
  }
}

/** The `code` of a PlatformError when nothing was called, as our own count of the platform's limit is full. */
export const WINDOW_FULL = 'window-full';

/** The `code` of a PlatformError when nothing was called, as this copy of the bot is not connected; another may be. */
export const NOT_CONNECTED = 'not-connected';

/** A platform's API said no. `code` is the platform's own, so that its manual can be searched for it. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly platform: PlatformName;
  readonly code: string | number;
  /** refused: never try again. retry: certainly not done, try again. unknown: it may have been delivered. */
  readonly outcome: 'refused' | 'retry' | 'unknown';
  /** With retry: not before so many ms have passed. */
  readonly waitMs: number | null;

  constructor(
    platform: PlatformName,
    code: string | number,
    outcome: PlatformError['outcome'],
    message: string,
    { waitMs = null }: { readonly waitMs?: number | null } = {},
  ) {
    super(`${platform} ${code}: ${message}`);
    this.platform = platform;
    this.code = code;
    this.outcome = outcome;
    this.waitMs = waitMs;
  }
}

/**
 * The store did not confirm. Whether the change was made is unknown: send the same message again, under the same id.
 */
export class Unconfirmed extends Error {
  override readonly name = 'Unconfirmed';
}

/** What `work` gives, or an error after `ms`: the work itself goes on, only nobody waits for it any longer. */
export const within = async <Value>(work: Promise<Value>, ms: number): Promise<Value> => {
  // An AbortController would make an error, with its stack, for each piece of work that ends in time.
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no end after ${ms} ms`)), ms);
  timer.unref();
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};
