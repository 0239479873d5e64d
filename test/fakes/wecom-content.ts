import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Cards, isPressable } from './wecom-cards.ts';
import { errcodes, refused } from './wecom-codes.ts';
import { imageType, type Media } from './wecom-media.ts';
import { cardText, type Post } from './wecom-screen.ts';

/** What one message shows: the part of it that its msgtype names, judged and read. */
export type Content = Pick<Post, 'msgtype' | 'text' | 'mentions' | 'card' | 'file'>;
export type Message = Readonly<Record<string, unknown>>;
type Read = (part: unknown, message: Message) => Omit<Content, 'msgtype'>;

const Text = z.object({
  content: z.string(),
  mentioned_list: z.array(z.string()).default([]),
  mentioned_mobile_list: z.array(z.string()).default([]),
});
const Articles = z.object({
  articles: z
    .array(
      z.object({ title: z.string().min(1), description: z.string().default(''), url: z.string().default('') }).loose(),
    )
    .min(1)
    .max(8),
});
const ByMedia = z.object({ media_id: z.string() });
const IMAGE_BYTES = 2 * 1024 * 1024;

/** Cut off within a character, as bytes are: what remains of it is not shown. */
const cut = (text: string, most: number) =>
  Buffer.byteLength(text) <= most
    ? text
    : Buffer.from(text)
        .subarray(0, most)
        .toString()
        .replace(/\ufffd$/u, '');
const within = (text: string, most: number): string => {
  if (text === '') throw refused(44_004, 'empty content');
  if (Buffer.byteLength(text) > most) throw refused(errcodes.tooLong, 'content exceed max length');
  return text;
};
/** `<@userid>` pings where the client knows it. */
const pinged = (text: string) => [...text.matchAll(/<@([^<>\s]+)>/gu)].map(([, id = '']) => id);

const byMedia =
  (media: Media, type: string): Read =>
  (part) => {
    const file = media.find(ByMedia.parse(part).media_id);
    if (file.type !== type) throw refused(errcodes.badMediaId, 'media_id of another type');
    return { text: file.name, file };
  };
const article: Read = (part) => ({
  text: Articles.parse(part)
    .articles.map(({ title, description, url }) => `${title}\n${description}\n${url}`)
    .join('\n'),
});

type Stores = { readonly media: Media; readonly cards: Cards };

/** A self-built app: its own messages and those into its groups. */
export const appKinds = ({ media, cards }: Stores, hasCallback: () => boolean): Readonly<Record<string, Read>> => ({
  // The real server says nothing about what it cut off.
  text(part) {
    const { content, mentioned_list } = Text.parse(part);
    if (content === '') throw refused(44_004, 'empty content');
    const shown = cut(content, 2_048);
    return { text: shown, mentions: [...mentioned_list, ...pinged(shown)] };
  },
  markdown(part) {
    const content = within(Text.parse(part).content, 2_048); // unverified
    return { text: content, mentions: pinged(content) };
  },
  textcard(part) {
    const card = z
      .object({ title: z.string().min(1), description: z.string().min(1), url: z.string().min(1) })
      .parse(part);
    if ([...card.title].length > 128 || [...card.description].length > 512) throw refused(errcodes.tooLong, 'too long');
    return { text: `${card.title}\n${card.description}\n${card.url}` };
  },
  news: article,
  image: byMedia(media, 'image'),
  voice: byMedia(media, 'voice'),
  video: byMedia(media, 'video'),
  file: byMedia(media, 'file'),
  template_card(part) {
    const card = cards.checkNew(part);
    if (isPressable(card) && !hasCallback()) throw refused(43_012, 'callback url is required');
    return { text: cardText(card), card };
  },
});

/** A group's webhook robot. https://developer.work.weixin.qq.com/document/path/91770 */
export const webhookKinds = ({ media, cards }: Stores): Readonly<Record<string, Read>> => ({
  text(part) {
    const { content, mentioned_list, mentioned_mobile_list } = Text.parse(part);
    return { text: within(content, 2_048), mentions: [...mentioned_list, ...mentioned_mobile_list] };
  },
  markdown(part) {
    const content = within(Text.parse(part).content, 4_096);
    return { text: content, mentions: pinged(content) };
  },
  markdown_v2: (part) => ({ text: within(Text.parse(part).content, 4_096), mentions: [] }),
  image(part) {
    const { base64, md5 } = z.object({ base64: z.base64(), md5: z.string() }).parse(part);
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    const type = imageType(bytes);
    if (bytes.length > IMAGE_BYTES) throw refused(40_009, 'invalid image size');
    if (type === null) throw refused(40_005, 'invalid file type');
    if (createHash('md5').update(bytes).digest('hex') !== md5) throw refused(errcodes.badImage, 'image md5 mismatch');
    return { text: '', file: { name: `image.${type}`, type: 'image', bytes } };
  },
  news: article,
  file: byMedia(media, 'file'),
  voice: byMedia(media, 'voice'),
  template_card(part) {
    const card = cards.checkNew(part);
    if (isPressable(card)) throw refused(errcodes.badParameter, 'invalid template_card: notices only');
    return { text: cardText(card), card };
  },
});

/** The AI bot. A reply may be a stream too, which its own file reads. */
export const botKinds = ({ media, cards }: Stores): Readonly<Record<string, Read>> => ({
  markdown: (part) => ({ text: within(Text.parse(part).content, 20_480) }),
  template_card(part) {
    const card = cards.checkNew(part);
    return { text: cardText(card), card };
  },
  image: byMedia(media, 'image'),
  voice: byMedia(media, 'voice'),
  video: byMedia(media, 'video'),
  file: byMedia(media, 'file'),
});

/** Reads a message by its msgtype, among the kinds that its voice takes. */
export const contentOf = (kinds: Readonly<Record<string, Read>>, message: Message): Content => {
  const msgtype = String(message.msgtype);
  const read = Object.hasOwn(kinds, msgtype) ? kinds[msgtype] : undefined;
  if (!read) throw refused(errcodes.badMsgType, 'invalid message type');
  return { msgtype, ...read(message[msgtype], message) };
};
