import { type Message, text } from '../../message.ts';
import type { Callback, CallbackResponse, CallbackSecrets, Receive } from '../../ports.ts';
import { wecomApi } from './api.ts';
import { streamId } from './bot-body.ts';
import { type BotReplyDeps, botReplies } from './bot-reply.ts';
import { type CardClick, readClick, saidBy } from './card-click.ts';
import { deliveries, replyIdOf } from './deliveries.ts';
import { envelopes, jsonOf, malformed, nothingToSay, notSafe } from './envelope.ts';
import { ofBotChat } from './limits.ts';
import { reader } from './receive.ts';
import { responseUrlOf } from './response-url.ts';

type Deps = Omit<BotReplyDeps, 'api'> & {
  readonly secrets: CallbackSecrets;
  /** What the bot is called in its groups; several where it is called differently. */
  readonly names: readonly string[];
  readonly receive: Receive;
  /** How calls to WeCom's HTTP API begin. */
  readonly apiUrl: string;
  /** Real time in ms. */
  readonly realNow: () => number;
};

/** What every callback has, as far as we look at it before it is read; by hand, as it stands before every message. */
type Called = Readonly<Record<'msgtype' | 'response_url' | 'stream' | 'event', unknown>>;
const isCalled = (body: unknown): body is Called =>
  typeof body === 'object' && body !== null && !Array.isArray(body) && !Object.hasOwn(body, '__proto__');
const textIn = (field: unknown, name: 'id' | 'eventtype'): string => {
  const text: unknown = typeof field === 'object' && field !== null ? Reflect.get(field, name) : null;
  return typeof text === 'string' ? text : '';
};

/**
 * The AI bot in callback mode: it answers in the response, and cannot begin a message. A response is given when the work
 * is safe, otherwise 503. https://developer.work.weixin.qq.com/document/path/101033
 */
export const botCallback = ({ secrets, names, receive, apiUrl, realNow, ...rest }: Deps) => {
  const { now, t } = rest;
  const log = rest.log.child({ callback: 'bot' });
  const { open, sealed } = envelopes({ secrets, receiveId: '', format: 'json', realNow, log });
  const read = reader(names, now);
  const { once, given, keep, drain } = deliveries<object | null>(log);
  const api = wecomApi(new URL(apiUrl).origin);
  const replies = botReplies({ ...rest, log, api }, keep);

  /** Takes the answer's place in its chat's windows; false where it has one. */
  const isFull = (chat: Message['chat']): Promise<boolean> =>
    rest.take(ofBotChat(chat), { isPost: false }).then(
      () => false,
      () => true,
    );

  const respond = (body: object | null): CallbackResponse =>
    body === null ? nothingToSay : sealed(JSON.stringify(body));

  const answered = async (message: Message, make: () => Promise<object | null>): Promise<CallbackResponse> => {
    const safe = await once(streamId(replyIdOf(message)), make);
    return safe ? respond(safe.body) : notSafe;
  };

  const said = async (body: Called): Promise<CallbackResponse> => {
    const received = read(body);
    if (received.kind === 'unknown') return ignored(received.reason);
    const url = responseUrlOf(body.response_url, apiUrl);
    if (received.kind === 'outsider') {
      const stream = { id: streamId(received.id), finish: true, content: t('chat.outsider') };
      return respond({ msgtype: 'stream', stream });
    }
    const { message } = received;
    const { chat } = message;
    if (received.kind === 'message') {
      return answered(message, async () => {
        // Asked together with the command's script: one way to the store and back.
        const full = isFull(message.chat);
        const answers = await receive(message);
        return replies.answered(message, answers, { url, isFull: await full });
      });
    }
    if (chat.kind === 'group') return nothingToSay;
    const textOnly = [{ chat, reply: text(t('chat.text-only')) }];
    return answered(message, async () => replies.answered(message, textOnly, { url, isFull: await isFull(chat) }));
  };

  const pressed = (click: CardClick, url: URL | null): Promise<CallbackResponse> => {
    const message = saidBy(click, now);
    return answered(message, async () => replies.pressed(click, message, await receive(message), url));
  };

  /** WeCom asks how a text goes on: it was whole from the beginning. */
  const asked = async (id: string): Promise<CallbackResponse> => {
    const body = await given(id);
    return respond(body && 'stream' in body ? { msgtype: 'stream', stream: body.stream } : null);
  };

  const ignored = (reason: string): CallbackResponse => {
    log.debug({ reason }, 'a callback that is not for us');
    return nothingToSay;
  };

  const handle: Callback['handle'] = async (request) => {
    const opened = open(request);
    if ('response' in opened) return opened.response;
    const body = jsonOf(opened.message);
    if (!isCalled(body)) return malformed;
    if (body.msgtype === 'stream') return asked(textIn(body.stream, 'id'));
    if (body.msgtype !== 'event') return said(body);
    const event = textIn(body.event, 'eventtype');
    if (event === 'enter_chat') return respond({ msgtype: 'text', text: { content: t('chat.welcome') } });
    const click = event === 'template_card_event' ? readClick(body) : null;
    return click ? pressed(click, responseUrlOf(body.response_url, apiUrl)) : ignored(`event ${event.slice(0, 80)}`);
  };

  const callback: Callback = { path: '/callback/wecom/bot', handle };
  const stop = async () => {
    await drain();
    await replies.stop();
    await api.close();
  };
  return { callback, stop };
};
