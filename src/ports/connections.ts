/** Connections of which a platform takes one at a time: which copy of the bot holds them. */

export type ConnectionLeases = {
  /**
   * Takes the connection for this copy, or keeps it for as long again. `gone`: the id of a copy that has surely ended.
   * Throws Unconfirmed.
   */
  hold(connection: string, copy: Copy, terms: HoldTerms, gone?: string): Promise<Held>;
  /** Gives it back, for another to take at once or, after a kick, for nobody until it has rested. Throws Unconfirmed. */
  giveBack(connection: string, token: number, rest: Rest | null): Promise<void>;
  /** What an operator wants to know of it. */
  look(connection: string): Promise<ConnectionLook>;
};

/** One run of the bot. `where` is for people: host and process. `process`: by which those beside it can look for it. */
export type Copy = { readonly id: string; readonly where: string; readonly process: string };

export type HoldTerms = {
  readonly leaseMs: number;
  /** From one change of copies to the next, unless the holder went by itself or has surely ended. */
  readonly handoverMs: number;
};

/** The fencing token; or in how many ms the lease of another ends, and whose it is; or in how many a pause is over. */
export type Held =
  | { readonly token: number }
  | { readonly heldMs: number; readonly by: Pick<Copy, 'id' | 'process'> }
  | { readonly restMs: number };

/** The pause after a kick: doubled with each, and the first again after so long without one. */
export type Rest = { readonly firstMs: number; readonly longestMs: number; readonly forgetMs: number };

export type ConnectionLook = {
  /** Null while nobody holds it. */
  readonly where: string | null;
  /** Nobody connects for so long; 0 when there is no pause. */
  readonly restMs: number;
};
