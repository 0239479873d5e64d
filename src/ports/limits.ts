/** How often something may be done, counted over all copies of the bot. */

/** At most `most` in any span of `ms` under `key`. Windows of one key share one log. */
export type Window = {
  /** Whose limit it is, such as `group/<chatid>`: any text, but no secret. */
  readonly key: string;
  readonly ms: number;
  readonly most: number;
  /** So many of `most` are left to replies; none where it is left out. */
  readonly reserve?: number;
};

/** reply: an answer somebody waits for. post: all else, which leaves the reserves alone. */
export type Urgency = 'reply' | 'post';

/** The limits of one platform. */
export type Limits = {
  /**
   * Takes one place in each of the windows, or in none of them. Answers 0 when it was taken, otherwise in how many ms
   * there may be room. Whoever sends takes right before each frame or call. Throws Unconfirmed: a place may be taken.
   */
  take(windows: readonly Window[], urgency?: Urgency): Promise<number>;
};
