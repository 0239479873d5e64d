/** WeCom as one platform: its voices, chosen by chat. */
import type { Platform, WecomConfig } from '../../ports.ts';
import { type BotDeps, wecomBot } from './bot.ts';
import { notConnected } from './refusal.ts';
import type { Voice } from './voice.ts';

type Deps = Omit<BotDeps, 'account' | 'names'> & { readonly config: WecomConfig };

/** Opens every voice that is configured. */
export const openWecom = ({ config, ...deps }: Deps): Platform => {
  const names = config.botName === null ? [] : [config.botName];
  const bot =
    config.bot &&
    wecomBot({
      ...deps,
      account: { botId: config.bot.id, secret: config.bot.secret, wsUrl: config.wsUrl ?? undefined },
      names,
    });
  const voices: readonly Voice[] = bot ? [{ reaches: () => true, send: bot.send }] : [];

  return {
    name: 'wecom',
    async send(chat, reply, id, source) {
      for (const voice of voices) if (await voice.reaches(chat)) return voice.send(chat, reply, id, source);
      throw notConnected();
    },
    isUp: () => bot?.isUp() ?? true,
    stop: async () => bot?.stop(),
    callbacks: [],
  };
};
