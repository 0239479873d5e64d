import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { Unconfirmed, UserError } from '../errors.ts';
import type { MessageKey, Params, Translate } from '../i18n.ts';
import type { Log } from '../ports.ts';

/** What is not named here is 400: the request can be put right. */
const statuses: Partial<Record<MessageKey, 403 | 404 | 405 | 409 | 413 | 415>> = {
  'playground.not-your-chat': 403,
  'playground.foreign-origin': 403,
  'playground.not-found': 404,
  'playground.wrong-method': 405,
  'playground.frozen': 409,
  'playground.file-too-large': 413,
  'playground.body-too-large': 413,
  'playground.wrong-type': 415,
};

/** `{error: {code, message}}`: the code is the last part of the key, for programs; the message is for people. */
export const refusal = (c: Context, t: Translate, key: MessageKey, params: Params = {}) =>
  c.json({ error: { code: key.replace(/^\w+\./, ''), message: t(key, params) } }, statuses[key] ?? 400);

/**
 * Turns what a route throws into words: known trouble by its key, an unreachable store as 503, all else under a
 * reference.
 */
export const refusals = (t: Translate, log: Log) => (error: Error, c: Context) => {
  if (error instanceof UserError) return refusal(c, t, error.key, error.params);
  if (error instanceof Unconfirmed) {
    const key = c.req.method === 'GET' ? 'playground.unavailable' : 'error.unconfirmed';
    return c.json({ error: { code: 'unconfirmed', message: t(key) } }, 503);
  }
  const ref = randomUUID().slice(0, 8);
  log.error({ err: error, ref, path: c.req.path }, 'request failed');
  return c.json({ error: { code: 'internal', message: t('error.internal', { ref }) } }, 500);
};
