import { setTimeout as wait } from 'node:timers/promises';
import { Unconfirmed, within } from '../../errors.ts';
import { type Message, text } from '../../message.ts';
import type { Answered, Callback, CallbackResponse, CallbackSecrets, Receive } from '../../ports.ts';
import { type AnsweringDeps, answering, type PostReply } from '../answering.ts';
import { type CardClick, isDone } from './card-click.ts';
import { envelopes, malformed, nothingToSay, notSafe } from './envelope.ts';
import { inHand } from './in-hand.ts';
import { appReader } from './receive-app.ts';
import { recent } from './recent.ts';
import { writeXml, type XmlFields } from './xml.ts';

type Deps = AnsweringDeps & {
  readonly corpId: string;
  readonly agentId: number;
  readonly secrets: CallbackSecrets;
  readonly receive: Receive;
  /** Says something as the app. */
  readonly post: PostReply;
  /** Whether the bot knows somebody already, who then is not greeted. */
  readonly isKnown: (userId: string) => Promise<boolean>;
  /** Real time in ms. */
  readonly realNow: () => number;
};

/** So long an acknowledgement waits for the answer to be handed over: a crash until then makes WeCom deliver again. */
const HANDED_MS = 2_000;
/**
 * And so much longer for the work to be safe. WeCom hangs up after 5 s: what takes longer is refused in time to be
 * heard; it goes on, and the next delivery finds it done.
 */
const SAFE_MS = 2_000;
/** Whose cards are shown the same when a press is delivered again. */
const MOST_CLICKS = 1_000;
/** When the bot is stopped, for what is being answered. */
const DRAIN_MS = 5_000;

/**
 * The self-built app in callback mode: private messages and pressed buttons. An empty 200 says that the work is safe;
 * the answer is a message of its own, as a response could only hold plain text, and only for five seconds.
 * https://developer.work.weixin.qq.com/document/path/90238
 */
export const appCallback = ({ corpId, agentId, secrets, receive, post, isKnown, realNow, ...rest }: Deps) => {
  const { now, t } = rest;
  const log = rest.log.child({ platform: 'wecom', callback: 'app' });
  const { open, sealed } = envelopes({ secrets, receiveId: corpId, format: 'xml', realNow, log });
  const read = appReader(agentId, now);
  const answer = answering({ wait: (ms) => wait(ms), ...rest, log });
  const hand = inHand();
  const dealtWith = recent<boolean>(MOST_CLICKS);

  /** Whether the work is safe, and if it can be, the answer said. */
  const isSafe = async (message: Message, ask: () => Promise<readonly Answered[]>): Promise<boolean> => {
    const safe = Promise.withResolvers<boolean>();
    const asked = async () => {
      try {
        const answers = await ask();
        safe.resolve(true);
        return answers;
      } catch (error) {
        if (!(error instanceof Unconfirmed)) log.error({ err: error, messageId: message.id }, 'message not taken in');
        safe.resolve(false);
        return null;
      }
    };
    // Where nothing was asked it was answered before.
    const answered = answer(message, asked, post).then(() => safe.resolve(true));
    hand.keep(answered);
    await within(answered, HANDED_MS).catch(() => {});
    return within(safe.promise, SAFE_MS).catch(() => false);
  };

  const respond = (to: string, fields: XmlFields): CallbackResponse => {
    const CreateTime = Math.floor(realNow() / 1000);
    return sealed(writeXml({ ToUserName: to, FromUserName: corpId, CreateTime, ...fields }));
  };

  const handle: Callback['handle'] = async (request) => {
    const opened = open(request);
    if ('response' in opened) return opened.response;
    const received = read(opened.message);
    switch (received.kind) {
      case 'malformed':
        return malformed;
      case 'ignored':
        log.debug({ reason: received.reason }, 'a callback that is not for us');
        return nothingToSay;
      case 'outsider':
        // The app cannot write to them, only answer here.
        if (received.from === '') return nothingToSay;
        return respond(received.from, { MsgType: 'text', Content: t('chat.outsider') });
      case 'entered':
        greet(received.message);
        return nothingToSay;
      case 'unreadable': {
        const { message } = received;
        const answers = [{ chat: message.chat, reply: text(t('chat.text-only')) }];
        return (await isSafe(message, async () => answers)) ? nothingToSay : notSafe;
      }
      case 'message':
        return (await isSafe(received.message, () => receive(received.message))) ? nothingToSay : notSafe;
      case 'click':
        return pressed(received.message, received.click);
    }
  };

  /** Only here can a card say that one of its buttons was pressed, without a call to WeCom. */
  const pressed = async (message: Message, click: CardClick): Promise<CallbackResponse> => {
    const ask = async () => {
      const answers = await receive(message);
      dealtWith.keep(click.id, isDone(click, answers));
      return answers;
    };
    if (!(await isSafe(message, ask))) return notSafe;
    // Answered before by another copy, or long ago: the card is left as it is.
    if (!dealtWith.get(click.id)) return nothingToSay;
    return respond(click.user, { MsgType: 'update_button', Button: { ReplaceName: t('card.done') } });
  };

  /** Opening the app is no message: only who is new here is greeted, and not again for two days at least. */
  const greet = (message: Message) => {
    const { id } = message.sender;
    const ask = async () => ((await isKnown(id)) ? [] : [{ chat: message.chat, reply: text(t('chat.welcome')) }]);
    // A greeting is nothing that has to be said.
    const unlessGone = () => ask().catch(() => null);
    hand.keep(answer({ ...message, id: 'welcome' }, unlessGone, post));
  };

  const callback: Callback = { path: '/callback/wecom/app', handle };
  const stop = async () => {
    await hand.drain(DRAIN_MS);
    await answer.stop();
  };
  return { callback, stop };
};
