import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { obey, say } from './wecom-line.ts';
import type { WecomServer } from './wecom-server.ts';

const Say = z.object({
  chat: z.string().min(1).optional(),
  user: z.string().min(1),
  text: z.string(),
  id: z.string().min(1).optional(),
});
const Do = z.object({ what: z.string(), arg: z.string().default('') });

/**
 * The fake over HTTP, for scripts: `POST /say {chat?, user, text, id?}` → `{id}`; `GET /posts?after=&wait=` →
 * `{posts}`, waiting up to so many ms for one; `POST /do {what, arg?}`; `GET /state`. Loopback only.
 */
export const wecomControl = async (server: WecomServer, port = 0) => {
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    switch (`${request.method} ${pathname}`) {
      case 'POST /say': {
        const { chat, user, text, id } = Say.parse(await json(request));
        const place = chat === undefined ? { user } : { group: chat, user };
        return { id: say(server, place, text, id === undefined ? {} : { msgid: id }) };
      }
      case 'GET /posts': {
        const after = Number(searchParams.get('after') ?? 0);
        const wait = Number(searchParams.get('wait') ?? 0);
        if (wait > 0) await server.seen(() => server.posts.length > after, wait).catch(() => {});
        return { posts: server.posts.slice(after) };
      }
      case 'POST /do': {
        const { what, arg } = Do.parse(await json(request));
        return { done: obey(server, what, arg) };
      }
      case 'GET /state':
        return {
          connected: server.isConnected(),
          subscriptions: server.subscriptions(),
          posts: server.posts.length,
        };
      default:
        return null;
    }
  };

  const http = createServer(async (request, response) => {
    const [status, body] = await answer(request).then(
      (body) => [body === null ? 404 : 200, body ?? { error: 'not found' }],
      (error: unknown) => [400, { error: String(error) }],
    );
    response.writeHead(Number(status), { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
};

const json = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
};
