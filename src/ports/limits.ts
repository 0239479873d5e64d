/** How often something may be done, counted over all copies of the bot. */

/** At most `most` in any span of `ms` under `key`. Windows of one key share one log. */
export type Window = {
  /** Whose limit it is, such as `wecom/bot/group/<chatid>`; any text. */
  readonly key: string;
  readonly ms: number;
  readonly most: number;
};

/** reply: an answer somebody waits for. post: all else; it leaves a part of each window to the replies. */
export type Urgency = 'reply' | 'post';

export type Limits = {
  /**
   * Takes one place in each of the windows, or in none of them. Answers 0 when it was taken, otherwise in how many ms
   * there may be room. Whoever sends takes right before each frame or call. Throws Unconfirmed: a place may be taken.
   */
  take(windows: readonly Window[], urgency?: Urgency): Promise<number>;
};
