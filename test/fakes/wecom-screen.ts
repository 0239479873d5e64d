import { watching } from './watching.ts';

/** What people see of the bot, whichever voice it spoke with. */

export type WecomChat = { readonly kind: 'group' | 'direct'; readonly id: string };
export type Voice = 'reply' | 'push' | 'welcome' | 'app' | 'appchat' | 'webhook' | 'response_url' | 'answer';

/** One message on somebody's screen. `n` counts from 1. */
export type Post = {
  readonly n: number;
  readonly chat: WecomChat;
  readonly via: Voice;
  readonly msgtype: string;
  /** What can be read: content, the titles and lines of a card, the name of a file. */
  readonly text: string;
  /** The message that was answered. */
  readonly to?: string;
  readonly msgid?: string;
  /** Whom it pings: user ids, `@all`, numbers. */
  readonly mentions?: readonly string[];
  readonly card?: Card;
  readonly file?: StoredFile;
  readonly isRecalled?: boolean;
};
export type Card = Readonly<Record<string, unknown>>;
export type StoredFile = { readonly name: string; readonly type: string; readonly bytes: Uint8Array };

export const wecomScreen = () => {
  const posts: Post[] = [];
  /** The numbers of posts as they come and as they change. */
  const changes: number[] = [];
  const { changed, seen } = watching();
  const note = (n: number) => {
    changes.push(n);
    changed();
    return n;
  };
  return {
    posts: posts as readonly Post[],
    changes: changes as readonly number[],
    seen,
    show: (post: Omit<Post, 'n'>): number => note(posts.push({ n: posts.length + 1, ...post })),
    change(n: number, over: Partial<Omit<Post, 'n'>>) {
      const shown = posts[n - 1];
      if (shown) posts[n - 1] = { ...shown, ...over };
      note(n);
    },
  };
};
export type Screen = ReturnType<typeof wecomScreen>;

/** Everything a person can read on a card, a line each; buttons in brackets. */
export const cardText = (card: Card): string => {
  const lines: string[] = [];
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') {
      if (key === 'replace_text' || READ.has(key)) lines.push(value);
      else if (key === 'text') lines.push(`[${value}]`);
    } else if (Array.isArray(value)) for (const one of value) walk(one, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, part] of Object.entries(value)) walk(part, name);
  };
  walk(card, '');
  return lines.join('\n');
};
const READ: ReadonlySet<string> = new Set([
  'title',
  'desc',
  'sub_title_text',
  'keyname',
  'value',
  'quote_text',
  'content',
]);
