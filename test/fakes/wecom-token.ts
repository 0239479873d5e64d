import { randomBytes } from 'node:crypto';
import { refused } from './wecom-codes.ts';
import type { Call, Route } from './wecom-http.ts';

type Account = { readonly corpId: string; readonly secret: string };

/** Access tokens: the same one until it ends; dead before its time when revoked. */
export const wecomTokens = ({ corpId, secret }: Account, lifeSeconds: () => number, now: () => number) => {
  let current: { token: string; until: number } | null = null;
  const dead = new Map<string, number>();
  let issued = 0;
  let asked = 0;

  const get: Route = ({ query }) => {
    asked += 1;
    if (query.get('corpid') !== corpId) throw refused(40_013, 'invalid corpid');
    if (query.get('corpsecret') !== secret) throw refused(40_001, 'invalid credential');
    if (!current || current.until <= now()) {
      if (current) dead.set(current.token, 42_001);
      current = { token: randomBytes(64).toString('base64url'), until: now() + lifeSeconds() * 1000 };
      issued += 1;
    }
    return { access_token: current.token, expires_in: Math.ceil((current.until - now()) / 1000) };
  };

  return {
    get,
    /** Lets through who shows a token that lives. */
    guard:
      (route: Route): Route =>
      (call: Call) => {
        const token = call.query.get('access_token');
        if (!token) throw refused(41_001, 'access_token missing');
        if (token !== current?.token) throw refused(dead.get(token) ?? 40_014, 'invalid access_token');
        if (current.until <= now()) throw refused(42_001, 'access_token expired');
        return route(call);
      },
    /** The token in use dies now: 40014 as if replaced, 42001 as if run out. */
    revoke(errcode: 40_014 | 42_001 = 40_014) {
      if (current) dead.set(current.token, errcode);
      current = null;
    },
    /** How often gettoken was called, and how many tokens it gave out. */
    asked: () => asked,
    issued: () => issued,
  };
};
