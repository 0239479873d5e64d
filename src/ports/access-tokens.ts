/** Tokens with which a platform's API is called: one is fetched at a time, and all copies of the bot use it. */

export type AccessTokens = {
  /**
   * The token in use, unless it is `stale`; or the task to fetch the next one, which is given to one caller at a time.
   * While that one fetches, the others go on with the old token where it is still good, or wait.
   */
  ask(account: string, stale: string | null): Promise<TokenAnswer>;
  /** Keeps the token that `lease` stood for. It lives `lifeMs`, and the next one is fetched after `freshMs`. */
  keep(account: string, token: { readonly value: string } & TokenTimes, lease: string): Promise<void>;
  /** Nothing was fetched: the next who asks may try. */
  giveUp(account: string, lease: string): Promise<void>;
};

export type TokenTimes = { readonly lifeMs: number; readonly freshMs: number };

/** `freshMs`: not asked for again so long. */
export type TokenAnswer =
  | { readonly token: string; readonly freshMs: number }
  | { readonly lease: string }
  | { readonly waitMs: number };
