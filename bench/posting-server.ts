/** A platform 50 ms away: answers each post after that time. Its own process, so that its work is nobody else's. */
import { createServer } from 'node:http';

/** From a post's arrival to its answer. */
export const LATENCY_MS = 50;

if (import.meta.main) {
  const answer = JSON.stringify({ errcode: 0, errmsg: 'ok' });
  const server = createServer((request, response) => {
    request.resume();
    setTimeout(() => response.end(answer), LATENCY_MS);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.(typeof address === 'object' ? address?.port : null);
  });
  process.once('disconnect', () => process.exit());
}
