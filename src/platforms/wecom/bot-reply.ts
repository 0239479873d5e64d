import { setTimeout as wait } from 'node:timers/promises';
import { PlatformError, within } from '../../errors.ts';
import { chatKey, type Message, type Reply, text } from '../../message.ts';
import type { Answered } from '../../ports.ts';
import { type AnsweringDeps, answering, type PostReply } from '../answering.ts';
import type { Api } from './api.ts';
import { inWords, responseOf, type Shown, streamId, updateOf } from './bot-body.ts';
import { type CardClick, isDone } from './card-click.ts';
import { replyIdOf } from './deliveries.ts';
import { doneCard } from './dialects/cards.ts';
import { draw } from './dialects/draw.ts';
import type { Card } from './dialects/drawn.ts';
import { within as cutWithin } from './dialects/within-row.ts';
import { ofBotChat } from './limits.ts';
import { recent } from './recent.ts';
import { respondAt } from './response-url.ts';
import type { Take, Voice } from './voice.ts';

export type BotReplyDeps = AnsweringDeps & {
  /** What else of ours can write to the same people; the AI bot itself only answers. */
  readonly other: Voice | null;
  /** Of the origin where response addresses lie. */
  readonly api: Api;
  /** Takes a place in the chat's windows, in which answers count like all else. */
  readonly take: Take;
};

/** Where a message may be answered: whether the response can hold anything, and where one message more can be said. */
export type Room = { readonly isFull: boolean; readonly url: URL | null };

/** A private part is waited for so long, before the group hears that it was sent. */
const PRIVATE_MS = 1_000;
/** What follows the response is sent so much later: it is to stand below it. */
const AFTER_MS = 500;
/** Cards of which we know what stands on them. */
const MOST_CARDS = 1_000;
/** A card's text: 112 characters of Chinese. */
const CARD_BYTES = 336;

/** What an AI bot in callback mode answers: one response holds most of it, and what it does not hold goes other ways. */
export const botReplies = ({ other, api, ...rest }: BotReplyDeps, keep: (work: Promise<void>) => void) => {
  const { leases, take, t, log } = rest;
  const answer = answering({ wait: (ms) => wait(ms), ...rest });
  const cards = recent<Card>(MOST_CARDS);

  const isReached = (chat: Message['chat']) => other?.reaches(chat) ?? false;

  /** By the other voice, once. False: it is sure that nobody gets it. */
  const byOther = async (message: Message, answered: Answered): Promise<boolean> => {
    let isRefused = false;
    const post: PostReply = async (chat, reply, id) => {
      try {
        await other?.send(chat, reply, id, null);
      } catch (error) {
        isRefused = error instanceof PlatformError && error.outcome === 'refused';
        throw error;
      }
    };
    const said = answer({ ...message, chat: answered.chat }, async () => [answered], post);
    keep(said);
    await within(said, PRIVATE_MS).catch(() => {});
    return !isRefused;
  };

  /** What is to be said in the message's own chat, once the private part is on its way. */
  const ownOf = async (message: Message, answers: readonly Answered[]): Promise<Reply> => {
    const here = chatKey(message.chat);
    for (const answered of answers.filter(({ chat }) => chatKey(chat) !== here)) {
      if (!(await isReached(answered.chat))) return text(t('reply.ask-privately'));
      if (!(await byOther(message, answered)))
        return text(t(rest.hasApp ? 'reply.cannot-write-app' : 'reply.cannot-write-privately'));
    }
    return answers.filter(({ chat }) => chatKey(chat) === here).flatMap(({ reply }) => reply);
  };

  const respondIn = async (chat: Message['chat'], url: URL, shown: Shown): Promise<void> => {
    await take(ofBotChat(chat), { isPost: false });
    await respondAt(api, url, shown);
  };

  /** One message more, after the response, once. */
  const follow = async (chat: Message['chat'], url: URL, shown: Shown, id: string): Promise<void> => {
    try {
      if ((await leases.claim(id)) !== 'go') return;
      await wait(AFTER_MS);
      await respondIn(chat, url, shown);
      await leases.sent(id);
    } catch (error) {
      log.warn({ err: error, id }, 'the rest of an answer was not confirmed');
    }
  };

  /**
   * Says what the response could not hold because its chat was full: at the message's own address when there is room,
   * else by the other voice. The receipts of a full group become one line.
   */
  const later =
    (message: Message, url: URL | null): PostReply =>
    async (chat, reply, id) => {
      const [words] = inWords(draw(reply, 'bot', { id }).filter(isShown), 1, t('reply.cut'));
      if (url && words && chatKey(chat) === chatKey(message.chat)) return respondIn(chat, url, words);
      if (other && (await isReached(chat))) return other.send(chat, reply, id, null);
      throw new PlatformError('wecom', 'no-voice', 'refused', 'nothing of ours can begin a message there');
    };

  return {
    stop: answer.stop,

    /** The body of the response; null for none. */
    async answered(message: Message, answers: readonly Answered[], { url, isFull }: Room): Promise<object | null> {
      if (isFull) {
        keep(answer(message, async () => answers, later(message, url)));
        return null;
      }
      const reply = await ownOf(message, answers);
      const id = replyIdOf(message);
      const shown = shownOf(reply, message);
      const response = responseOf(shown, streamId(id));
      if (!response) return null;
      const { body, card, rest } = response;
      const whole = { chat: message.chat, reply };
      if (rest.length > 0 && (await isReached(message.chat)) && (await byOther(message, whole))) return null;
      const [next] = rest;
      if (!next || (url && rest.length === 1)) {
        if (card?.task_id) cards.keep(card.task_id, card);
        if (next && url) keep(follow(message.chat, url, next, `${id}/rest`));
        return body;
      }
      const [words, more] = inWords(shown, url ? 2 : 1, t('reply.cut'));
      if (url && more) keep(follow(message.chat, url, more, `${id}/rest`));
      return (words && responseOf([words], streamId(id))?.body) ?? null;
    },

    /**
     * The response to a pressed button, which can only put another card in its place: the answer goes the other ways,
     * and where there is none it stands on the card.
     */
    async pressed(click: CardClick, message: Message, answers: readonly Answered[], url: URL | null) {
      const reply = await ownOf(message, answers);
      const id = replyIdOf(message);
      const before = cards.get(click.taskId) ?? null;
      const card = doneCard(click.taskId, before, t('card.done'));
      const [words] = inWords(shownOf(reply, message), 1, t('reply.cut'));
      if (reply.length > 0 && (await isReached(message.chat))) await byOther(message, { chat: message.chat, reply });
      else if (url && words) keep(follow(message.chat, url, words, id));
      else if (words) return updateOf({ ...(isDone(click, answers) ? card : (before ?? card)), ...onCard(reply, id) });
      return isDone(click, answers) ? updateOf(card) : null;
    },
  };
};

const isShown = (one: ReturnType<typeof draw>[number]): one is Shown =>
  one.msgtype !== 'image' && one.msgtype !== 'file';
const shownOf = (reply: Reply, message: Message): readonly Shown[] =>
  draw(reply, 'bot', { id: replyIdOf(message), inGroup: message.chat.kind === 'group' }).filter(isShown);

const onCard = (reply: Reply, id: string): Pick<Card, 'sub_title_text'> => {
  const [words] = draw(reply, 'app-text', { id }).filter(isShown);
  return words && 'content' in words ? { sub_title_text: cutWithin(words.content, CARD_BYTES) } : {};
};
