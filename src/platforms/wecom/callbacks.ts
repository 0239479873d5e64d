import type { Callback, Receive, WecomConfig } from '../../ports.ts';
import type { AnsweringDeps, PostReply } from '../answering.ts';
import type { Api } from './api.ts';
import { appCallback } from './callback-app.ts';
import { botCallback } from './callback-bot.ts';
import type { Voice } from './voice.ts';

type Deps = AnsweringDeps & {
  readonly config: WecomConfig;
  readonly receive: Receive;
  /** Every voice that can begin a message, as one; null when there is none. */
  readonly other: Voice | null;
  /** Says things as the app; null when none is configured. */
  readonly app: Voice | null;
  /** At the origin of `config.apiUrl`. */
  readonly api: Api;
  readonly isKnown: (userId: string) => Promise<boolean>;
  /** Real time in ms. */
  readonly realNow: () => number;
};

/** Opens what WeCom calls back, as far as it is configured. */
export const wecomCallbacks = ({ config, other, app, api, ...deps }: Deps) => {
  const { apiUrl, botCallback: bot, botName } = config;
  const names = botName === null ? [] : [botName];
  const opened: { readonly callback: Callback; stop(): Promise<void> }[] = [];
  if (bot && apiUrl !== null) opened.push(botCallback({ ...deps, secrets: bot, names, other, api, apiUrl }));
  if (config.app?.callback && app) {
    const { corpId, agentId, callback: secrets } = config.app;
    const post: PostReply = (chat, reply, id) => app.send(chat, reply, id, null);
    opened.push(appCallback({ ...deps, corpId, agentId, secrets, post }));
  }
  return {
    callbacks: opened.map(({ callback }) => callback),
    stop: async () => void (await Promise.all(opened.map(({ stop }) => stop()))),
  };
};
