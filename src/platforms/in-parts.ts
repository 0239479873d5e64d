import { createHash } from 'node:crypto';
import { PlatformError } from '../errors.ts';
import type { SentParts } from '../ports.ts';

/** Texts of several parts that are half sent; the oldest are forgotten first. */
const MOST_REMEMBERED = 1_000;

/** Where only this process is to know: tests, and platforms whose texts are short. */
const nowhere: SentParts = { of: async () => new Set(), confirm: async () => {} };

/**
 * Sends the parts of a text in order. Asked again under the same `id`, by this copy or another, before a restart or
 * after it, sends what was not confirmed; a part that reads differently by then is another part. One whose outcome is
 * unknown does not hold up those after it, since it may stand in the chat; the error is thrown at the end.
 *
 * What is one message touches no store: its outcome is the text's. A store that is gone forbids nothing: better said
 * twice than not at all, and this process remembers by itself.
 */
export const inParts = (sent: SentParts = nowhere) => {
  const own = new Map<string, Set<string>>();

  const remember = async (id: string, part: string) => {
    const mine = own.get(id) ?? new Set();
    own.delete(id);
    own.set(id, mine.add(part));
    forgetOldest(own);
    await sent.confirm(id, part).catch(() => {});
  };

  return async (id: string, parts: readonly string[], send: (part: string, index: number) => Promise<void>) => {
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return send(only, 0);

    const known = new Set([...(own.get(id) ?? []), ...(await sent.of(id).catch(() => []))]);
    let unknown: PlatformError | null = null;
    for (const [index, part] of parts.entries()) {
      const name = nameOf(part, index);
      if (known.has(name)) continue;
      try {
        await send(part, index);
        await remember(id, name);
      } catch (error) {
        if (!(error instanceof PlatformError) || error.outcome !== 'unknown') throw error;
        unknown = error;
      }
    }
    if (unknown) throw unknown;
  };
};

/** Its place and a print of its words: of what people wrote nothing is kept. */
const nameOf = (part: string, index: number): string =>
  `${index}/${createHash('sha256').update(part).digest('base64url').slice(0, 12)}`;

const forgetOldest = (remembered: Map<string, unknown>) => {
  for (const id of remembered.keys()) {
    if (remembered.size <= MOST_REMEMBERED) return;
    remembered.delete(id);
  }
};
