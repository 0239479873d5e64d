import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Chat, Message } from '../../message.ts';
import type { Clock } from '../../ports.ts';
import { withoutMention } from './mention.ts';

const Text = z.object({ content: z.string() });

/** The part of a message callback that we read. A quoted message lies beside it and is never read as said now. */
const Said = z.object({
  msgid: z.string().min(1),
  chattype: z.enum(['single', 'group']),
  chatid: z.string().min(1).optional(),
  from: z.object({ userid: z.string().catch('') }).catch({ userid: '' }),
  // In seconds; messages mostly come without it.
  create_time: z.int().min(1e9).max(1e10).optional().catch(undefined),
  msgtype: z.string(),
  text: Text.optional().catch(undefined),
  voice: Text.optional().catch(undefined),
  mixed: z
    .object({ msg_item: z.array(z.looseObject({ text: Text.optional().catch(undefined) })) })
    .optional()
    .catch(undefined),
});
type Said = z.infer<typeof Said>;

export type Received =
  | { readonly kind: 'message'; readonly message: Message }
  /** A picture, a file, a place: nothing in it to read. */
  | { readonly kind: 'unreadable'; readonly message: Message }
  /** Somebody whom WeCom does not name: not of this corp. Their direct chat has no name either. */
  | { readonly kind: 'outsider'; readonly chat: Chat; readonly id: string }
  /** What no person says: a state of things, and what WeCom invents next. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** What a person can send; nothing ever tells that it was edited or recalled. */
const spoken: ReadonlySet<string> = new Set('text voice mixed image file video location link'.split(' '));

/** Reads the body of `aibot_msg_callback`. https://developer.work.weixin.qq.com/document/path/100719 */
export const reader = (botNames: readonly string[], now: Clock) => {
  const strip = withoutMention(botNames);

  return (body: unknown): Received => {
    const parsed = Said.safeParse(body);
    if (!parsed.success) return { kind: 'unknown', reason: z.prettifyError(parsed.error) };
    const said = parsed.data;
    if (!spoken.has(said.msgtype)) return { kind: 'unknown', reason: `msgtype ${said.msgtype.slice(0, 40)}` };
    const chat = chatOf(said);
    if (!chat) return { kind: 'unknown', reason: 'a group message without chatid' };

    if (said.from.userid === '') return { kind: 'outsider', chat, id: said.msgid };

    const text = textOf(said);
    const message: Message = {
      id: said.msgid,
      platform: 'wecom',
      chat,
      // WeCom tells no name.
      sender: { id: said.from.userid },
      text: (chat.kind === 'group' ? strip(text ?? '') : (text ?? '')).trim(),
      // Only what mentions the bot, or is said to it alone, is delivered at all.
      addressed: true,
      mentions: [],
      files: [],
      at: said.create_time === undefined ? now() : Temporal.Instant.fromEpochMilliseconds(said.create_time * 1000),
    };
    return { kind: text === null ? 'unreadable' : 'message', message };
  };
};

const chatOf = ({ chattype, chatid, from }: Said): Chat | null => {
  if (chattype === 'single') return { platform: 'wecom', id: from.userid, kind: 'direct' };
  return chatid === undefined ? null : { platform: 'wecom', id: chatid, kind: 'group' };
};

const textOf = ({ msgtype, text, voice, mixed }: Said): string | null => {
  switch (msgtype) {
    case 'text':
      return text?.content ?? null;
    case 'voice':
      return voice?.content ?? null;
    case 'mixed': {
      const words = mixed?.msg_item.flatMap((item) => (item.text ? [item.text.content] : [])) ?? [];
      return words.length === 0 ? null : words.join('\n');
    }
    default:
      return null;
  }
};
