import { wecomApi } from './wecom-api.ts';
import { wecomAppCaller } from './wecom-app-caller.ts';
import { wecomBotCaller } from './wecom-bot-caller.ts';
import type { Delivery } from './wecom-caller.ts';
import type { Place } from './wecom-line.ts';
import { wecomScreen } from './wecom-screen.ts';
import { wecomServer } from './wecom-server.ts';

/** The way people reach the bot: over its long connection, as a bot that is called back, as an app. */
export const modes = ['bot', 'callback', 'app'] as const;
export type Mode = (typeof modes)[number];
export type Said = { readonly id: string; readonly problem: string | null };

type Options = { readonly port: number; readonly botUrl: string };

/** For this machine alone; of the forms that WeCom's console makes. */
const secrets = {
  bot: { token: 'localBotToken', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' },
  app: { token: 'localAppToken', aesKey: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg' },
};
/** Shorter than the real server's, as somebody sits and waits; its five seconds for an answer stay. */
const timing = { againMs: 1_000 };

/** All of WeCom on one port: the long connection, the HTTP API, and what calls the bot back at `botUrl`. */
export const wecomPlace = async ({ port, botUrl }: Options) => {
  const screen = wecomScreen();
  const api = await wecomApi({ port, screen });
  const server = await wecomServer({ http: api.server, screen, responseUrl: api.responseUrl });
  const { corpId, agentId, secret } = api.account;
  const { botName, botId, secret: botSecret } = server.account;
  let home = botUrl;
  const address = (of: 'bot' | 'app') => () => `${home}/callback/wecom/${of}`;
  const bot = wecomBotCaller({
    url: address('bot'),
    secrets: secrets.bot,
    botName,
    screen,
    timing,
    responseUrl: api.responseUrl,
  });
  const app = wecomAppCaller({
    url: address('app'),
    secrets: { ...secrets.app, receiveId: corpId },
    agentId,
    screen,
    timing,
  });
  let mode: Mode = 'bot';

  const told = ({ tries, isTaken, id }: Delivery & { id: string }): Said => {
    const last = tries.at(-1);
    return { id, problem: last?.problem ?? (isTaken ? null : 'not taken') };
  };
  const overLine = (id: string): Said => ({ id, problem: server.isConnected() ? null : 'not connected' });

  return {
    screen,
    api,
    server,
    url: api.url,
    mode: () => mode,
    /** Where the bot is called back. */
    moveTo(botUrl: string) {
      home = botUrl.replace(/\/+$/, '');
    },

    /** The address is checked as when it is saved in the console; null: it is as it must be. */
    async turnTo(next: Mode): Promise<string | null> {
      mode = next;
      if (next === 'bot') return null;
      return (await (next === 'app' ? app : bot).check()).problem;
    },

    /** Somebody speaks to the bot; resolves when it has answered, or would no longer be waited for. */
    async say({ group, user }: Place, text: string, id?: string, by: Mode = mode): Promise<Said> {
      if (by === 'app') {
        if (group !== undefined) return { id: '', problem: 'an app does not hear groups' };
        return told(await app.says(user, text, id === undefined ? {} : { MsgId: id }));
      }
      const more = id === undefined ? {} : { msgid: id };
      const voice = by === 'callback' ? bot : server;
      const said = group === undefined ? voice.inDirect(user, text, more) : voice.inGroup(group, user, text, more);
      return typeof said === 'string' ? overLine(said) : told(await said);
    },

    /** Somebody presses the button `label` (its words, its key or its place, from 1) of the card shown as `n`. */
    async click(user: string, n: number, label: string): Promise<Said> {
      const post = screen.posts[n - 1];
      const key = post?.card && keyOf(post.card, label);
      if (!post || key === undefined) return { id: '', problem: 'no such card or button' };
      if (post.via === 'reply' || post.via === 'push') return overLine(server.click(user, n, key));
      if (post.via === 'answer') return told({ ...(await bot.clicks(user, n, key)), id: '' });
      const { card_type, task_id } = post.card ?? {};
      return told(
        await app.clicks(user, {
          key,
          taskId: String(task_id),
          cardType: String(card_type),
          responseCode: api.app.responseCode([n]),
        }),
      );
    },

    async again(): Promise<Said> {
      if (mode === 'bot') return overLine(server.again());
      return told(await (mode === 'app' ? app : bot).again());
    },
    async enter(user: string): Promise<Said> {
      if (mode === 'bot') server.enter(user);
      if (mode === 'bot') return overLine('');
      return told({ ...(await (mode === 'app' ? app.event(user, 'enter_agent') : bot.enter(user))), id: '' });
    },

    /** The variables of each way, as they are set before `npm start`. */
    variables: {
      bot: {
        WECOM_BOT_ID: botId,
        WECOM_BOT_SECRET: botSecret,
        WECOM_BOT_NAME: botName,
        WECOM_WS_URL: server.url,
        WECOM_API_URL: api.url,
      },
      callback: {
        WECOM_BOT_TOKEN: secrets.bot.token,
        WECOM_BOT_AES_KEY: secrets.bot.aesKey,
        WECOM_BOT_NAME: botName,
        WECOM_API_URL: api.url,
      },
      app: {
        WECOM_CORP_ID: corpId,
        WECOM_AGENT_ID: String(agentId),
        WECOM_APP_SECRET: secret,
        WECOM_APP_TOKEN: secrets.app.token,
        WECOM_APP_AES_KEY: secrets.app.aesKey,
        WECOM_API_URL: api.url,
      },
    } satisfies Record<Mode, Record<string, string>>,

    async close() {
      await server.close();
      await api.close();
    },
  };
};
export type WecomPlace = Awaited<ReturnType<typeof wecomPlace>>;

const keyOf = (card: Readonly<Record<string, unknown>>, label: string): string | undefined => {
  const listed = Array.isArray(card.button_list) ? card.button_list : [card.submit_button];
  const buttons: readonly { text?: string; key?: string }[] = listed.filter((one) => typeof one === 'object' && one);
  return (buttons.find(({ text, key }) => text === label || key === label) ?? buttons[Number(label) - 1])?.key;
};
