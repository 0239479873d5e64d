import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { watching } from './watching.ts';
import { refusalOf } from './wecom-codes.ts';

/** An HTTP server that answers like WeCom's, records every request, and misbehaves on demand. */

export type Call = {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly type: string;
  readonly body: Buffer;
};
/** The body as JSON; an empty object where it is none. */
export const jsonOf = ({ body }: Call): Readonly<Record<string, unknown>> => {
  const parsed: unknown = JSON.parse(body.toString() || '{}');
  if (typeof parsed !== 'object' || parsed === null) throw new SyntaxError('no object');
  return Object.fromEntries(Object.entries(parsed));
};

/** Does what it is asked and returns the fields of the answer. Throws `refused(…)`. */
export type Route = (call: Call) => object | Promise<object>;

/** What goes wrong with the next request; whatever is not given is as always. */
export type Fault = {
  /** Only requests whose path ends so. */
  readonly path?: string;
  /** How many requests, one unless given; `Infinity` until `heal()`. */
  readonly times?: number;
  /** What was asked is done all the same: only the answer goes wrong. */
  readonly isDone?: boolean;
  readonly errcode?: number;
  readonly errmsg?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly lateMs?: number;
  /** Instead of an answer: silence, a reset, a body that comes a byte at a time or never ends. */
  readonly answers?: 'nothing' | 'reset' | 'drip' | 'flood';
};
export const html: Fault = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>',
};

type Options = { readonly port?: number | undefined; readonly now: () => number };

export const wecomHttp = async (routes: Readonly<Record<string, Route>>, { port = 0, now }: Options) => {
  const calls: Call[] = [];
  let faults: { fault: Fault; left: number }[] = [];
  let latencyMs = 0;
  const { changed, seen } = watching();

  /** The first fault that fits, used up by one. */
  const nextFault = (path: string): Fault => {
    const found = faults.find(({ fault }) => fault.path === undefined || path.endsWith(fault.path));
    if (!found) return {};
    found.left -= 1;
    faults = faults.filter(({ left }) => left > 0);
    return found.fault;
  };

  const done = async (call: Call): Promise<object> => {
    const route = routes[`${call.method} ${call.path}`] ?? routes[`* ${call.path}`];
    if (!route) return { errcode: 40_066, errmsg: 'invalid url' };
    try {
      return { errcode: 0, errmsg: 'ok', ...(await route(call)) };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal) return { errcode: refusal[0], errmsg: `${refusal[1]}, hint: [local]` };
      if (error instanceof SyntaxError) return { errcode: 47_001, errmsg: 'data format error' };
      return { errcode: 40_058, errmsg: String(error) };
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const call: Call = {
      at: now(),
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      type: request.headers['content-type'] ?? '',
      body: Buffer.concat(chunks),
    };
    calls.push(call);
    const fault = nextFault(pathname);
    const isPlain = !('errcode' in fault || 'status' in fault || 'answers' in fault || 'body' in fault);
    const result = isPlain || fault.isDone ? await done(call) : {};
    changed();
    const lateMs = latencyMs + (fault.lateMs ?? 0);
    if (lateMs > 0) await new Promise((resolve) => setTimeout(resolve, lateMs));
    if (fault.answers) return misanswer(fault.answers, request, response);
    const said = fault.errcode === undefined ? result : { errcode: fault.errcode, errmsg: fault.errmsg ?? 'on demand' };
    const headers = { 'content-type': 'application/json; charset=UTF-8', ...fault.headers };
    response.writeHead(fault.status ?? 200, headers).end(fault.body ?? JSON.stringify(said));
  };

  const http = createServer((request, response) => {
    void answer(request, response).catch(() => request.socket.destroy());
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    /** For a WebSocket server on the same port. */
    server: http,
    calls: calls as readonly Call[],
    fail: (fault: Fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    heal() {
      faults = [];
      latencyMs = 0;
    },
    /** Every answer comes so much later. */
    slowBy(ms: number) {
      latencyMs = ms;
    },
    seen,
    async close() {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
};

const misanswer = (how: NonNullable<Fault['answers']>, request: IncomingMessage, response: ServerResponse) => {
  if (how === 'nothing') return;
  if (how === 'reset') return void request.socket.resetAndDestroy();
  response.writeHead(200, { 'content-type': 'application/json' });
  if (how === 'drip') {
    const drops = setInterval(() => response.write(' '), 100);
    return void response.on('close', () => clearInterval(drops));
  }
  const pour = () => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  };
  response.on('drain', pour);
  pour();
};
