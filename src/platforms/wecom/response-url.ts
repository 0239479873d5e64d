import type { Api } from './api.ts';
import type { Shown } from './bot-body.ts';
import { bodyOf } from './dialects/drawn.ts';

/**
 * Where a message may be answered once more, as it says itself. Only what lies on the platform's own host is called:
 * the very origin of `apiUrl`, which is https, or http within this machine. Null: nowhere.
 */
export const responseUrlOf = (given: unknown, apiUrl: string): URL | null => {
  const url = typeof given === 'string' ? URL.parse(given) : null;
  const isOurs = url !== null && url.origin === new URL(apiUrl).origin && url.username === '' && url.password === '';
  return isOurs ? url : null;
};

/**
 * Says one message there; the address works once, and is a secret until then. Throws PlatformError.
 * https://developer.work.weixin.qq.com/document/path/101138
 */
export const respondAt = async (api: Api, { pathname, searchParams }: URL, shown: Shown): Promise<void> => {
  await api.call({ path: pathname, query: Object.fromEntries(searchParams), body: bodyOf(shown) });
};
