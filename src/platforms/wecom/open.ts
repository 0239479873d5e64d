/** WeCom as one platform: its voices, chosen by chat. */
import type { Chat } from '../../message.ts';
import type {
  AccessTokens,
  Callback,
  GroupRobots,
  GroupVoices,
  Limits,
  Platform,
  Receive,
  WecomConfig,
} from '../../ports.ts';
import type { PostReply } from '../answering.ts';
import { type ApiTiming, wecomApi } from './api.ts';
import { appMedia, appVoice } from './app.ts';
import { appChatVoice } from './appchat.ts';
import { type BotDeps, wecomBot } from './bot.ts';
import { appCallback } from './callback-app.ts';
import { botCallback } from './callback-bot.ts';
import { meaningOf } from './codes.ts';
import { contacts } from './contacts.ts';
import { wecomGroupVoices } from './group-voices.ts';
import { type MediaSources, mediumOf } from './media.ts';
import { accessToken, authorized } from './token.ts';
import { speakingWith, type Voice, within } from './voice.ts';
import { webhookVoice } from './webhook.ts';

type Deps = Omit<BotDeps, 'account' | 'names' | 'take' | 'medium' | 'post'> & {
  readonly config: WecomConfig;
  readonly limits: Limits;
  readonly tokens: AccessTokens;
  readonly robots: GroupRobots;
  readonly media: MediaSources;
  /** Told when a group has lost the robot that spoke there. */
  readonly onVoiceLost: (chat: Chat) => Promise<void>;
  /** Whether the bot knows somebody already. */
  readonly isKnown: (userId: string) => Promise<boolean>;
  /** How many people of WeCom the bot knows. */
  readonly people: () => Promise<number>;
  /** Real time in ms. */
  readonly realNow: () => number;
  readonly apiTiming?: ApiTiming;
};

export type Wecom = Platform & { readonly voices: GroupVoices | null };

/** Opens every voice that is configured. */
export const openWecom = (deps: Deps): Wecom => {
  const { config, limits, tokens, robots, media, onVoiceLost, isKnown, people, realNow, apiTiming, ...rest } = deps;
  const { parts, log: whole } = rest;
  const log = whole.child({ platform: 'wecom' });
  const names = config.botName === null ? [] : [config.botName];
  const take = within(limits);
  const medium = mediumOf(media);

  const api = config.apiUrl === null ? null : wecomApi(config.apiUrl, apiTiming);
  const accounts = hourly(people, realNow);
  const token = api && config.app && accessToken({ api, account: config.app, tokens, log });
  const call = api && token && authorized(api, token);
  const app =
    config.app && call
      ? {
          agentId: config.app.agentId,
          call,
          take,
          medium,
          hasCallback: config.app.callback !== null,
          accounts,
          parts,
          log,
        }
      : null;
  const ofApp = app && appMedia(app);
  const named: (receive: Receive) => Receive = app ? contacts(app) : (receive) => receive;
  const receive = named(rest.receive);

  const post: PostReply = (chat, reply, id) => send(chat, reply, id, null);
  const bot =
    config.bot &&
    wecomBot({
      ...{ ...rest, receive, take, medium, post, names, hasApp: app !== null },
      account: { botId: config.bot.id, secret: config.bot.secret, wsUrl: config.wsUrl ?? undefined },
    });

  const appOnly: readonly Voice[] = app && ofApp ? [appVoice(app, ofApp), appChatVoice(app, ofApp)] : [];
  const ofBot: readonly Voice[] = bot
    ? [{ reaches: ({ id }) => !/^(?:appchat|webhook)\//u.test(id), send: bot.send }]
    : [];
  const robot = api && webhookVoice({ api, keyOf: robots.keyOf, take, medium, parts });
  const ofRobot: readonly Voice[] = robot ? [{ ...robot, lost }] : [];
  const send = speakingWith([...ofRobot, ...appOnly, ...ofBot], log);

  async function lost(chat: Chat): Promise<void> {
    await robots.set(`${chat.platform}:${chat.kind}:${chat.id}`, null, rest.now());
    await onVoiceLost(chat);
  }

  const answering = { ...rest, log, receive, realNow, hasApp: app !== null };
  const { callback: appSecrets = null } = config.app ?? {};
  const forApp =
    config.app && appSecrets
      ? appCallback({ ...answering, ...config.app, secrets: appSecrets, post, isKnown, take })
      : null;
  const forBot =
    config.botCallback && config.apiUrl
      ? botCallback({
          ...{ ...answering, names, apiUrl: config.apiUrl, secrets: config.botCallback, take },
          other: appOnly[0] ?? ofBot[0] ?? null,
        })
      : null;
  const callbacks: readonly Callback[] = [forApp, forBot].flatMap((one) => (one ? [one.callback] : []));

  return {
    name: 'wecom',
    send,
    isUp: () => bot?.isUp() ?? true,
    isStandby: () => bot?.isStandby?.() ?? false,
    isAboutReceiver: (code) => (meaningOf(code).blame ?? 'receiver') === 'receiver',
    callbacks,
    voices: api && config.apiUrl ? wecomGroupVoices({ api, apiUrl: config.apiUrl, robots, take, call }) : null,
    async stop() {
      await Promise.all([bot?.stop(), forApp?.stop(), forBot?.stop()]);
      await api?.close();
    },
  };
};

const HOUR_MS = 3_600_000;

/** What `count` gave in the last hour: it reads everybody. Where it fails, what it gave before. */
const hourly = (count: () => Promise<number>, now: () => number): (() => Promise<number>) => {
  let known: { readonly count: Promise<number>; readonly at: number } | null = null;
  return () => {
    if (known && now() - known.at < HOUR_MS) return known.count;
    const before = known?.count ?? Promise.resolve(1);
    known = { count: count().catch(() => before), at: now() };
    return known.count;
  };
};
