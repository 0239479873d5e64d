/** How much may come in, counted over all copies of the bot, in fixed windows. */

export type Spent = {
  readonly isOver: boolean;
  /** It was this one that went over, of all copies: whoever hears so says it. */
  readonly isFirst: boolean;
  /** Until the window ends. */
  readonly msLeft: number;
};

export type Allowance = {
  /** Counts `times` more of `who`. Rejects when it could not be counted. */
  spend(who: string, times: number): Promise<Spent>;
};

/** So many a window. */
export type Rate = { readonly most: number; readonly seconds: number };

/** `kind` keeps those of one name apart. */
export type Allowances = (kind: string, rate: Rate) => Allowance;
