import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/** So much, and so long, somebody may go on sending what is not wanted. */
const MOST_SKIPPED_MB = 256;
const LONGEST_SKIPPED_MS = 5_000;

/**
 * Answers a body of more than `mostKb` with what `refuse` says, once it has been sent: who is still sending hears no
 * answer, and whatever came next on that connection would be lost with it.
 */
export const limitedTo = (mostKb: number, refuse: (c: Context) => Response): MiddlewareHandler =>
  bodyLimit({
    maxSize: mostKb * 1024,
    onError: async (c) => {
      await skipped(c.req.raw.body);
      c.header('Connection', 'close');
      return refuse(c);
    },
  });

/**
 * Refuses a body that says that it is larger than `mostKb`, as `limitedTo` does; any other is left to be read by parts.
 */
export const announcedUpTo = (mostKb: number, refuse: (c: Context) => Response): MiddlewareHandler => {
  const limited = limitedTo(mostKb, refuse);
  return (c, next) => (c.req.header('content-length') === undefined ? next() : limited(c, next));
};

const skipped = async (body: ReadableStream<Uint8Array> | null): Promise<void> => {
  if (!body || body.locked) return;
  const reader = body.getReader();
  const late = setTimeout(() => reader.cancel().catch(() => {}), LONGEST_SKIPPED_MS);
  try {
    for (let bytes = 0; bytes < MOST_SKIPPED_MB * 1024 * 1024; ) {
      const { done, value } = await reader.read();
      if (done) return;
      bytes += value.length;
    }
  } catch {
    // Whoever hangs up wants no answer.
  } finally {
    clearTimeout(late);
  }
};
