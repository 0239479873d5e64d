import { PlatformError } from '../errors.ts';

/** Texts of several parts that are half sent; the oldest are forgotten first. */
const MOST_REMEMBERED = 1_000;

/**
 * Sends the parts of a text in order. Asked again under the same `id`, sends what was not confirmed. A part whose
 * outcome is unknown does not hold up those after it, since it may stand in the chat; the error is thrown at the end.
 * Kept in memory: after a restart of the bot a half-sent text begins anew.
 */
export const inParts = () => {
  const confirmed = new Map<string, Set<number>>();

  return async (id: string, parts: readonly string[], send: (part: string, index: number) => Promise<void>) => {
    const done = confirmed.get(id) ?? new Set<number>();
    let unknown: PlatformError | null = null;
    for (const [index, part] of parts.entries()) {
      if (done.has(index)) continue;
      try {
        await send(part, index);
        done.add(index);
      } catch (error) {
        confirmed.delete(id);
        confirmed.set(id, done);
        forgetOldest(confirmed);
        if (!(error instanceof PlatformError) || error.outcome !== 'unknown') throw error;
        unknown = error;
      }
    }
    if (unknown) throw unknown;
    confirmed.delete(id);
  };
};

const forgetOldest = (remembered: Map<string, unknown>) => {
  for (const id of remembered.keys()) {
    if (remembered.size <= MOST_REMEMBERED) return;
    remembered.delete(id);
  }
};
