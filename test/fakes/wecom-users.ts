import { z } from 'zod';
import type { wecomChats } from './wecom-chats.ts';
import type { WecomChat } from './wecom-screen.ts';
import type { Frame } from './wecom-server.ts';

const Said = z.looseObject({
  msgid: z.string(),
  chatid: z.string().optional(),
  chattype: z.enum(['single', 'group']),
  // Whom WeCom does not name has none.
  from: z.object({ userid: z.string().catch('') }).catch({ userid: '' }),
});
type Body = Readonly<Record<string, unknown>>;

type House = {
  readonly botId: string;
  readonly botName: string;
  readonly chats: ReturnType<typeof wecomChats>;
  readonly now: () => number;
  /** The bot hears it if it is connected; the real server is assumed to keep nothing for later. */
  readonly callBack: (frame: Frame) => void;
  readonly responseUrl: ((chat: WecomChat, msgid: string) => string) | undefined;
};

/** What people do to an AI bot that keeps a long connection. */
export const wecomUsers = ({ botId, botName, chats, now, callBack, responseUrl }: House) => {
  let lastSaid: Body = {};
  let lastClick: Frame | null = null;
  let count = 0;

  const event = (eventtype: string, more: object, inside: object = {}): Frame => {
    count += 1;
    const create_time = Math.floor(now() / 1000);
    const common = { msgid: `event_${count}`, create_time, aibotid: botId, msgtype: 'event' };
    return {
      cmd: 'aibot_event_callback',
      headers: { req_id: `callback_e${count}` },
      body: { ...common, event: { eventtype, ...inside }, ...more },
    };
  };

  /** A message of any kind; `msgid` is made up unless given, and answered. */
  const deliver = (message: Body): string => {
    count += 1;
    lastSaid = { msgid: `msg_${count}`, aibotid: botId, ...message };
    const { msgid, chatid = '', chattype, from } = Said.parse(lastSaid);
    const chat: WecomChat = chattype === 'group' ? { kind: 'group', id: chatid } : { kind: 'direct', id: from.userid };
    const req_id = `callback_${count}`;
    const response_url = responseUrl?.(chat, msgid);
    chats.ask(req_id, { kind: 'message', chat, msgid });
    const body = response_url === undefined ? lastSaid : { response_url, ...lastSaid };
    callBack({ cmd: 'aibot_msg_callback', headers: { req_id }, body });
    return msgid;
  };
  const text = (content: string) => ({ msgtype: 'text', text: { content } });

  return {
    deliver,

    /** `user` mentions the bot in `group`. `more` replaces parts of the body. */
    inGroup: (group: string, user: string, words: string, more: Body = {}) =>
      deliver({ chatid: group, chattype: 'group', from: { userid: user }, ...text(`@${botName} ${words}`), ...more }),

    inDirect: (user: string, words: string, more: Body = {}) =>
      deliver({ chattype: 'single', from: { userid: user }, ...text(words), ...more }),

    /** The last message once more: the same msgid, a req_id of its own. */
    again: () => deliver(lastSaid),

    /** `user` opens the direct chat; taken not to be speaking to the bot. */
    enter(user: string) {
      const frame = event('enter_chat', { chattype: 'single', from: { userid: user } });
      chats.ask(frame.headers.req_id, { kind: 'enter', chat: { kind: 'direct', id: user }, msgid: '' });
      callBack(frame);
    },

    /** `user` presses `key` on the card shown as `n`, with what he chose in it, by question. */
    click(user: string, n: number, key: string, chosen: Readonly<Record<string, readonly string[]>> = {}): string {
      const { chat, card } = chats.posts[n - 1] ?? {};
      if (!chat || !card) throw new Error(`no card ${n}`);
      const items = Object.entries(chosen).map(([question_key, option_id]) => ({
        question_key,
        option_ids: { option_id },
      }));
      const frame = event(
        'template_card_event',
        {
          ...(chat.kind === 'group' ? { chatid: chat.id, chattype: 'group' } : { chattype: 'single' }),
          from: { userid: user },
        },
        {
          template_card_event: {
            card_type: card.card_type,
            event_key: key,
            task_id: card.task_id,
            ...(items.length > 0 ? { selected_items: { selected_item: items } } : {}),
          },
        },
      );
      const msgid = `event_${count}`;
      lastClick = frame;
      chats.ask(frame.headers.req_id, { kind: 'click', chat, msgid, card: n });
      callBack(frame);
      return msgid;
    },
    /** The last press once more, as a redelivery: the same msgid and req_id. */
    clickAgain() {
      if (lastClick) callBack(lastClick);
    },

    /** Anything that is no message: an event of this type, with these fields beside `event` and in it. */
    event: (eventtype: string, more: object, inside?: object) => callBack(event(eventtype, more, inside)),
    disconnected: () => event('disconnected_event', {}),
  };
};
