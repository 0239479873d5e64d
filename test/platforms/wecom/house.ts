import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { Temporal } from 'temporal-polyfill';
import { expect, inject, onTestFinished } from 'vitest';
import { translator } from '../../../src/i18n.ts';
import { type Message, text } from '../../../src/message.ts';
import { patient } from '../../../src/platforms/supervisor.ts';
import { wecomBot } from '../../../src/platforms/wecom/bot.ts';
import type { Take } from '../../../src/platforms/wecom/voice.ts';
import type { Log, Post, Receive } from '../../../src/ports.ts';
import { keysIn } from '../../../src/store/keys.ts';
import { redisReplyLeases } from '../../../src/store/reply-leases.ts';
import { type Options, wecomServer } from '../../fakes/wecom-server.ts';

export const t = translator('zh-CN');

/** As in production, in milliseconds instead of seconds. */
const quick = {
  line: { connectMs: 300, heartbeatMs: 60_000, probeMs: 20, probeAnswerMs: 40 },
  again: { firstMs: 5, slowestMs: 40, refusedMs: 40, stableMs: 20, kicked: patient.kicked, yieldMs: 60_000 },
};

/** Every line of the log, as one text each. */
const ledger = () => {
  const lines: string[] = [];
  const keep = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level} ${message} ${inspect(fields, { depth: 5 })}`);
  const log: Log = {
    debug: keep('debug'),
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
    child: () => log,
  };
  return { lines, log };
};

type Over = {
  readonly receive?: Receive;
  readonly names?: readonly string[];
  readonly server?: Options;
  readonly secret?: string;
  readonly renewal?: () => number;
  readonly take?: Take;
  readonly line?: Partial<typeof quick.line>;
  readonly again?: Partial<typeof quick.again>;
};

/** WeCom on loopback, and bots of one house (one Redis namespace, one outbox) that speak to it through the real SDK. */
export const wecom = async (over: Over = {}) => {
  const server = await wecomServer(over.server);
  const redis = new Redis(inject('redis'));
  const namespace = randomUUID();
  const leases = redisReplyLeases(redis, keysIn(namespace), () => Date.now());
  const heard: Message[] = [];
  const kept: Post[] = [];
  const refused: Post[] = [];
  const { lines, log } = ledger();

  const echo: Receive = async (message) => [{ chat: message.chat, reply: text(`听到：${message.text}`) }];
  const bot = () => {
    const made = wecomBot({
      account: { botId: server.account.botId, secret: over.secret ?? server.account.secret, wsUrl: server.url },
      names: over.names ?? [server.account.botName],
      receive: (message) => {
        heard.push(message);
        return (over.receive ?? echo)(message);
      },
      leases,
      outbox: { enqueue: async (posts) => void kept.push(...posts) },
      onRefused: async (post) => void refused.push(post),
      now: () => Temporal.Instant.from('2026-11-20T08:00:00Z'),
      t,
      log,
      ...(over.take && { take: over.take }),
      ...(over.renewal && { renewal: over.renewal }),
      timing: { line: { ...quick.line, ...over.line }, again: { ...quick.again, ...over.again } },
    });
    onTestFinished(() => made.stop());
    return made;
  };

  onTestFinished(async () => {
    await server.close();
    redis.disconnect();
  });
  return { server, bot, heard, kept, refused, lines, leases };
};

/** The same, with one bot that is connected. */
export const connected = async (over: Over = {}) => {
  const house = await wecom(over);
  const bot = house.bot();
  await expect.poll(() => bot.isUp(), { interval: 5 }).toBe(true);
  return { ...house, bot, another: house.bot };
};
