import { randomBytes } from 'node:crypto';
import { type Sealed, type Secrets, seal, unseal } from './wecom-crypto.ts';
import { readXml, writeXml } from './wecom-xml.ts';

/**
 * WeCom's side of a callback address: checks it, calls it with sealed messages, gives it five seconds, calls again, and
 * opens what it answers. https://developer.work.weixin.qq.com/document/path/90930
 */

export type CallerOptions = {
  /** A function where it may change. */
  readonly url: string | (() => string);
  readonly secrets: Secrets;
  /** xml: self-built app; json: AI bot. */
  readonly format: 'xml' | 'json';
  /** Milliseconds. */
  readonly now?: () => number;
  readonly timing?: Partial<typeof patience>;
};
/** What WeCom waits for, and how often it calls again; all in milliseconds. */
export const patience = { checkMs: 1_000, answerMs: 5_000, againMs: 5_000, repeats: 3 };

/** One call and what came of it. */
export type Try = {
  /** 0: no answer in time, or none at all. */
  readonly status: number;
  readonly ms: number;
  readonly body: string;
  /** The message inside the answer; null: none, or not to be opened. */
  readonly answer: string | null;
  /** Why WeCom would show nothing; null: nothing is wrong. */
  readonly problem: string | null;
};
export type Delivery = { readonly tries: readonly Try[]; readonly isTaken: boolean; readonly answer: string | null };

export const wecomCaller = ({ url, secrets, format, now = Date.now, timing }: CallerOptions) => {
  const wait = { ...patience, ...timing };
  const tries: Try[] = [];

  const address = ({ signature, timestamp, nonce }: Sealed, more: Readonly<Record<string, string>> = {}) => {
    const to = new URL(typeof url === 'string' ? url : url());
    const query = { msg_signature: signature, timestamp, nonce, ...more };
    // As WeCom does: everything but the unreserved is escaped, a space is %20.
    to.search = Object.entries(query)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&');
    return to;
  };
  const bodyOf = ({ encrypt }: Sealed) =>
    format === 'json'
      ? JSON.stringify({ encrypt })
      : writeXml({ ToUserName: secrets.receiveId, Encrypt: encrypt, AgentID: '' });

  const open = (body: string): string | null => {
    if (body === '' || body === 'success') return null;
    const fields: Readonly<Record<string, unknown>> = format === 'json' ? JSON.parse(body) : readXml(body);
    const names = format === 'json' ? inJson : inXml;
    const field = (name: keyof typeof names) => {
      const value = fields[names[name]];
      if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`no ${names[name]} in the answer`);
      return String(value);
    };
    return unseal(secrets, {
      encrypt: field('encrypt'),
      signature: field('signature'),
      timestamp: field('timestamp'),
      nonce: field('nonce'),
    });
  };

  /** One call of any kind; its answer is judged like WeCom's. */
  const call = async (to: URL, init: RequestInit, withinMs: number): Promise<Try> => {
    const begun = performance.now();
    const since = () => performance.now() - begun;
    const tried: Try = await fetch(to, { ...init, redirect: 'manual', signal: AbortSignal.timeout(withinMs) })
      .then(async (response): Promise<Try> => {
        const body = await response.text();
        const made = { status: response.status, ms: since(), body };
        if (response.status !== 200) return { ...made, answer: null, problem: `status ${response.status}` };
        if (init.method === 'GET') return { ...made, answer: body, problem: null };
        try {
          return { ...made, answer: open(body), problem: null };
        } catch (error) {
          return { ...made, answer: null, problem: String(error) };
        }
      })
      .catch((error): Try => ({ status: 0, ms: since(), body: '', answer: null, problem: String(error) }));
    tries.push(tried);
    return tried;
  };

  /** One sealed call; `over` replaces what an attacker would. */
  const once = (plain: string, over: Partial<Sealed> = {}): Promise<Try> => {
    const sealed = { ...seal(secrets, plain, now()), ...over };
    const type = format === 'json' ? 'application/json' : 'text/xml';
    return call(
      address(sealed),
      { method: 'POST', body: bodyOf(sealed), headers: { 'content-type': type } },
      wait.answerMs,
    );
  };

  return {
    tries: tries as readonly Try[],
    seal: (plain: string, at = now()) => seal(secrets, plain, at),
    address,
    bodyOf,
    call: (to: URL, init: RequestInit) => call(to, init, wait.answerMs),
    once,

    /** The address is saved in the console: the echo must come back bare, within a second. */
    async check(over: Partial<Sealed> = {}): Promise<Try> {
      const plain = randomBytes(8).readBigUInt64BE().toString();
      const sealed = { ...seal(secrets, plain, now()), ...over };
      const tried = await call(address(sealed, { echostr: sealed.encrypt }), { method: 'GET' }, wait.checkMs);
      return tried.status === 200 && tried.body !== plain ? { ...tried, problem: 'not the echo' } : tried;
    },

    /** Until it is taken: again up to three times, sealed anew, the message the same. */
    async deliver(plain: string): Promise<Delivery> {
      const made: Try[] = [];
      for (let again = 0; again <= wait.repeats; again += 1) {
        if (again > 0) await new Promise((resolve) => setTimeout(resolve, wait.againMs));
        const tried = await once(plain);
        made.push(tried);
        if (tried.status === 200) return { tries: made, isTaken: true, answer: tried.answer };
      }
      return { tries: made, isTaken: false, answer: null };
    },
  };
};
export type Caller = ReturnType<typeof wecomCaller>;

const inJson = { encrypt: 'encrypt', signature: 'msgsignature', timestamp: 'timestamp', nonce: 'nonce' } as const;
const inXml = { encrypt: 'Encrypt', signature: 'MsgSignature', timestamp: 'TimeStamp', nonce: 'Nonce' } as const;
