import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { PlatformError } from '../../errors.ts';
import type { AccessTokens, Log } from '../../ports.ts';
import { type Api, wecomApi } from './api.ts';
import { meaningOf } from './codes.ts';

export type AppAccount = { readonly corpId: string; readonly secret: string };

type Deps = {
  readonly api: Api;
  readonly account: AppAccount;
  readonly tokens: AccessTokens;
  readonly log: Log;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
};

/** The part of its life after which the next one is fetched, while the old one still serves. */
const FRESH = 0.85;
/** A token that dies on its way is of no use. */
const MARGIN_MS = 5_000;
/** So long nobody asks again with credentials that WeCom does not take: it counts such calls. */
const REFUSED_MS = 60_000;
/** How often another copy that fetches the token is asked whether it has it, and how many times. */
const LOOK_MS = 200;
const MOST_LOOKS = 80;

const GET_TOKEN = '/cgi-bin/gettoken';
const Token = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().positive() });

/**
 * The access token of the self-built app: one call of gettoken for all callers and all copies of the bot, in time
 * before the old one ends. https://developer.work.weixin.qq.com/document/path/91039
 */
export const accessToken = ({ api, account, tokens, log, now = () => performance.now(), wait = delay }: Deps) => {
  // Another secret has other tokens; the name tells nothing about it.
  const name = createHash('sha256').update(`${account.corpId}\n${account.secret}`).digest('base64url').slice(0, 16);
  let known: { readonly token: string; readonly until: number } | null = null;
  let asking: Promise<string> | null = null;
  let refused: { readonly error: PlatformError; readonly until: number } | null = null;

  const fetchToken = async (lease: string | null): Promise<string> => {
    try {
      const answer = Token.parse(
        await api.call({
          path: GET_TOKEN,
          query: { corpid: account.corpId, corpsecret: account.secret },
          isRepeatable: true,
        }),
      );
      const lifeMs = Math.max(0, answer.expires_in * 1_000 - MARGIN_MS);
      const freshMs = answer.expires_in * 1_000 * FRESH;
      const value = answer.access_token;
      known = { token: value, until: now() + Math.min(lifeMs, freshMs) };
      if (lease) await tokens.keep(name, { value, lifeMs, freshMs }, lease).catch(() => {});
      return value;
    } catch (thrown) {
      if (lease) await tokens.giveUp(name, lease).catch(() => {});
      // Not its words: they may repeat what WeCom answered.
      const error =
        thrown instanceof PlatformError ? thrown : new PlatformError('wecom', 'no-token', 'retry', 'no token');
      if (meaningOf(error.code).blame === 'operator') {
        refused = { error, until: now() + REFUSED_MS };
        log.error(
          { code: error.code },
          'WeCom gives the app no access token: see the corp id, the secret, trusted IPs',
        );
      }
      throw error;
    }
  };

  const ask = async (stale: string | null): Promise<string> => {
    for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
      // Redis gone: better a call too many than none.
      const answer = await tokens.ask(name, stale).catch(() => ({ lease: null }));
      if ('token' in answer) {
        known = { token: answer.token, until: now() + answer.freshMs };
        return answer.token;
      }
      if ('lease' in answer) return fetchToken(answer.lease);
      await wait(Math.min(LOOK_MS, answer.waitMs));
    }
    throw new PlatformError('wecom', 'no-token', 'retry', 'another copy of the bot does not get it');
  };

  return {
    /** A token that is no `stale` one. Throws PlatformError. */
    async get(stale: string | null = null): Promise<string> {
      if (known && known.token !== stale && now() < known.until) return known.token;
      if (refused && now() < refused.until) throw refused.error;
      refused = null;
      asking ??= ask(known?.token === stale ? stale : null).finally(() => {
        asking = null;
      });
      return asking;
    },
  };
};
/** Asks for a token once, beside whatever runs: null when it is given, otherwise the code that says why not. */
export const whyNoToken = async (url: string, { corpId, secret }: AppAccount): Promise<string | null> => {
  const api = wecomApi(url);
  try {
    await api.call({ path: GET_TOKEN, query: { corpid: corpId, corpsecret: secret }, isRepeatable: true });
    return null;
  } catch (error) {
    return error instanceof PlatformError ? String(error.code) : 'no-token';
  } finally {
    await api.close();
  }
};

export type AccessToken = ReturnType<typeof accessToken>;

type AuthorizedCall = Omit<Parameters<Api['call']>[0], 'query'> & { readonly query?: Readonly<Record<string, string>> };

/** Calls as the app: where the token has died before its time, once more with the next one. */
export const authorized =
  (api: Api, token: AccessToken) =>
  async ({ query = {}, ...call }: AuthorizedCall): Promise<Readonly<Record<string, unknown>>> => {
    const asWith = (access_token: string) => api.call({ ...call, query: { access_token, ...query } });
    const first = await token.get();
    try {
      return await asWith(first);
    } catch (error) {
      if (!(error instanceof PlatformError) || !meaningOf(error.code).renews) throw error;
      return asWith(await token.get(first));
    }
  };
export type CallApp = ReturnType<typeof authorized>;
