import { setTimeout as wait } from 'node:timers/promises';
import type { WsFrame } from '@wecom/aibot-node-sdk';
import type { Translate } from '../../i18n.ts';
import { type Chat, chatKey, text } from '../../message.ts';
import type {
  Clock,
  ConnectionLeases,
  Log,
  Outbox,
  Platform,
  Post,
  Receive,
  ReplyLeases,
  SentParts,
} from '../../ports.ts';
import { answering, type PostReply } from '../answering.ts';
import { connectionOf } from '../connection-names.ts';
import { exclusive, type TurnTiming, turnTiming } from '../exclusive.ts';
import { patient, supervisor, type Timing } from '../supervisor.ts';
import { isDone, readClick, saidBy } from './card-click.ts';
import { type Account, connect, type Incoming, type Line, type LineTiming, lineTiming } from './connect.ts';
import type { Medium, MediumOf } from './media.ts';
import { reader } from './receive.ts';
import { notConnected } from './refusal.ts';
import { speaker } from './send.ts';
import type { Take } from './voice.ts';

export type BotDeps = {
  readonly account: Account;
  /** What the bot is called in its groups; several where it is called differently. */
  readonly names: readonly string[];
  readonly receive: Receive;
  readonly leases: ReplyLeases;
  readonly outbox: Outbox;
  readonly parts?: SentParts;
  readonly onRefused: (post: Post, code: string) => Promise<void>;
  readonly take?: Take;
  /** Without it pictures and files are left out. */
  readonly medium?: MediumOf;
  /** Says what does not belong into the chat in which it was asked. Without it the bot does. */
  readonly post?: PostReply;
  readonly now: Clock;
  readonly t: Translate;
  readonly log: Log;
  /** Where several copies of the bot may run: WeCom takes one connection of a bot at a time. */
  readonly connections?: ConnectionLeases | null;
  /** In how many ms the connection is made anew though nothing seems wrong. */
  readonly renewal?: () => number;
  readonly timing?: LongTiming;
};

export type LongTiming = { readonly line: LineTiming; readonly again: Timing; readonly turn?: TurnTiming };

/** Time for the messages in hand when the bot is stopped. */
const DRAIN_MS = 5_000;

/** The WeCom AI bot over its long connection: connects at once, and again for ever. */
export const wecomBot = (deps: BotDeps): Platform => {
  const { account, names, receive, now, t, take, medium, timing, ...rest } = deps;
  const log = rest.log.child({ platform: 'wecom' });
  const read = reader(names, now);
  const answer = answering({ ...rest, log, now, t });
  const inHand = new Set<Promise<void>>();
  let line: Line | null = null;

  const upload = async (made: Medium) => {
    if (!line) throw notConnected();
    return line.upload(made);
  };
  const speaking = { sent: rest.parts, take, media: medium && { medium, upload } };
  const { push, answerTo, cardDone, welcome } = speaker(async (cmd, reqId, body) => {
    if (!line) throw notConnected();
    await line.send(cmd, reqId, body);
  }, speaking);

  const { post = push } = deps;

  const keep = (work: Promise<void>) => {
    inHand.add(work);
    void work.finally(() => inHand.delete(work));
  };

  /** What belongs into the chat where it was said is said there, the rest wherever it goes best. */
  const hereBy =
    (here: Chat, say: PostReply): PostReply =>
    (chat, reply, id) =>
      chatKey(chat) === chatKey(here) ? say(chat, reply, id) : post(chat, reply, id);

  const incoming: Incoming = {
    message({ headers, body }) {
      const received = read(body);
      if (received.kind === 'unknown') return log.warn({ reason: received.reason }, 'a callback that is no message');
      if (received.kind === 'outsider') {
        const { chat, id } = received;
        const toldWhy = answerTo(headers.req_id, chat)(chat, text(t('chat.outsider')), `outsider/${id}`);
        return keep(toldWhy.catch((error) => log.warn({ err: error }, 'an outsider was not answered')));
      }
      const { message } = received;
      if (received.kind === 'message') {
        const say = hereBy(message.chat, answerTo(headers.req_id, message.chat));
        return keep(answer(message, () => receive(message), say));
      }
      if (message.chat.kind === 'group') return;
      const textOnly = [{ chat: message.chat, reply: text(t('chat.text-only')) }];
      keep(answer(message, async () => textOnly, answerTo(headers.req_id, message.chat)));
    },
    click({ headers, body }) {
      const click = readClick(body);
      if (!click) return log.debug({}, 'a press of a button that says nothing');
      const message = saidBy(click, now);
      const ask = async () => {
        const answers = await receive(message);
        if (isDone(click, answers)) {
          const shown = cardDone(headers.req_id, click.taskId, t('card.done'));
          keep(shown.catch((error) => log.warn({ err: error, id: click.id }, 'a card does not say that it is done')));
        }
        return answers;
      };
      // An event takes no answer but a card in the place of the one that was pressed.
      keep(answer(message, ask, hereBy(message.chat, push)));
    },
    enterChat({ headers }: WsFrame<unknown>) {
      keep(welcome(headers.req_id, t('chat.welcome')).catch((error) => log.warn({ err: error }, 'no welcome said')));
    },
  };

  const turn = rest.connections
    ? exclusive({
        ...{ leases: rest.connections, connection: connectionOf(account.botId), log },
        timing: timing?.turn ?? turnTiming,
      })
    : null;
  const supervised = supervisor(
    (watch) => {
      line = connect(account, incoming, watch, log, timing?.line ?? lineTiming);
      return line;
    },
    { log, timing: timing?.again ?? patient, turn, ...(rest.renewal && { renewal: rest.renewal }) },
  );

  return {
    name: 'wecom',
    send: push,
    isUp: supervised.isUp,
    isStandby: supervised.isStandby,
    async stop() {
      const late = new AbortController();
      const patience = wait(DRAIN_MS, 'late', { signal: late.signal }).catch(() => 'late');
      // What arrives while others are finished is finished too: WeCom would not deliver it again.
      while (inHand.size > 0) {
        if ((await Promise.race([Promise.allSettled(inHand), patience])) === 'late') break;
      }
      late.abort();
      await answer.stop();
      await supervised.stop();
    },
  };
};
