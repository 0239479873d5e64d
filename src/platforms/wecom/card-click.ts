import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Chat, Message } from '../../message.ts';
import type { Answered, Clock } from '../../ports.ts';
import { DONE_KEY, isOnce } from './dialects/cards.ts';

/** A pressed button. `taskId` names its card; `responseCode`, where there is one, updates it once within 72 h. */
export type CardClick = {
  readonly command: string;
  readonly taskId: string;
  readonly responseCode?: string;
  readonly user: string;
  readonly chat: Chat;
  /** The same for every delivery of this press. */
  readonly id: string;
  /** In seconds; null where WeCom does not say. */
  readonly at: number | null;
};

const Key = z.object({ event_key: z.string(), task_id: z.string() });
/** The pages nest the card's fields in the event, the SDK declares them beside its type. */
const Clicked = z.object({
  msgid: z.string().catch(''),
  create_time: z.int().min(1e9).max(1e10).nullable().catch(null),
  chattype: z.enum(['single', 'group']).optional(),
  chatid: z.string().min(1).optional(),
  from: z.object({ userid: z.string().min(1) }),
  event: z.union([z.object({ template_card_event: Key }).transform((event) => event.template_card_event), Key]),
});

/** Of the AI bot, over the long connection or called back. https://developer.work.weixin.qq.com/document/path/101027 */
export const readClick = (body: unknown): CardClick | null => {
  const parsed = Clicked.safeParse(body);
  if (!parsed.success) return null;
  const { msgid, create_time: at, chattype, chatid, from, event } = parsed.data;
  if (chattype === 'group' && chatid === undefined) return null;
  const isGroup = chattype === 'group' || (chattype === undefined && chatid !== undefined);
  return clicked({
    command: event.event_key,
    taskId: event.task_id,
    user: from.userid,
    chat: {
      platform: 'wecom',
      ...(isGroup && chatid ? { kind: 'group', id: chatid } : { kind: 'direct', id: from.userid }),
    },
    id: msgid,
    at,
  });
};

/** Of the self-built app, by the fields of its XML. https://developer.work.weixin.qq.com/document/path/90240 */
export const readAppClick = (fields: ReadonlyMap<string, string>): CardClick | null => {
  const field = (name: string) => fields.get(name)?.trim() ?? '';
  if (field('Event') !== 'template_card_event') return null;
  const user = field('FromUserName');
  const responseCode = field('ResponseCode');
  return clicked({
    command: field('EventKey'),
    taskId: field('TaskId'),
    ...(responseCode !== '' && { responseCode }),
    user,
    chat: { platform: 'wecom', kind: 'direct', id: user },
    id: '',
    at: /^\d{10}$/u.test(field('CreateTime')) ? Number(field('CreateTime')) : null,
  });
};

/** Null for what says nothing: a card that is done, or one of others. Events of the app bring no id. */
const clicked = (click: CardClick): CardClick | null => {
  const command = click.command.trim();
  if (command === '' || command === DONE_KEY || click.taskId === '' || click.user === '') return null;
  return { ...click, command, id: click.id || [click.user, click.at ?? '', click.taskId, command].join('+') };
};

/** Whether its card has done its work: not when it only shows something, or when nothing was done. */
export const isDone = ({ taskId }: CardClick, answers: readonly Answered[]): boolean =>
  isOnce(taskId) && answers.length > 0 && !answers.some(({ isRefusal }) => isRefusal);

/** Pressing a button is saying its command, by that person, in that chat. */
export const saidBy = ({ id, chat, user, command, at }: CardClick, now: Clock): Message => ({
  id,
  platform: 'wecom',
  chat,
  // WeCom tells no name.
  sender: { id: user },
  text: command,
  addressed: true,
  mentions: [],
  files: [],
  at: at === null ? now() : Temporal.Instant.fromEpochMilliseconds(at * 1000),
});
