import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { obey } from './wecom-orders.ts';
import { modes, type WecomPlace } from './wecom-place.ts';
import type { Post } from './wecom-screen.ts';

const Say = z.object({
  chat: z.string().min(1).optional(),
  user: z.string().min(1),
  text: z.string(),
  id: z.string().min(1).optional(),
  by: z.enum(modes).optional(),
});
const Click = z.object({ user: z.string().min(1), n: z.int().min(1), button: z.string().min(1) });
const Do = z.object({ what: z.string(), arg: z.string().default('') });

/** A post as JSON: what was attached, as the path it was saved under. */
export const plain = ({ file, ...post }: Post, pathOf: (n: number) => string | undefined) =>
  file ? { ...post, file: { name: file.name, type: file.type, size: file.bytes.length, path: pathOf(post.n) } } : post;

type Options = { readonly port?: number; readonly pathOf?: (n: number) => string | undefined };

/**
 * The fake over HTTP, for scripts: `POST /say {chat?, user, text, id?, by?}` → `{id, problem?}`; `POST /click {user, n,
 * button}`; `GET /posts?after=&wait=` → `{posts}`, waiting up to so many ms for one; `POST /do {what, arg?}`; `GET
 * /state`; `GET /requests`: what the bot asked of the API, without tokens and keys. Loopback only.
 */
export const wecomControl = async (place: WecomPlace, { port = 0, pathOf = () => undefined }: Options = {}) => {
  const { server, api, screen } = place;
  const told = ({ id, problem }: { id: string; problem: string | null }) =>
    problem === null ? { id } : { id, problem };

  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    switch (`${request.method} ${pathname}`) {
      case 'POST /say': {
        const { chat, user, text, id, by } = Say.parse(await json(request));
        return told(await place.say(chat === undefined ? { user } : { group: chat, user }, text, id, by));
      }
      case 'POST /click': {
        const { user, n, button } = Click.parse(await json(request));
        return told(await place.click(user, n, button));
      }
      case 'GET /posts': {
        const after = Number(searchParams.get('after') ?? 0);
        const wait = Number(searchParams.get('wait') ?? 0);
        if (wait > 0) await screen.seen(() => screen.posts.length > after, wait).catch(() => {});
        return { posts: screen.posts.slice(after).map((post) => plain(post, pathOf)) };
      }
      case 'POST /do': {
        const { what, arg } = Do.parse(await json(request));
        const said = await obey(place, what, arg);
        return said === null ? { done: false } : { done: true, said };
      }
      case 'GET /state':
        return {
          mode: place.mode(),
          connected: server.isConnected(),
          subscriptions: server.subscriptions(),
          posts: screen.posts.length,
          requests: api.calls.length,
          tokens: { asked: api.tokens.asked(), issued: api.tokens.issued() },
        };
      case 'GET /requests':
        return { requests: api.calls.map(({ at, method, path, body }) => ({ at, method, path, size: body.length })) };
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
