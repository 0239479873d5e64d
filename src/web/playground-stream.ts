import type { Context } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { isoTime } from '../domain/local-time.ts';
import type { Playground, PlaygroundChange } from '../ports.ts';
import { lineOut } from './playground-wire.ts';

/** Proxies close a connection on which nothing is said for a minute. */
const HEARTBEAT_MS = 25_000;

/**
 * Server-sent events: each new line, each move of the clock, and that all was reset. Ends when the playground stops.
 */
export const changes = (c: Context, playground: Playground) =>
  streamSSE(c, async (stream) => {
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    const unsubscribe = playground.subscribe((change) => {
      if (change.kind === 'closed') end();
      else write(stream, change, playground);
    });
    const heartbeat = setInterval(() => stream.write(': \n\n'), HEARTBEAT_MS);
    stream.onAbort(end);
    try {
      // Says at once that the connection stands.
      await write(stream, { kind: 'clock' }, playground);
      await over;
    } finally {
      clearInterval(heartbeat);
      unsubscribe();
    }
  });

const write = (stream: SSEStreamingApi, change: PlaygroundChange, { now, zone }: Playground) =>
  stream.writeSSE({
    event: change.kind,
    data: JSON.stringify(change.kind === 'line' ? lineOut(change.line, zone) : { now: isoTime(now(), zone) }),
  });
