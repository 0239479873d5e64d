/** Which parts of a long text stand in a chat: a text that was cut off goes on where it stopped. */

export type SentParts = {
  /** The parts of the text `id` that the platform has confirmed in the last two days, by name. */
  of(id: string): Promise<ReadonlySet<string>>;
  /** Remembers that the platform has confirmed `part`. */
  confirm(id: string, part: string): Promise<void>;
};
