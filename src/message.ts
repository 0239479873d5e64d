/** The words every floor shares: what people say to the bot, and what it says back. */
import type { Temporal } from 'temporal-polyfill';
import type { Picture } from './domain/picture.ts';

export const platformNames = ['wecom', 'dingtalk', 'feishu', 'slack', 'playground'] as const;
export type PlatformName = (typeof platformNames)[number];

/**
 * Where something was said or is to be posted. `id` is the platform's own: a group's, or for a direct chat the
 * person's.
 */
export type Chat = { readonly platform: PlatformName; readonly id: string; readonly kind: 'group' | 'direct' };

/** `id` is the platform's own user id. Names are for display only; some platforms tell none. */
export type Person = { readonly id: string; readonly name?: string };

export type Message = {
  /** The platform's own message id: a redelivery carries the same one. */
  readonly id: string;
  readonly platform: PlatformName;
  readonly chat: Chat;
  readonly sender: Person;
  /** As typed, decoded from the platform's markup, without the mention of the bot. */
  readonly text: string;
  /** Whether the bot itself was mentioned. A direct chat always addresses it. */
  readonly addressed: boolean;
  /** The other people who were mentioned. */
  readonly mentions: readonly Person[];
  readonly files: readonly { readonly name: string; readonly size: number; open(): ReadableStream }[];
  /** The platform's own time: day, lateness and order come from this, never from the time of arrival. */
  readonly at: Temporal.Instant;
};

/** The largest file that may come with a message. */
export const MOST_FILE_MB = 20;

/** `platform:userId`, the only thing that rights and records hang on. */
export type MemberId = string;
export const memberId = (platform: PlatformName, person: Person): MemberId => `${platform}:${person.id}`;

/** The chat in which one member alone is reached. */
export const directChat = (member: MemberId): Chat => {
  const colon = member.indexOf(':');
  const platform = platformNames.find((name) => name === member.slice(0, colon));
  if (!platform) throw new RangeError(`no platform in member id ${member}`);
  return { platform, id: member.slice(colon + 1), kind: 'direct' };
};

/** One spelling of a chat, for keys and ids. */
export const chatKey = ({ platform, kind, id }: Chat): string => `${platform}:${kind}:${id}`;

/** The chat that `chatKey` spelt so. */
export const chatOf = (key: string): Chat => {
  const [name, kind, ...id] = key.split(':');
  const platform = platformNames.find((known) => known === name);
  if (!platform || (kind !== 'group' && kind !== 'direct')) throw new RangeError(`no chat is spelt ${key}`);
  return { platform, kind, id: id.join(':') };
};

/** Good news, what is overdue, and what only has to stand there: a colour at most, the words say it by themselves. */
export const tones = ['good', 'warning', 'quiet'] as const;
export type Tone = (typeof tones)[number];

/** An answer is data; each platform draws it in its own markup. */
export type Reply = readonly Block[];
export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly as?: 'heading' | Tone }
  /** `tones`: those of the items, in their order; null for none. */
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly tones?: readonly (Tone | null)[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'image'; readonly url: string; readonly alt: string }
  /** Says what the other blocks say: where images can be shown it is drawn, elsewhere it is left out. */
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'file'; readonly name: string; readonly url: string }
  /** To a page of the house. */
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | { readonly kind: 'mention'; readonly member: MemberId; readonly name: string }
  /**
   * Pressing a button is sending its command: whatever a button does can be typed. `stays`: one that was pressed leaves
   * the others as they were, since they only show something, or each does a thing of its own; without it they have done
   * their work together.
   */
  | {
      readonly kind: 'buttons';
      readonly buttons: readonly { readonly text: string; readonly command: string }[];
      readonly stays?: true;
    };

export const text = (text: string): Reply => [{ kind: 'text', text }];
export const heading = (text: string): Reply => [{ kind: 'text', text, as: 'heading' }];
export const toned = (tone: Tone, text: string): Reply => [{ kind: 'text', text, as: tone }];

export type Line = string | { readonly text: string; readonly tone: Tone };
export const list = (lines: readonly Line[]): Reply => {
  const items = lines.map((line) => (typeof line === 'string' ? line : line.text));
  const tones = lines.map((line) => (typeof line === 'string' ? null : line.tone));
  return [{ kind: 'list', items, ...(tones.some((tone) => tone !== null) && { tones }) }];
};

/** The whole reply as plain text, for people and places that see no markup. */
export const plain = (reply: Reply): string =>
  reply.flatMap((block) => (block.kind === 'picture' ? [] : [plainBlock(block)])).join('\n');

const plainBlock = (block: Exclude<Block, { kind: 'picture' }>): string => {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'list':
      return block.items.map((item) => `· ${item}`).join('\n');
    case 'table':
      return [block.columns, ...block.rows].map((row) => row.join('  ')).join('\n');
    case 'image':
      return block.alt;
    case 'file':
      return `${block.name} ${block.url}`;
    case 'link':
      return `${block.text} ${block.url}`;
    case 'mention':
      return `@${block.name}`;
    case 'buttons':
      return block.buttons.map(({ text, command }) => `[${text}] ${command}`).join('\n');
  }
};
