import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Callback, CallbackRequest, CallbackResponse, Log } from '../ports.ts';

/** No platform sends more in one call; its longest text is a few kB. */
export const MOST_BYTES = 1_048_576;
/** From the head of a call to the end of its body: platforms send it at once, and wait 5 s for the answer. */
const BODY_MS = 5_000;
/** So much is read of a body that is too long, so that whoever sends it hears the answer. */
const MOST_SKIPPED_BYTES = 256 * MOST_BYTES;

/**
 * What platforms call us back under, on node's own requests: a call has to be answered at little cost, and proven on
 * the bytes as they came. False: the address is not a platform's.
 */
export const callbackListener = (callbacks: readonly Callback[], log: Log) => {
  const byPath = new Map(callbacks.map((callback) => [callback.path, callback]));

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const url = request.url ?? '';
    const mark = url.indexOf('?');
    const callback = byPath.get(mark === -1 ? url : url.slice(0, mark));
    if (!callback) return false;
    const query = new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
    answer(callback, query, request)
      .catch((error: unknown): CallbackResponse => {
        log.error({ err: error, path: callback.path }, 'a callback was not handled');
        return { status: 503 };
      })
      .then((answered) => write(answered, request, response));
    return true;
  };
};

const answer = async ({ handle }: Callback, query: URLSearchParams, request: IncomingMessage) => {
  const { method } = request;
  if (method !== 'GET' && method !== 'POST') return notAllowed;
  const body = method === 'GET' ? empty : await bodyOf(request);
  if ('status' in body) return body;
  const header: CallbackRequest['header'] = (name) => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : value?.join(', ');
  };
  return handle({ method, query, header, body });
};

const empty = new Uint8Array();
const notAllowed: CallbackResponse = { status: 405 };
const tooLarge: CallbackResponse = { status: 413 };
const tooSlow: CallbackResponse = { status: 408 };
const broken: CallbackResponse = { status: 400 };

/** The body as it came; or why there is none, once it has ended or nobody wants more of it. */
const bodyOf = (request: IncomingMessage): Promise<Uint8Array | CallbackResponse> =>
  new Promise((resolve) => {
    let parts: Buffer[] = [];
    let bytes = 0;
    const late = setTimeout(() => resolve(bytes > MOST_BYTES ? tooLarge : tooSlow), BODY_MS);
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= MOST_BYTES) parts.push(part);
      else parts = [];
      if (bytes > MOST_SKIPPED_BYTES) resolve(tooLarge);
    });
    request.on('end', () => {
      const [first = empty] = parts;
      resolve(bytes > MOST_BYTES ? tooLarge : parts.length < 2 ? first : Buffer.concat(parts, bytes));
    });
    // Cut off: nobody is there to hear this.
    request.on('error', () => resolve(broken));
    request.on('close', () => clearTimeout(late));
  });

const write = ({ status, type, body = '' }: CallbackResponse, request: IncomingMessage, response: ServerResponse) => {
  response.writeHead(status, {
    'Content-Type': type ?? 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...(status === 405 && { Allow: 'GET, POST' }),
    // What has not been read of the body would pass for the next call.
    ...(!request.complete && { Connection: 'close' }),
  });
  response.end(body);
};
