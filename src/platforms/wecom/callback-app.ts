import { setTimeout as wait } from 'node:timers/promises';
import { within } from '../../errors.ts';
import { type Block, chatKey, type Message, text } from '../../message.ts';
import type { Answered, Callback, CallbackResponse, CallbackSecrets, Receive } from '../../ports.ts';
import { type AnsweringDeps, answering, type PostReply } from '../answering.ts';
import { type CardClick, isDone } from './card-click.ts';
import { deliveries, replyIdOf } from './deliveries.ts';
import { draw } from './dialects/draw.ts';
import { envelopes, malformed, nothingToSay, notSafe } from './envelope.ts';
import { ofMember } from './limits.ts';
import { appReader } from './receive-app.ts';
import type { Take } from './voice.ts';
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
  /** Takes a place in the windows of what is said to somebody, also in a response. */
  readonly take: Take;
  /** Real time in ms. */
  readonly realNow: () => number;
};

/**
 * From when the message came, so long an acknowledgement waits for the answer to be handed over: a crash until then
 * makes WeCom deliver again.
 */
const HANDED_MS = 2_000;

/**
 * The self-built app in callback mode: private messages and pressed buttons. A 200 says that the work is safe. An answer
 * of plain words stands in the response, which costs no call; what is more than that is a message of its own.
 * https://developer.work.weixin.qq.com/document/path/90238
 */
export const appCallback = ({ corpId, agentId, secrets, receive, post, isKnown, realNow, take, ...rest }: Deps) => {
  const { now, t } = rest;
  const log = rest.log.child({ callback: 'app' });
  const { open, sealed } = envelopes({ secrets, receiveId: corpId, format: 'xml', realNow, log });
  const read = appReader(agentId, now);
  const answer = answering({ wait: (ms) => wait(ms), ...rest, log });
  const { once, keep, drain } = deliveries<XmlFields | null>(log);

  /** Says `answers` as the app, each once, and waits a while for that. */
  const say = async (message: Message, answers: readonly Answered[], since: number): Promise<void> => {
    const said = answer(message, async () => answers, post);
    keep(said);
    await within(said, Math.max(HANDED_MS - (realNow() - since), 0)).catch(() => {});
  };

  /** Whether one more fits into what the app may say to its sender; a place is taken then. */
  const hasRoom = ({ sender }: Message): Promise<boolean> =>
    take(ofMember(sender.id), { isPost: false }).then(
      () => true,
      () => false,
    );

  /** What the response says of `answers`; null for nothing, as they are said otherwise. */
  const shown = async (message: Message, answers: readonly Answered[], since: number): Promise<XmlFields | null> => {
    const reply = answers.flatMap(({ reply }) => reply);
    if (reply.length === 0) return null;
    const isHere = answers.every(({ chat }) => chatKey(chat) === chatKey(message.chat));
    const [words, more] = isHere && reply.every(isPlain) ? draw(reply, 'app-text', { id: replyIdOf(message) }) : [];
    const isOne = words?.msgtype === 'text' && !more;
    if (isOne && (await hasRoom(message))) return { MsgType: 'text', Content: words.content };
    await say(message, answers, since);
    return null;
  };

  /** Answers once the work is safe, otherwise not: WeCom delivers again. */
  const answered = async (message: Message, make: (since: number) => Promise<XmlFields | null>) => {
    const since = realNow();
    const safe = await once(replyIdOf(message), () => make(since));
    if (!safe) return notSafe;
    return safe.body ? respond(message.sender.id, safe.body) : nothingToSay;
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
        return answered(message, (since) => shown(message, answers, since));
      }
      case 'message': {
        const { message } = received;
        return answered(message, async (since) => shown(message, await receive(message), since));
      }
      case 'click':
        return pressed(received.message, received.click);
    }
  };

  /** In the response a card can say that one of its buttons was pressed; so the answer is said otherwise. */
  const pressed = (message: Message, click: CardClick): Promise<CallbackResponse> =>
    answered(message, async (since) => {
      const answers = await receive(message);
      if (answers.length > 0) await say(message, answers, since);
      return isDone(click, answers) ? { MsgType: 'update_button', Button: { ReplaceName: t('card.done') } } : null;
    });

  /** Opening the app is no message: only who is new here is greeted, and not again for two days at least. */
  const greet = (message: Message) => {
    const { id } = message.sender;
    const ask = async () => ((await isKnown(id)) ? [] : [{ chat: message.chat, reply: text(t('chat.welcome')) }]);
    // A greeting is nothing that has to be said.
    const unlessGone = () => ask().catch(() => null);
    keep(answer({ ...message, id: 'welcome' }, unlessGone, post));
  };

  const callback: Callback = { path: '/callback/wecom/app', handle };
  const stop = async () => {
    await drain();
    await answer.stop();
  };
  return { callback, stop };
};

/** Reads the same without markup. */
const isPlain = (block: Block): boolean =>
  (block.kind === 'text' && block.as === undefined) || (block.kind === 'list' && block.tones === undefined);
