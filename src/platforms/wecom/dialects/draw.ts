import type { Reply } from '../../../message.ts';
import { splitBytes } from '../../split-bytes.ts';
import { cardsOf } from './cards.ts';
import { type Dialect, markdown, markdownV1, plainText } from './dialect.ts';
import type { Drawn, Worded } from './drawn.ts';
import { type Place, passagesOf } from './passages.ts';

/**
 * `maxBytes` of UTF-8 of one message's content. `cards`: whether buttons can be pressed. `mentions`: in the words, in a
 * list beside them, or not at all.
 */
type Form = {
  readonly msgtype: 'markdown' | 'markdown_v2' | 'text';
  readonly dialect: Dialect;
  readonly maxBytes: number;
  readonly cards: boolean;
  readonly mentions: 'inside' | 'beside' | 'none';
};

/**
 * The forms of WeCom's voices. Limits of the bot: /document/path/101031, of webhooks: 91770; an app's text is cut off
 * silently after 2,048 bytes (90236), of its markdown no limit is published: the same is taken. An app's groups know
 * no cards (90248).
 */
export const forms = {
  bot: { msgtype: 'markdown', dialect: markdown, maxBytes: 20_480, cards: true, mentions: 'none' },
  'webhook-v2': { msgtype: 'markdown_v2', dialect: markdown, maxBytes: 4_096, cards: false, mentions: 'none' },
  'webhook-v1': { msgtype: 'markdown', dialect: markdownV1, maxBytes: 4_096, cards: false, mentions: 'inside' },
  'webhook-text': { msgtype: 'text', dialect: plainText, maxBytes: 2_048, cards: false, mentions: 'beside' },
  app: { msgtype: 'markdown', dialect: markdownV1, maxBytes: 2_048, cards: true, mentions: 'none' },
  'app-text': { msgtype: 'text', dialect: plainText, maxBytes: 2_048, cards: false, mentions: 'none' },
  'app-group': { msgtype: 'markdown', dialect: markdownV1, maxBytes: 2_048, cards: false, mentions: 'inside' },
} as const satisfies Readonly<Record<string, Form>>;
export type FormName = keyof typeof forms;

/**
 * `id`: the reply's. `hasMedia`: pictures and files can be uploaded, and are messages of their own. `inGroup`: where
 * everybody has to scroll past what one of them asked.
 */
export type Drawing = { readonly id: string; readonly hasMedia?: boolean; readonly inGroup?: boolean };

/** Draws a reply in one form: its messages, in the order in which they are sent. */
export const draw = (
  reply: Reply,
  name: FormName,
  { id, hasMedia = false, inGroup = false }: Drawing,
): readonly Drawn[] => {
  const form: Form = forms[name];
  const { rest, onCards, cards } = form.cards ? cardsOf(reply, id, inGroup) : { rest: reply, onCards: [], cards: [] };
  const instead = wordsIn(form, onCards, hasMedia);
  return [
    ...wordsIn(form, rest, hasMedia),
    ...cards.map((card, i) => ({
      msgtype: 'template_card' as const,
      card,
      // The first stands for all of them.
      instead: i === 0 ? instead : [],
    })),
    // After the card, which can stand in one message with the words before it.
    ...(hasMedia ? mediaOf(reply) : []),
  ];
};

/**
 * In the form that shows the reply best. A webhook: tables and lists, unless somebody is to be mentioned, which only the
 * older markdown and texts can. Texts where there is nothing to mark: every client shows them.
 */
export const drawForWebhook = (reply: Reply, drawing: Drawing): readonly Drawn[] => {
  if (isBare(reply)) return draw(reply, 'webhook-text', drawing);
  return draw(reply, reply.some(({ kind }) => kind === 'mention') ? 'webhook-v1' : 'webhook-v2', drawing);
};
export const drawForApp = (reply: Reply, drawing: Drawing): readonly Drawn[] =>
  draw(reply, isBare(reply) ? 'app-text' : 'app', drawing);

/** Only words and mentions. */
const isBare = (reply: Reply): boolean =>
  reply.every((block) => (block.kind === 'text' ? block.as === undefined : block.kind === 'mention'));

const wordsIn = (form: Form, reply: Reply, hasMedia: boolean): readonly Worded[] => {
  const { msgtype, dialect, maxBytes, mentions } = form;
  const mentioned: string[] = [];
  const place: Place = {
    dialect,
    maxBytes,
    hasMedia,
    mention(member) {
      const user = userOf(member);
      if (user === null || mentions === 'none') return null;
      if (mentions === 'inside') return `<@${user}>`;
      mentioned.push(user);
      return null;
    },
  };
  const parts = splitBytes(passagesOf(reply, place), maxBytes);
  return parts.map((content, i) =>
    msgtype === 'text'
      ? { msgtype, content, mentioned: i === parts.length - 1 ? mentioned : [] }
      : { msgtype, content },
  );
};

/** WeCom's id of a member, where it can stand in a mention; nobody is called all. */
const userOf = (member: string): string | null => {
  const [, user = ''] = /^wecom:([A-Za-z0-9][\w.@-]{0,63})$/u.exec(member) ?? [];
  return user === '' || user.toLowerCase() === 'all' ? null : user;
};

const mediaOf = (reply: Reply): readonly Drawn[] =>
  reply.flatMap((block): Drawn[] => {
    if (block.kind === 'picture') return [{ msgtype: 'image', picture: block.picture }];
    return block.kind === 'file' ? [{ msgtype: 'file', name: block.name, url: block.url }] : [];
  });
