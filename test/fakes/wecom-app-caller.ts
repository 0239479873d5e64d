import { type CallerOptions, type Delivery, wecomCaller } from './wecom-caller.ts';
import type { Screen } from './wecom-screen.ts';
import { readXml, writeXml, type Xml } from './wecom-xml.ts';

type Options = Omit<CallerOptions, 'format'> & { readonly agentId: number; readonly screen?: Screen };
const ANSWER_BYTES = 2_048;

/** People who write to a self-built app and press its cards: what they do is called to its address as XML. */
export const wecomAppCaller = ({ agentId, screen, ...options }: Options) => {
  const { now = Date.now } = options;
  const caller = wecomCaller({ ...options, format: 'xml' });
  let count = 0;
  let last: Xml | null = null;

  const deliver = async (fields: Xml): Promise<Delivery & { id: string }> => {
    last = fields;
    const delivery = await caller.deliver(writeXml(fields));
    if (delivery.answer !== null)
      show(String(fields.FromUserName), String(fields.MsgId ?? ''), readXml(delivery.answer));
    return { ...delivery, id: String(fields.MsgId ?? '') };
  };
  const show = (user: string, to: string, answer: Readonly<Record<string, string>>) => {
    const { MsgType: msgtype = '', Content = '', ReplaceName = '' } = answer;
    const text = msgtype === 'text' ? shown(Content) : ReplaceName;
    screen?.show({ chat: { kind: 'direct', id: user }, via: 'answer', msgtype, text, to });
  };
  const shown = (content: string) =>
    Buffer.from(content)
      .subarray(0, ANSWER_BYTES)
      .toString()
      .replace(/\ufffd$/u, '');
  const from = (user: string) => ({
    ToUserName: options.secrets.receiveId,
    FromUserName: user,
    CreateTime: Math.floor(now() / 1000),
  });

  return {
    caller,
    check: caller.check,

    /** `user` writes to the app. `more` replaces fields: `MsgType`, `MsgId`, … */
    says(user: string, content: string, more: Xml = {}) {
      count += 1;
      const MsgId = `45612553542513${String(count).padStart(5, '0')}`;
      return deliver({ ...from(user), MsgType: 'text', Content: content, MsgId, AgentID: agentId, ...more });
    },

    /** Something that is no message: `enter_agent`, `subscribe`, … Events carry no MsgId. */
    event: (user: string, Event: string, more: Xml = {}) =>
      deliver({ ...from(user), MsgType: 'event', Event, AgentID: agentId, ...more }),

    /** `user` presses a button of a card, or submits what he chose in it. */
    clicks(
      user: string,
      card: { key: string; taskId: string; cardType?: string; responseCode: string; chosen?: Chosen },
    ) {
      const SelectedItem = Object.entries(card.chosen ?? {}).map(([QuestionKey, OptionId]) => ({
        QuestionKey,
        OptionIds: { OptionId },
      }));
      return deliver({
        ...from(user),
        MsgType: 'event',
        Event: 'template_card_event',
        EventKey: card.key,
        TaskId: card.taskId,
        CardType: card.cardType ?? 'button_interaction',
        ResponseCode: card.responseCode,
        AgentID: agentId,
        ...(SelectedItem.length > 0 ? { SelectedItems: { SelectedItem } } : {}),
      });
    },

    /** The last call once more, word for word. */
    again: () => deliver(last ?? {}),
  };
};
export type AppCaller = ReturnType<typeof wecomAppCaller>;
type Chosen = Readonly<Record<string, readonly string[]>>;
