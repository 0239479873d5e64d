import { createHash } from 'node:crypto';
import { generateReqId, WsCmd } from '@wecom/aibot-node-sdk';
import { type Chat, chatKey } from '../../message.ts';
import type { SentParts } from '../../ports.ts';
import type { PostReply } from '../answering.ts';
import { inParts } from '../in-parts.ts';
import type { SendFrame } from './connect.ts';
import { render } from './render.ts';

/** Says things over the long connection. https://developer.work.weixin.qq.com/document/path/101463 */
export const speaker = (send: SendFrame, sent?: SentParts) => {
  const parts = inParts(sent);

  const pushFrame = (chat: Chat, content: string) =>
    send(WsCmd.SEND_MSG, generateReqId(WsCmd.SEND_MSG), {
      chatid: chat.id,
      chat_type: chat.kind === 'group' ? 2 : 1,
      msgtype: 'markdown',
      markdown: { content },
    });

  /** Unasked; only where somebody has spoken to the bot before. `text` is not taken here, markdown is. */
  const push: PostReply = (chat, reply, id) => parts(id, render(reply), (content) => pushFrame(chat, content));

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
      await parts(id, render(reply), async (content, index) => {
        // The SDK tells acknowledgements apart by req_id alone: a late one would pass for that of the next part.
        if (!isAcknowledged) return pushFrame(chat, content);
        isAcknowledged = false;
        const stream = { id: streamId(id, index), finish: true, content };
        await send(WsCmd.RESPONSE, reqId, { msgtype: 'stream', stream });
        isAcknowledged = true;
      });
    };

  /** Within 5 s of `enter_chat`, the only place where plain text is taken. */
  const welcome = (reqId: string, content: string) =>
    send(WsCmd.RESPONSE_WELCOME, reqId, { msgtype: 'text', text: { content } });

  return { push, answerTo, welcome };
};

const streamId = (id: string, index: number) =>
  `${createHash('sha256').update(id).digest('hex').slice(0, 16)}-${index}`;
