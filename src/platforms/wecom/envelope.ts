import type { CallbackRequest, CallbackResponse, CallbackSecrets, Log } from '../../ports.ts';
import { crypt } from './crypt.ts';
import { readXml, writeXml } from './xml.ts';

/**
 * So far the time of a callback may lie from ours, in seconds, both ways. WeCom calls again three times, five seconds
 * after each other; whether then with the first time or a new one is not published, so both have to fit, ten times
 * over. A longer span would only serve who replays.
 */
export const WINDOW_S = 300;

/** Who is not proven is told nothing; the operator is, at most so often. */
const SAY_AGAIN_MS = 60_000;

type Deps = {
  readonly secrets: CallbackSecrets;
  /** Whom callbacks are sealed for: the corp id, or '' for an AI bot. */
  readonly receiveId: string;
  /** xml: self-built app; json: AI bot. */
  readonly format: 'xml' | 'json';
  /** Real time in ms: the platform's clock is not moved. */
  readonly realNow: () => number;
  readonly log: Log;
};

/** A callback that is proven to be WeCom's; or one that is answered already. */
export type Opened = { readonly message: string } | { readonly response: CallbackResponse };

/**
 * Proves callbacks and opens them, and seals what is answered. A check of the address is answered by itself, in plain
 * words. https://developer.work.weixin.qq.com/document/path/90930, …/101033
 */
export const envelopes = ({ secrets, receiveId, format, realNow, log }: Deps) => {
  const { isSigned, decrypted, seal } = crypt(secrets, receiveId);
  const sealedIn = format === 'xml' ? encryptInXml : encryptInJson;
  const isFresh = (timestamp: string) =>
    /^\d{10}$/.test(timestamp) && Math.abs(realNow() / 1000 - Number(timestamp)) <= WINDOW_S;

  let saidAt = Number.NEGATIVE_INFINITY;
  const refused = (reason: string): Opened => {
    if (realNow() - saidAt >= SAY_AGAIN_MS) {
      saidAt = realNow();
      log.warn({ reason }, 'a callback that is not proven to be WeCom’s; more in the next minute are not logged');
    }
    return { response: { status: 403 } };
  };

  return {
    open({ method, query, body }: CallbackRequest): Opened {
      const isCheck = method === 'GET';
      // Base64 has no spaces: they are pluses that somebody forgot to escape.
      const encrypt = isCheck
        ? query.get('echostr')?.replaceAll(' ', '+')
        : sealedIn(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString());
      const signature = query.get('msg_signature');
      const timestamp = query.get('timestamp');
      const nonce = query.get('nonce');
      if (!encrypt || signature === null || timestamp === null || nonce === null) return refused('incomplete');
      if (!isSigned({ encrypt, signature, timestamp, nonce })) return refused('the signature is wrong: is the token?');
      if (!isFresh(timestamp)) return refused(`more than ${WINDOW_S} s from our time: is the clock right?`);
      const message = decrypted(encrypt);
      if (message === null) return refused('not sealed for us: is the AES key, the corp id?');
      return isCheck ? { response: { status: 200, body: message } } : { message };
    },

    /** An answer to show. */
    sealed(message: string): CallbackResponse {
      const timestamp = Math.floor(realNow() / 1000);
      const { encrypt, signature, nonce } = seal(message, timestamp);
      if (format === 'json') {
        const body = JSON.stringify({ encrypt, msgsignature: signature, timestamp, nonce });
        return { status: 200, type: 'application/json', body };
      }
      const fields = { Encrypt: encrypt, MsgSignature: signature, TimeStamp: timestamp, Nonce: nonce };
      return { status: 200, type: 'application/xml', body: writeXml(fields) };
    },
  };
};

/** Taken in, with nothing to show. */
export const nothingToSay: CallbackResponse = { status: 200 };
/** Not safe yet: WeCom is to deliver it again. */
export const notSafe: CallbackResponse = { status: 503 };
/** Proven, and not to be read all the same. */
export const malformed: CallbackResponse = { status: 400 };

const encryptInXml = (body: string): string | undefined => readXml(body)?.get('Encrypt');

const encryptInJson = (body: string): string | undefined => {
  const fields = jsonOf(body);
  if (typeof fields !== 'object' || fields === null || !('encrypt' in fields)) return undefined;
  return typeof fields.encrypt === 'string' ? fields.encrypt : undefined;
};

/** Undefined for what is no JSON. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
