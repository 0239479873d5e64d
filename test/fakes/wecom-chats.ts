import { z } from 'zod';
import { windowCounter } from './sliding-window.ts';

/** What WeCom does with what the bot says: who sees it, and what is refused. */

export type WecomChat = { readonly kind: 'group' | 'direct'; readonly id: string };
/** What people see the bot say. `n` counts from 1. */
export type Post = {
  readonly n: number;
  readonly chat: WecomChat;
  readonly via: 'reply' | 'push' | 'welcome';
  readonly text: string;
  /** The message that was answered. */
  readonly to?: string;
};
export type Refusal = readonly [errcode: number, errmsg: string];
type Body = Readonly<Record<string, unknown>>;

/** Codes that no published page names are guesses: the real server's may differ. */
export const errcodes = {
  badSecret: 853_000, // [FIELD]
  badReqId: 846_605, // [FIELD]
  streamExpired: 846_608, // [FIELD]
  notSubscribed: 846_609, // reported by others
  badMsgType: 40_008, // [FIELD]
  tooLong: 45_002, // unverified: the code of the webhook robot
  tooOften: 45_009, // unverified: the general code
  unknownChat: 93_006, // reported for a wrong chatid; unverified for a chat that never spoke
};
export type Errcodes = typeof errcodes;

const MAX_BYTES = 20_480;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const REPLY_LIFE_MS = 24 * HOUR_MS;
const WELCOME_LIFE_MS = 5_000;
const STREAM_LIFE_MS = 6 * MINUTE_MS;

const Content = z.object({ content: z.string() });
const Stream = z.object({ id: z.string(), finish: z.boolean(), content: z.string() });

/** A callback that may be answered. */
type Asked = {
  readonly kind: 'message' | 'enter';
  readonly chat: WecomChat;
  readonly msgid: string;
  readonly at: number;
};

export const wecomChats = (codes: Errcodes, now: () => number, perMinute = 30, perHour = 1_000) => {
  const posts: Post[] = [];
  const asked = new Map<string, Asked>();
  const streams = new Map<string, { n: number; since: number; isFinished: boolean }>();
  const spokenIn = new Set<string>();
  const windows = [windowCounter(MINUTE_MS, perMinute), windowCounter(HOUR_MS, perHour)];

  const keyOf = ({ kind, id }: WecomChat) => `${kind}:${id}`;
  const show = (post: Omit<Post, 'n'>): number => posts.push({ n: posts.length + 1, ...post });

  /** Replies and pushes count together. */
  const limited = (chat: WecomChat, content: string): Refusal | null => {
    if (content === '') return [codes.badMsgType, 'empty content'];
    if (Buffer.byteLength(content) > MAX_BYTES) return [codes.tooLong, 'content exceeds max length'];
    const key = keyOf(chat);
    if (windows.some((window) => window.isFull(key, now()))) return [codes.tooOften, 'api freq out of limit'];
    for (const window of windows) window.count(key, now());
    return null;
  };

  const stream = ({ chat, msgid }: Asked, reqId: string, body: unknown): Refusal | null => {
    const { id, finish, content } = Stream.parse(body);
    const key = `${reqId} ${id}`;
    const begun = streams.get(key);
    if (begun && (begun.isFinished || now() - begun.since > STREAM_LIFE_MS)) {
      return [codes.streamExpired, 'stream message update expired (>6 minutes), cannot update'];
    }
    const refusal = limited(chat, content);
    if (refusal) return refusal;
    const n = begun?.n ?? show({ chat, via: 'reply', text: content, to: msgid });
    // The content is the whole text so far.
    const shown = posts[n - 1];
    if (shown) posts[n - 1] = { ...shown, text: content };
    streams.set(key, { n, since: begun?.since ?? now(), isFinished: finish });
    return null;
  };

  return {
    posts: posts as readonly Post[],

    /** A callback goes out, and may be answered under its req_id. */
    ask(reqId: string, kind: Asked['kind'], chat: WecomChat, msgid: string) {
      if (kind === 'message') spokenIn.add(keyOf(chat));
      asked.set(reqId, { kind, chat, msgid, at: now() });
    },

    /** aibot_respond_msg */
    respond(reqId: string, body: Body): Refusal | null {
      const question = asked.get(reqId);
      if (question?.kind !== 'message' || now() - question.at > REPLY_LIFE_MS)
        return [codes.badReqId, 'invalid req_id'];
      if (body.msgtype === 'stream') return stream(question, reqId, body.stream);
      if (body.msgtype !== 'markdown') return [codes.badMsgType, 'invalid message type'];
      const { content } = Content.parse(body.markdown);
      const refusal = limited(question.chat, content);
      if (!refusal) show({ chat: question.chat, via: 'reply', text: content, to: question.msgid });
      return refusal;
    },

    /** aibot_respond_welcome_msg */
    welcome(reqId: string, body: Body): Refusal | null {
      const question = asked.get(reqId);
      if (question?.kind !== 'enter' || now() - question.at > WELCOME_LIFE_MS)
        return [codes.badReqId, 'invalid req_id'];
      if (body.msgtype !== 'text') return [codes.badMsgType, 'invalid message type'];
      show({ chat: question.chat, via: 'welcome', text: Content.parse(body.text).content });
      return null;
    },

    /** aibot_send_msg */
    push(body: Body): Refusal | null {
      if (body.msgtype !== 'markdown') return [codes.badMsgType, 'invalid message type'];
      const id = z.string().parse(body.chatid);
      const kinds = ['direct', 'group'] as const;
      const kind = kinds.find((kind, i) => (body.chat_type ?? 0) !== 2 - i && spokenIn.has(`${kind}:${id}`));
      if (kind === undefined) return [codes.unknownChat, 'invalid chatid'];
      const chat: WecomChat = { kind, id };
      const { content } = Content.parse(body.markdown);
      const refusal = limited(chat, content);
      if (!refusal) show({ chat, via: 'push', text: content });
      return refusal;
    },
  };
};
