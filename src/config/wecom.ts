import type { CallbackSecrets, WecomConfig } from '../ports.ts';
import { bareHost, isLoopback } from './forms.ts';
import type { Values } from './variables.ts';

const WECOM_API = 'https://qyapi.weixin.qq.com';

/** Null when none of WeCom's ways in is configured. */
export const wecomOf = (set: Values): WecomConfig | null => {
  const bot = set.WECOM_BOT_ID && set.WECOM_BOT_SECRET ? { id: set.WECOM_BOT_ID, secret: set.WECOM_BOT_SECRET } : null;
  const botCallback = callbackOf(set.WECOM_BOT_TOKEN, set.WECOM_BOT_AES_KEY);
  const app =
    set.WECOM_CORP_ID && set.WECOM_AGENT_ID !== null && set.WECOM_APP_SECRET
      ? {
          corpId: set.WECOM_CORP_ID,
          agentId: set.WECOM_AGENT_ID,
          secret: set.WECOM_APP_SECRET,
          callback: callbackOf(set.WECOM_APP_TOKEN, set.WECOM_APP_AES_KEY),
        }
      : null;
  if (!bot && !botCallback && !app) return null;
  const wsUrl = set.WECOM_WS_URL;
  const isPublic = wsUrl === null || app !== null || botCallback !== null;
  const apiUrl = set.WECOM_API_URL?.replace(/\/+$/, '') ?? (isPublic ? WECOM_API : null);
  return { bot, botCallback, botName: set.WECOM_BOT_NAME, app, wsUrl, apiUrl };
};

const callbackOf = (token: string | null, aesKey: string | null): CallbackSecrets | null =>
  token !== null && aesKey !== null ? { token, aesKey } : null;

/** Whether all that is configured lies on this machine. */
export const isHere = ({ bot, wsUrl, apiUrl }: WecomConfig): boolean => {
  const isLocal = (address: string | null) => address !== null && isLoopback(bareHost(address));
  return (bot === null || isLocal(wsUrl)) && (apiUrl === null || isLocal(apiUrl));
};

/** What must never stand in a log. */
export const wecomSecrets = ({ bot, app, botCallback }: WecomConfig): readonly string[] =>
  [
    bot?.secret,
    app?.secret,
    ...[botCallback, app?.callback].flatMap((one) => (one ? [one.token, one.aesKey] : [])),
  ].flatMap((secret) => (secret ? [secret] : []));
