import { createHash } from 'node:crypto';
import { generateReqId, WsCmd } from '@wecom/aibot-node-sdk';
import { PlatformError } from '../../errors.ts';
import { type Chat, chatKey, type Reply } from '../../message.ts';
import type { Post, SentParts } from '../../ports.ts';
import type { PostReply } from '../answering.ts';
import { inParts } from '../in-parts.ts';
import type { SendFrame } from './connect.ts';
import { doneCard } from './dialects/cards.ts';
import { draw } from './dialects/draw.ts';
import { bodyOf, type Card, type Drawn, type Worded } from './dialects/drawn.ts';
import { ofBotChat, ofBotUpload } from './limits.ts';
import { type Medium, type MediumOf, uploading } from './media.ts';
import { REPLY_OVER, UNKNOWN_CHAT } from './refusal.ts';
import type { Take } from './voice.ts';

/** One frame: words, a card, words with the card that stands below them, or a picture or file. */
type Frame = {
  readonly words: Worded | null;
  readonly below: Extract<Drawn, { msgtype: 'template_card' }> | null;
  readonly media?: Extract<Drawn, { msgtype: 'image' | 'file' }>;
};

export type SpeakerDeps = {
  readonly sent?: SentParts | undefined;
  readonly take?: Take | undefined;
  /** Without it pictures and files are left out. */
  readonly media?: { readonly medium: MediumOf; upload(medium: Medium): Promise<string> } | undefined;
};

/** Cards of which we know what stands on them, to show it again when they are done; the oldest are forgotten first. */
const MOST_CARDS = 1_000;

/** Says things over the long connection. https://developer.work.weixin.qq.com/document/path/101463 */
export const speaker = (send: SendFrame, { sent, take = async () => {}, media }: SpeakerDeps = {}) => {
  const parts = inParts(sent);
  const shown = new Map<string, Card>();

  const show = (card: Card) => {
    if (card.task_id === undefined) return;
    shown.set(card.task_id, card);
    for (const oldest of shown.keys()) if (shown.size > MOST_CARDS) shown.delete(oldest);
  };

  const inFrames = (id: string, drawn: readonly Frame[], say: (frame: Frame, index: number) => Promise<void>) =>
    parts(
      id,
      drawn.map((frame) => JSON.stringify(frame)),
      async (_, index) => {
        const frame = drawn[index];
        if (!frame) return;
        await say(frame, index);
        if (frame.below) show(frame.below.card);
      },
    );

  const drawn = (chat: Chat, reply: Reply, id: string) =>
    draw(reply, 'bot', { id, hasMedia: media !== undefined, inGroup: chat.kind === 'group' });
  const uploaded =
    media &&
    uploading(async (medium) => {
      await take(ofBotUpload, { isPost: false });
      return media.upload(medium);
    });

  /** Says frames there one by one, unasked. */
  const pushing = (chat: Chat, isPost: boolean) => {
    const push = async (body: object) => {
      await take(ofBotChat(chat), { isPost });
      const address = { chatid: chat.id, chat_type: chat.kind === 'group' ? 2 : 1 };
      await send(WsCmd.SEND_MSG, generateReqId(WsCmd.SEND_MSG), { ...address, ...body });
    };
    return {
      async words(all: readonly Worded[]) {
        for (const words of all) await push(bodyOf(words));
      },
      async one({ words, below, media: attached }: Frame) {
        if (words) await push(bodyOf(words));
        if (below) await orInWords(push(bodyOf(below)), () => this.words(below.instead));
        const made = attached && (await media?.medium(attached));
        if (!made || !uploaded) return;
        await uploaded(made, (media_id) => push({ msgtype: made.type, [made.type]: { media_id } }));
      },
    };
  };

  /** Unasked; only where somebody has spoken to the bot before. `text` is not taken here, markdown is. */
  const push = (chat: Chat, reply: Reply, id: string, source: Post['source'] = null): Promise<void> =>
    inFrames(id, apart(drawn(chat, reply, id)), (frame) => pushing(chat, source !== null).one(frame));

  /**
   * In answer to the callback `reqId` that was said `here`; elsewhere it is a push. A stream that is finished with its
   * first frame: the one form of answer that both the callback's and the long connection's pages describe, and what the
   * official plug-ins send. Each further part is a stream of its own. Its id comes from the reply's, so that even a
   * frame sent twice could be seen to be the same.
   */
  const answerTo =
    (reqId: string, here: Chat): PostReply =>
    async (chat, reply, id) => {
      if (chatKey(chat) !== chatKey(here)) return push(chat, reply, id);
      let isAcknowledged = true;
      const unasked = pushing(here, false);
      const respond = async (body: object) => {
        await take(ofBotChat(here), { isPost: false });
        isAcknowledged = false;
        try {
          await send(WsCmd.RESPONSE, reqId, body);
          isAcknowledged = true;
        } catch (error) {
          isAcknowledged = error instanceof PlatformError && error.outcome === 'refused';
          throw error;
        }
      };
      const one = async ({ words, below }: Frame, index: number) => {
        const stream = words && { id: streamId(id, index), finish: true, content: words.content };
        if (!below) return respond({ msgtype: 'stream', stream });
        const card = bodyOf(below);
        const body = stream ? { ...card, msgtype: 'stream_with_template_card', stream } : card;
        return orInWords(respond(body), async () => {
          if (stream) await respond({ msgtype: 'stream', stream });
          await unasked.words(below.instead);
        });
      };
      let isOver = false;
      await inFrames(id, together(drawn(chat, reply, id)), async (frame, index) => {
        // The SDK tells acknowledgements apart by req_id alone: a late one would pass for that of the next part.
        if (isOver || !isAcknowledged || frame.media) return unasked.one(frame);
        try {
          await one(frame, index);
        } catch (error) {
          if (!(error instanceof PlatformError) || !REPLY_OVER.has(error.code)) throw error;
          isOver = true;
          await unasked.one(frame);
        }
      });
    };

  /** Within 5 s of the press: the card says `words` in the place of its buttons, to all who see it, and names nobody. */
  const cardDone = (reqId: string, taskId: string, words: string) =>
    send(WsCmd.RESPONSE_UPDATE, reqId, {
      response_type: 'update_template_card',
      template_card: doneCard(taskId, shown.get(taskId) ?? null, words),
    });

  /** Within 5 s of `enter_chat`, the only place where plain text is taken. */
  const welcome = (reqId: string, content: string) =>
    send(WsCmd.RESPONSE_WELCOME, reqId, { msgtype: 'text', text: { content } });

  return { push, answerTo, cardDone, welcome };
};

/** Where a card is not taken, its buttons are said: their commands can be typed. */
const orInWords = async (card: Promise<void>, inWords: () => Promise<void>): Promise<void> => {
  try {
    await card;
  } catch (error) {
    if (!(error instanceof PlatformError) || error.outcome !== 'refused' || error.code === UNKNOWN_CHAT) throw error;
    await inWords();
  }
};

/** Each a frame of its own. */
const apart = (drawn: readonly Drawn[]): readonly Frame[] =>
  drawn.map((one): Frame => {
    if (one.msgtype === 'template_card') return { words: null, below: one };
    return 'content' in one ? { words: one, below: null } : { words: null, below: null, media: one };
  });

/** The last words and the card below them in one frame: a chat takes thirty a minute. */
const together = (drawn: readonly Drawn[]): readonly Frame[] =>
  apart(drawn).flatMap((frame, i, all): Frame[] => {
    if (frame.below) return all[i - 1]?.words ? [] : [frame];
    return [frame.words ? { ...frame, below: all[i + 1]?.below ?? null } : frame];
  });

const streamId = (id: string, index: number) =>
  `${createHash('sha256').update(id).digest('hex').slice(0, 16)}-${index}`;
