import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { Redis } from 'ioredis';
import { inject, onTestFinished } from 'vitest';
import { translator } from '../../../src/i18n.ts';
import { type Block, chatKey, type Message, plain, text } from '../../../src/message.ts';
import type { PostReply } from '../../../src/platforms/answering.ts';
import { appCallback } from '../../../src/platforms/wecom/callback-app.ts';
import { botCallback } from '../../../src/platforms/wecom/callback-bot.ts';
import { type Take, type Voice, within } from '../../../src/platforms/wecom/voice.ts';
import type { Callback, Post, Receive, ReplyLeases } from '../../../src/ports.ts';
import { keysIn } from '../../../src/store/keys.ts';
import { redisLimits } from '../../../src/store/limits.ts';
import { redisReplyLeases } from '../../../src/store/reply-leases.ts';
import { callbackListener } from '../../../src/web/callbacks.ts';
import { listen } from '../../../src/web/serve.ts';
import { wecomApi } from '../../fakes/wecom-api.ts';
import { wecomBotCaller } from '../../fakes/wecom-bot-caller.ts';
import { wecomCaller } from '../../fakes/wecom-caller.ts';
import { wecomScreen } from '../../fakes/wecom-screen.ts';
import { at, ledger, monday } from '../../values.ts';

export const t = translator('zh-CN');
export const secrets = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
export const corpId = 'wx5823bf96d3bd56c7';
export const agentId = 1_000_002;
/** By the platform's clock, and ours. */
export const second = Math.floor(Date.now() / 1000);

type Over = {
  readonly receive?: Receive;
  readonly leases?: Partial<ReplyLeases>;
  /** Fails to say something. */
  readonly post?: PostReply;
  readonly known?: readonly string[];
  readonly realNow?: () => number;
  /** Of what may be said; without it, the shared windows. */
  readonly take?: Take;
};

/** Serves callbacks over HTTP on loopback. */
export const served = async (callbacks: readonly Callback[]) => {
  const { url, serve, close } = await listen('127.0.0.1', 0);
  onTestFinished(close);
  await serve(new Hono(), callbackListener(callbacks, ledger().log));
  return url;
};

/** What the two kinds of callbacks stand on: leases in a Redis, an outbox, somebody who answers. */
const ground = (over: Over) => {
  const redis = new Redis(inject('redis'));
  onTestFinished(() => redis.disconnect());
  const { log, errors } = ledger();
  const heard: Message[] = [];
  const kept: Post[] = [];
  const said: string[] = [];
  const echo: Receive = async (message) => [{ chat: message.chat, reply: text(`听到：${message.text}`) }];
  const receive: Receive = (message) => {
    heard.push(message);
    return (over.receive ?? echo)(message);
  };
  const post: PostReply = async (chat, reply, id) => {
    await over.post?.(chat, reply, id);
    said.push(`${chatKey(chat)} ${plain(reply)}`);
  };
  const deps = {
    receive,
    post,
    leases: { ...redisReplyLeases(redis, keysIn(randomUUID()), () => Date.now()), ...over.leases },
    outbox: { enqueue: async (posts: readonly Post[]) => void kept.push(...posts) },
    onRefused: async () => {},
    isKnown: async (userId: string) => over.known?.includes(userId) ?? false,
    take: over.take ?? within(redisLimits(redis, keysIn(randomUUID()), 'wecom')),
    now: () => at(monday),
    realNow: over.realNow ?? Date.now,
    t,
    log,
  };
  return { deps, heard, kept, said, errors };
};

/** What plain words cannot say, and so no response: the app says it. */
const loudly: Receive = async ({ chat, text }) => [{ chat, reply: [loud(`听到：${text}`)] }];
export const loud = (text: string): Block => ({ kind: 'text', text, as: 'heading' });

/** WeCom that calls copies of one house's app. */
export const appHouse = async ({ receive = loudly, ...over }: Over = {}) => {
  const { deps, ...seen } = ground({ ...over, receive });
  const copy = async () => {
    const { callback, stop } = appCallback({ ...deps, corpId, agentId, secrets });
    onTestFinished(stop);
    const url = `${await served([callback])}${callback.path}`;
    return wecomCaller({ url, secrets: { ...secrets, receiveId: corpId }, format: 'xml', timing: { againMs: 20 } });
  };
  return { ...seen, copy, caller: await copy() };
};

/** WeCom that calls copies of one house's AI bot, and takes what is said to its one-time addresses. */
export const botHouse = async ({ other = null, ...over }: Over & { readonly other?: Voice | null } = {}) => {
  const { deps, ...seen } = ground(over);
  const screen = wecomScreen();
  const server = await wecomApi({ screen });
  onTestFinished(() => server.close());
  const copy = async (places: { readonly hasResponseUrl?: boolean } = {}) => {
    const { post: _, isKnown: __, ...rest } = deps;
    const { callback, stop } = botCallback({ ...rest, secrets, names: ['日清助手'], other, apiUrl: server.url });
    onTestFinished(stop);
    return wecomBotCaller({
      url: `${await served([callback])}${callback.path}`,
      secrets,
      screen,
      timing: { againMs: 20 },
      ...(places.hasResponseUrl && {
        responseUrl: (chat, msgid) => server.responseUrl(chat, msgid),
      }),
    });
  };
  return { ...seen, screen, server, copy, bot: await copy() };
};
