import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';

/** How long requests in hand may take when the bot stops; the whole of it has 10 s. */
const CLOSE_MS = 3_000;

/** Listens. Rejects when the address cannot be had. `port` 0 takes a free one; `url` says which. */
export const listen = (app: Hono, host: string, port: number): Promise<{ url: string; close(): Promise<void> }> =>
  new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (address) => {
      resolve({
        url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
        close: () => close(server as Server),
      });
    });
    server.once('error', reject);
  });

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
