import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Hono } from 'hono';

/** How long requests in hand may take when the bot stops; the whole of it has 10 s. */
const CLOSE_MS = 3_000;

export type Listening = {
  readonly url: string;
  /** What the requests are answered with, those that came before as well. */
  serve(pages: Hono): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens the address; requests wait until there is somebody to serve them. Rejects when the address cannot be had. `port`
 * 0 takes a free one; `url` says which.
 */
export const listen = async (host: string, port: number): Promise<Listening> => {
  // Not by import, which makes Node read its whole fetch as well: a tenth of the start.
  const { createServer } = process.getBuiltinModule('node:http');
  const answering = Promise.withResolvers<ReturnType<typeof import('@hono/node-server').getRequestListener>>();
  const server = createServer(async (request, response) => (await answering.promise)(request, response));
  server.listen(port, host);
  // Rejects with the error where there is one.
  await once(server, 'listening');

  const address = server.address();
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${typeof address === 'object' ? address?.port : port}`,
    async serve({ fetch }) {
      const { getRequestListener } = await import('@hono/node-server');
      answering.resolve(getRequestListener(fetch, { hostname: host }));
    },
    close: () => close(server),
  };
};

/** Takes nothing new, lets the requests in hand finish, and cuts what is still open then. */
const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
