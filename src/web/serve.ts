import { once } from 'node:events';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Hono } from 'hono';

/** From the first byte of a request to the end of its head, and how often that is looked at. */
const HEAD_MS = 10_000;
const LOOK_MS = 5_000;

/** How long requests in hand may take when the bot stops; the whole of it has 10 s. */
const CLOSE_MS = 3_000;

export type Listening = {
  readonly url: string;
  /** What the requests are answered with, those that came before as well. `first` says whether it answers one. */
  serve(pages: Hono, first?: (request: IncomingMessage, response: ServerResponse) => boolean): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens the address; requests wait until there is somebody to serve them. Rejects when the address cannot be had. `port`
 * 0 takes a free one; `url` says which.
 */
export const listen = async (host: string, port: number): Promise<Listening> => {
  // Not by import, which makes Node read its whole fetch as well: a tenth of the start.
  const { createServer } = process.getBuiltinModule('node:http');
  const answering = Promise.withResolvers<RequestListener>();
  const server = createServer(
    { headersTimeout: HEAD_MS, connectionsCheckingInterval: LOOK_MS },
    async (request, response) => (await answering.promise)(request, response),
  );
  server.listen(port, host);
  // Rejects with the error where there is one.
  await once(server, 'listening');

  const address = server.address();
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${typeof address === 'object' ? address?.port : port}`,
    async serve({ fetch }, first = () => false) {
      const { getRequestListener } = await import('@hono/node-server');
      const pages = getRequestListener(fetch, { hostname: host });
      answering.resolve((request, response) => void (first(request, response) || pages(request, response)));
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
