import { z } from 'zod';
import { arrivals, windowCounter } from './sliding-window.ts';
import { replaceCard } from './wecom-app.ts';
import { wecomCards } from './wecom-cards.ts';
import { type Errcodes, refused } from './wecom-codes.ts';
import { botKinds, type Content, contentOf } from './wecom-content.ts';
import type { Media } from './wecom-media.ts';
import { cardText, type Post, type Screen, type Voice, type WecomChat } from './wecom-screen.ts';
import { Stream, wecomStreams } from './wecom-streams.ts';

/** What WeCom does with what the bot says over its long connection: who sees it, and what is refused. */

type Body = Readonly<Record<string, unknown>>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const REPLY_LIFE_MS = 24 * HOUR_MS;
const EVENT_LIFE_MS = 5_000;

/** A callback that may be answered; `card`: the number of the one that was pressed. */
type Asked = {
  readonly kind: 'message' | 'enter' | 'click';
  readonly chat: WecomChat;
  readonly msgid: string;
  readonly at: number;
  readonly card?: number;
};
export type ChatHouse = {
  readonly codes: Errcodes;
  readonly screen: Screen;
  readonly media: Media;
  readonly now: () => number;
  readonly perMinute?: number | undefined;
  readonly perHour?: number | undefined;
};
const Update = z.object({
  response_type: z.literal('update_template_card'),
  template_card: z.unknown(),
  userids: z.array(z.string()).optional(),
});

/** Everything here throws `refused(…)` where WeCom refuses. */
export const wecomChats = ({ codes, screen, media, now, perMinute = 30, perHour = 1_000 }: ChatHouse) => {
  const asked = new Map<string, Asked>();
  const spokenIn = new Set<string>();
  const windows = [windowCounter(MINUTE_MS, perMinute), windowCounter(HOUR_MS, perHour)];
  const seen = arrivals();
  const cards = wecomCards();
  const kinds = botKinds({ media, cards });
  const streams = wecomStreams(codes, screen, now);

  const keyOf = ({ kind, id }: WecomChat) => `${kind}:${id}`;

  /** Replies and pushes count together. */
  const admit = (chat: WecomChat) => {
    const key = keyOf(chat);
    if (windows.some((window) => window.isFull(key, now()))) throw refused(codes.tooOften, 'api freq out of limit');
    for (const window of windows) window.count(key, now());
  };
  /** The callback that this req_id belongs to, while it may be answered so. */
  const question = (reqId: string, kind: Asked['kind']): Asked => {
    const found = asked.get(reqId);
    const lifeMs = kind === 'message' ? REPLY_LIFE_MS : EVENT_LIFE_MS;
    if (found?.kind !== kind || now() - found.at > lifeMs) throw refused(codes.badReqId, 'invalid req_id');
    return found;
  };
  const show = (chat: WecomChat, via: Voice, content: Content, to?: string): number =>
    screen.show({ chat, via, ...content, ...(to === undefined ? {} : { to }) });

  const withCard = (body: Body): Content => {
    const card = cards.checkNew(body.template_card);
    return { msgtype: 'template_card', card, text: cardText(card) };
  };

  return {
    posts: screen.posts as readonly Post[],
    /** The most frames that ever came for one chat (`group:g1`) within any `ms`, those refused included. */
    worst: seen.worst,

    /** A callback goes out, and may be answered under its req_id. */
    ask(reqId: string, { kind, chat, msgid, card }: Omit<Asked, 'at'>) {
      if (kind === 'message') spokenIn.add(keyOf(chat));
      asked.set(reqId, { kind, chat, msgid, at: now(), ...(card === undefined ? {} : { card }) });
    },

    /** aibot_respond_msg */
    respond(reqId: string, body: Body) {
      const { chat, msgid } = question(reqId, 'message');
      seen.note(keyOf(chat), now());
      const hasStream = body.msgtype === 'stream' || body.msgtype === 'stream_with_template_card';
      if (!hasStream) {
        const content = contentOf(kinds, body);
        admit(chat);
        return void show(chat, 'reply', content, msgid);
      }
      const stream = Stream.parse(body.stream);
      streams.check(`${reqId} ${stream.id}`, stream);
      const card = body.template_card === undefined ? null : withCard(body);
      admit(chat);
      streams.write(`${reqId} ${stream.id}`, stream, (text) => show(chat, 'reply', { msgtype: 'stream', text }, msgid));
      if (card) show(chat, 'reply', card, msgid);
    },

    /** aibot_respond_welcome_msg */
    welcome(reqId: string, body: Body) {
      const { chat } = question(reqId, 'enter');
      if (body.msgtype === 'template_card') return void show(chat, 'welcome', withCard(body));
      if (body.msgtype !== 'text') throw refused(codes.badMsgType, 'invalid message type');
      const { content } = z.object({ content: z.string().min(1) }).parse(body.text);
      show(chat, 'welcome', { msgtype: 'text', text: content });
    },

    /** aibot_respond_update_msg: another card in the place of the one that was pressed. */
    update(reqId: string, body: Body) {
      const { card: n = 0 } = question(reqId, 'click');
      const card = cards.checkUpdate(Update.parse(body).template_card);
      const before = screen.posts[n - 1]?.card;
      if (card.task_id !== before?.task_id) throw refused(codes.badParameter, 'invalid task_id');
      asked.delete(reqId);
      replaceCard(screen, n, card);
    },

    /** aibot_send_msg */
    push(body: Body) {
      const id = z.string().parse(body.chatid);
      const kind = (['direct', 'group'] as const).find(
        (kind, i) => (body.chat_type ?? 0) !== 2 - i && spokenIn.has(`${kind}:${id}`),
      );
      // A kind that is not taken is refused before anybody asks where it goes.
      if (!Object.hasOwn(kinds, String(body.msgtype))) throw refused(codes.badMsgType, 'invalid message type');
      if (kind === undefined) throw refused(codes.unknownChat, 'invalid chatid');
      const chat: WecomChat = { kind, id };
      seen.note(keyOf(chat), now());
      const content = contentOf(kinds, body);
      admit(chat);
      show(chat, 'push', content);
    },
  };
};
