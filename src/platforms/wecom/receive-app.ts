import { Temporal } from 'temporal-polyfill';
import type { Message } from '../../message.ts';
import type { Clock } from '../../ports.ts';
import { type CardClick, readAppClick, saidBy } from './card-click.ts';
import { readXml } from './xml.ts';

export type ReceivedByApp =
  /** Said, or meant by an entry of the app's menu. */
  | { readonly kind: 'message'; readonly message: Message }
  /** A picture, a file, a place: nothing in it to read. */
  | { readonly kind: 'unreadable'; readonly message: Message }
  /** A button of a card was pressed: its command is said. */
  | { readonly kind: 'click'; readonly message: Message; readonly click: CardClick }
  /** Somebody opened the app, or may use it from now on. */
  | { readonly kind: 'entered'; readonly message: Message }
  /** Somebody who is not in the contacts of this corp; `from` is how WeCom names them. */
  | { readonly kind: 'outsider'; readonly from: string }
  /** What is not for us, and what WeCom invents next. */
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'malformed' };

/** Which field holds what was said; null: none does. */
const wordsIn: ReadonlyMap<string, string | null> = new Map([
  ['text', 'Content'],
  // Only where the corp has speech recognition switched on.
  ['voice', 'Recognition'],
  ...['image', 'video', 'shortvideo', 'location', 'link', 'file'].map((type) => [type, null] as const),
]);
const MENU = 'click';
const entries: ReadonlySet<string> = new Set(['enter_agent', 'subscribe']);
const events: ReadonlySet<string> = new Set([...entries, MENU, 'template_card_event']);

/**
 * Reads an opened callback of the self-built app. Messages: https://developer.work.weixin.qq.com/document/path/90239,
 * events: …/90240. Nothing ever tells that a message was edited or recalled.
 */
export const appReader =
  (agentId: number, now: Clock) =>
  (xml: string): ReceivedByApp => {
    const fields = readXml(xml);
    if (!fields) return { kind: 'malformed' };
    const field = (name: string) => fields.get(name)?.trim() ?? '';
    const from = field('FromUserName');
    const type = field('MsgType');
    const event = type === 'event' ? field('Event') : '';
    if (!events.has(event) && !wordsIn.has(type)) {
      return { kind: 'ignored', reason: `${type} ${event}`.slice(0, 80) };
    }
    // With one token on two addresses, what is said to the other app comes here as well.
    const agent = field('AgentID');
    if (agent !== '' && Number(agent) !== agentId) return { kind: 'ignored', reason: 'another AgentID' };
    // People of a linked corp are called `corp/person`.
    if (from === '' || from.includes('/')) return { kind: 'outsider', from };

    if (event === 'template_card_event') {
      const click = readAppClick(fields);
      return click ? { kind: 'click', message: saidBy(click, now), click } : { kind: 'ignored', reason: event };
    }
    const words = fields.get(event === MENU ? 'EventKey' : (wordsIn.get(type) ?? '')) ?? null;
    const message = messageOf(
      { from, event, words: words ?? '', id: field('MsgId'), created: field('CreateTime') },
      now,
    );
    if (entries.has(event)) return { kind: 'entered', message };
    if (words === null) return event === MENU ? { kind: 'ignored', reason: event } : { kind: 'unreadable', message };
    return { kind: 'message', message };
  };

type Said = Readonly<Record<'from' | 'event' | 'words' | 'id' | 'created', string>>;

const messageOf = ({ from, event, words, id, created }: Said, now: Clock): Message => ({
  // Events bring no id; as text, since it is a number of 64 bits.
  id: id || [from, created, event, words].join('+'),
  platform: 'wecom',
  chat: { platform: 'wecom', id: from, kind: 'direct' },
  // WeCom tells no name.
  sender: { id: from },
  text: words.trim(),
  addressed: true,
  mentions: [],
  files: [],
  at: /^\d{10}$/.test(created) ? Temporal.Instant.fromEpochMilliseconds(Number(created) * 1000) : now(),
});
