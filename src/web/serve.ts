import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Hono } from 'hono';

/** How long requests in hand may take when the bot stops; the whole of it has 10 s. */
const CLOSE_MS = 3_000;

export type Listening = {
  readonly url: string;
  /** Reads the pages before anybody asks. Rejects when that cannot be done. */
  open(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Listens, and answers with what `pages` gives, which is asked for with the first request at the latest: a start needs
 * none of them. Rejects when the address cannot be had. `port` 0 takes a free one; `url` says which.
 */
export const listen = async (pages: () => Promise<Hono>, host: string, port: number): Promise<Listening> => {
  // Not by import, which makes Node read its whole fetch as well: a tenth of the start.
  const { createServer } = process.getBuiltinModule('node:http');
  const answering = lazily(async () => {
    const [{ getRequestListener }, { fetch }] = await Promise.all([import('@hono/node-server'), pages()]);
    return getRequestListener(fetch, { hostname: host });
  });
  const server = createServer((request, response) => {
    answering().then(
      (answer) => answer(request, response),
      () => response.destroy(),
    );
  });
  server.listen(port, host);
  // Rejects with the error where there is one.
  await once(server, 'listening');

  const address = server.address();
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${typeof address === 'object' ? address?.port : port}`,
    open: async () => void (await answering()),
    close: () => close(server),
  };
};

/** Makes it when it is first asked for. */
const lazily = <Value>(make: () => Promise<Value>) => {
  let made: Promise<Value> | null = null;
  return (): Promise<Value> => {
    made ??= make();
    return made;
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
