import { z } from 'zod';
import { type CallerOptions, type Delivery, wecomCaller } from './wecom-caller.ts';
import { wecomCards } from './wecom-cards.ts';
import { cardText, type Screen, type WecomChat } from './wecom-screen.ts';
import { MAX_BYTES, STREAM_LIFE_MS, Stream as StreamFrame } from './wecom-streams.ts';

type Options = Omit<CallerOptions, 'format' | 'secrets'> & {
  readonly secrets: { readonly token: string; readonly aesKey: string };
  readonly botName?: string;
  readonly screen?: Screen;
  /** A fresh one-time address for each message, as WeCom gives it. */
  readonly responseUrl?: (chat: WecomChat, msgid: string) => string;
  readonly pollMs?: number;
};
type Body = Readonly<Record<string, unknown>>;

const Stream = StreamFrame.refine(
  ({ content }) => Buffer.byteLength(content) <= MAX_BYTES && content !== '',
  'empty, or over 20,480 bytes',
).refine(({ finish, msg_item }) => finish || msg_item === undefined, 'pictures come with the last frame');
/** What may stand in the answer to a message, to an opened chat, to a pressed card. DOC 101031 */
const Answer = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('stream'), stream: Stream }),
  z.object({ msgtype: z.literal('template_card'), template_card: z.unknown() }),
  z.object({ msgtype: z.literal('stream_with_template_card'), stream: Stream, template_card: z.unknown() }),
]);
const Welcome = z.union([
  z.object({ msgtype: z.literal('text'), text: z.object({ content: z.string() }) }),
  z.object({ msgtype: z.literal('template_card'), template_card: z.unknown() }),
]);
const Update = z.object({ response_type: z.literal('update_template_card'), template_card: z.unknown() });

/** People who speak to an AI bot in callback mode: what they do is called to its address as JSON; streams are polled. */
export const wecomBotCaller = ({ secrets, screen, pollMs = 1_000, botName = '日清助手', ...options }: Options) => {
  const { now = Date.now, responseUrl } = options;
  const caller = wecomCaller({ ...options, secrets: { ...secrets, receiveId: '' }, format: 'json' });
  const cards = wecomCards();
  /** What was answered and would not be shown, with the reason. */
  const wrong: string[] = [];
  let count = 0;
  let last: Body | null = null;

  const judged = <Shape extends z.ZodType>(shape: Shape, answer: string): z.infer<Shape> | null => {
    const parsed = shape.safeParse(JSON.parse(answer));
    if (!parsed.success) wrong.push(z.prettifyError(parsed.error));
    return parsed.data ?? null;
  };

  const showAnswer = async (delivery: Delivery, body: Body, chat: WecomChat, msgid: string) => {
    if (delivery.answer === null || JSON.stringify(JSON.parse(delivery.answer)) === '{}') return;
    const answer = judged(Answer, delivery.answer);
    if (!answer) return;
    const seen = { chat, via: 'answer', to: msgid } as const;
    if ('stream' in answer) await showStream(answer.stream, body, seen);
    if (!('template_card' in answer)) return;
    const card = cards.checkNew(answer.template_card);
    screen?.show({ ...seen, msgtype: 'template_card', card, text: cardText(card) });
  };

  /** A stream is polled as long as it lives. */
  const showStream = async (stream: StreamFrame, body: Body, seen: { chat: WecomChat; via: 'answer'; to: string }) => {
    const n = screen?.show({ ...seen, msgtype: 'stream', text: stream.content }) ?? 0;
    const until = now() + STREAM_LIFE_MS;
    for (let so = stream; !so.finish && now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      count += 1;
      const { msgid: _, text: __, ...who } = body;
      const poll = { ...who, msgid: `poll_${count}`, msgtype: 'stream', stream: { id: stream.id } };
      const tried = await caller.once(JSON.stringify(poll));
      if (tried.answer === null) continue;
      const next = judged(z.object({ msgtype: z.literal('stream'), stream: Stream }), tried.answer);
      if (!next) return;
      so = next.stream;
      screen?.change(n, { text: so.content });
    }
  };

  const chatOf = (body: Body): WecomChat => {
    const { userid } = z.object({ userid: z.string().catch('') }).parse(body.from);
    return body.chattype === 'group' ? { kind: 'group', id: String(body.chatid) } : { kind: 'direct', id: userid };
  };

  /** Resolves when the answer stands whole: a stream is polled to its end. */
  const deliver = async (body: Body): Promise<Delivery & { id: string }> => {
    count += 1;
    const msgid = `bot_msg_${count}`;
    const chat = chatOf(body);
    const address = responseUrl ? { response_url: responseUrl(chat, msgid) } : {};
    const whole: Body = { msgid, aibotid: 'local-bot', ...address, ...body };
    last = whole;
    const delivery = await caller.deliver(JSON.stringify(whole));
    await showAnswer(delivery, whole, chat, String(whole.msgid));
    return { ...delivery, id: String(whole.msgid) };
  };

  const event = async (body: Body, eventtype: string, more: Body = {}) => {
    count += 1;
    const shared = { msgid: `bot_event_${count}`, create_time: Math.floor(now() / 1000), aibotid: 'local-bot' };
    const whole = { ...shared, ...body, msgtype: 'event', event: { eventtype, ...more } };
    return { chat: chatOf(whole), delivery: await caller.deliver(JSON.stringify(whole)) };
  };
  const text = (content: string) => ({ msgtype: 'text', text: { content } });

  return {
    caller,
    check: caller.check,
    wrong: wrong as readonly string[],
    deliver,

    /** `user` mentions the bot in `group`. `more` replaces parts of the body. */
    inGroup: (group: string, user: string, words: string, more: Body = {}) =>
      deliver({ chatid: group, chattype: 'group', from: { userid: user }, ...text(`@${botName} ${words}`), ...more }),
    inDirect: (user: string, words: string, more: Body = {}) =>
      deliver({ chattype: 'single', from: { userid: user }, ...text(words), ...more }),
    again: () => deliver(last ?? {}),

    /** `user` opens the chat with the bot. */
    async enter(user: string): Promise<Delivery> {
      const { chat, delivery } = await event({ chattype: 'single', from: { userid: user } }, 'enter_chat');
      const answer = delivery.answer === null ? null : judged(Welcome, delivery.answer);
      if (answer && 'text' in answer)
        screen?.show({ chat, via: 'welcome', msgtype: 'text', text: answer.text.content });
      return delivery;
    },

    /** `user` presses a button of the card shown as `n`; the answer may put another card in its place. */
    async clicks(user: string, n: number, key: string): Promise<Delivery> {
      const post = screen?.posts[n - 1];
      const { card_type, task_id } = post?.card ?? {};
      const where = post?.chat.kind === 'group' ? { chattype: 'group', chatid: post.chat.id } : { chattype: 'single' };
      const pressed = { template_card_event: { card_type, event_key: key, task_id } };
      const { delivery } = await event({ ...where, from: { userid: user } }, 'template_card_event', pressed);
      const answer = delivery.answer === null ? null : judged(Update, delivery.answer);
      if (!answer) return delivery;
      const card = cards.checkUpdate(answer.template_card);
      screen?.change(n, { card, text: cardText(card) });
      return delivery;
    },
  };
};
export type BotCaller = ReturnType<typeof wecomBotCaller>;
