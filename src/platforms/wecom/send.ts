import { createHash } from 'node:crypto';
import { generateReqId, WsCmd } from '@wecom/aibot-node-sdk';
import { PlatformError } from '../../errors.ts';
import { type Chat, chatKey } from '../../message.ts';
import type { SentParts } from '../../ports.ts';
import type { PostReply } from '../answering.ts';
import { inParts } from '../in-parts.ts';
import type { SendFrame } from './connect.ts';
import { doneCard } from './dialects/cards.ts';
import { draw } from './dialects/draw.ts';
import { bodyOf, type Card, type Drawn, type Worded } from './dialects/drawn.ts';
import { UNKNOWN_CHAT } from './refusal.ts';

/** One frame: words, a card, or words with the card that stands below them. */
type Frame = { readonly words: Worded | null; readonly below: Extract<Drawn, { msgtype: 'template_card' }> | null };

/** Cards of which we know what stands on them, to show it again when they are done; the oldest are forgotten first. */
const MOST_CARDS = 1_000;

/** Says things over the long connection. https://developer.work.weixin.qq.com/document/path/101463 */
export const speaker = (send: SendFrame, sent?: SentParts) => {
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

  const pushFrame = (chat: Chat, body: object) =>
    send(WsCmd.SEND_MSG, generateReqId(WsCmd.SEND_MSG), {
      chatid: chat.id,
      chat_type: chat.kind === 'group' ? 2 : 1,
      ...body,
    });
  const pushWords = async (chat: Chat, all: readonly Worded[]) => {
    for (const words of all) await pushFrame(chat, bodyOf(words));
  };
  const pushOne = async (chat: Chat, { words, below }: Frame) => {
    if (words) await pushFrame(chat, bodyOf(words));
    if (below) await orInWords(pushFrame(chat, bodyOf(below)), () => pushWords(chat, below.instead));
  };

  /** Unasked; only where somebody has spoken to the bot before. `text` is not taken here, markdown is. */
  const push: PostReply = (chat, reply, id) =>
    inFrames(id, apart(draw(reply, 'bot', { id })), (frame) => pushOne(chat, frame));

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
      const respond = async (body: object) => {
        isAcknowledged = false;
        try {
          await send(WsCmd.RESPONSE, reqId, body);
          isAcknowledged = true;
        } catch (error) {
          isAcknowledged = error instanceof PlatformError && error.outcome === 'refused';
          throw error;
        }
      };
      await inFrames(id, together(draw(reply, 'bot', { id })), async (frame, index) => {
        // The SDK tells acknowledgements apart by req_id alone: a late one would pass for that of the next part.
        if (!isAcknowledged) return pushOne(chat, frame);
        const { words, below } = frame;
        const stream = words && { id: streamId(id, index), finish: true, content: words.content };
        if (!below) return respond({ msgtype: 'stream', stream });
        const card = bodyOf(below);
        const body = stream ? { ...card, msgtype: 'stream_with_template_card', stream } : card;
        return orInWords(respond(body), async () => {
          if (stream) await respond({ msgtype: 'stream', stream });
          await pushWords(chat, below.instead);
        });
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

/** Each a frame of its own. Pictures and files would have to be uploaded first: the words beside them say the same. */
const apart = (drawn: readonly Drawn[]): readonly Frame[] =>
  drawn.flatMap((one): Frame[] => {
    if (one.msgtype === 'template_card') return [{ words: null, below: one }];
    return 'content' in one ? [{ words: one, below: null }] : [];
  });

/** The last words and the card below them in one frame: a chat takes thirty a minute. */
const together = (drawn: readonly Drawn[]): readonly Frame[] =>
  apart(drawn).flatMap((frame, i, all): Frame[] => {
    if (frame.below) return all[i - 1]?.words ? [] : [frame];
    return [{ words: frame.words, below: all[i + 1]?.below ?? null }];
  });

const streamId = (id: string, index: number) =>
  `${createHash('sha256').update(id).digest('hex').slice(0, 16)}-${index}`;
