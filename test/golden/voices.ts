/** How each voice of each platform draws a reply, as plain text that can be reviewed. A new platform adds its row. */
import { Temporal } from 'temporal-polyfill';
import type { Reply } from '../../src/message.ts';
import { draw, type FormName, forms } from '../../src/platforms/wecom/dialects/draw.ts';
import type { Drawn } from '../../src/platforms/wecom/dialects/drawn.ts';
import { replyOut } from '../../src/web/playground-wire.ts';

export type Voice = (reply: Reply) => string;

/** More lines of one message are cut out in the middle: what they are stands in their number of bytes. */
const MOST_LINES = 40;
const ENDS = 4;

const cut = (content: string): string => {
  const lines = content.split('\n');
  if (lines.length <= MOST_LINES) return content;
  const left = lines.slice(ENDS, -ENDS);
  const bytes = Buffer.byteLength(left.join('\n'));
  return [...lines.slice(0, ENDS), `⋯ ${left.length} lines, ${bytes} bytes ⋯`, ...lines.slice(-ENDS)].join('\n');
};

/** Spaces that do something are seen. */
const visible = (content: string): string =>
  content.replaceAll('\u00a0', '⍽').replace(/ +$/gmu, (end) => '␣'.repeat(end.length));
const titled = (title: string, content: string) => `── ${title} ──\n${content}\n`;

const wecom = (drawn: Drawn): string => {
  switch (drawn.msgtype) {
    case 'markdown':
    case 'markdown_v2':
      return titled(`${drawn.msgtype}, ${Buffer.byteLength(drawn.content)} bytes`, visible(cut(drawn.content)));
    case 'text': {
      const title = [`text, ${Buffer.byteLength(drawn.content)} bytes`, ...drawn.mentioned.map((user) => `@${user}`)];
      return titled(title.join(', '), visible(cut(drawn.content)));
    }
    case 'template_card':
      return titled('template_card', JSON.stringify(drawn.card, null, 2));
    case 'image':
      return titled('image', drawn.picture.alt);
    case 'file':
      return titled('file', drawn.name);
  }
};

/** Of a text of many parts the first and the last are shown, and the sizes of those between. */
const MOST_PARTS = 6;
const shortened = (drawn: readonly Drawn[]): readonly string[] => {
  const shown = drawn.map(wecom);
  if (shown.length <= MOST_PARTS) return shown;
  const between = shown.slice(2, -2).map((part) => part.slice(0, part.indexOf('\n') + 1));
  return [...shown.slice(0, 2), between.join(''), ...shown.slice(-2)];
};

const form =
  (name: FormName): Voice =>
  (reply) =>
    shortened(draw(reply, name, { id: 'reply/golden', hasMedia: name !== 'app-text' })).join('\n');

const shortWords = (_: string, value: unknown) =>
  typeof value === 'string' && value.length > 300 ? `${value.slice(0, 60)}⋯ ${Buffer.byteLength(value)} bytes` : value;

const playground: Voice = (reply) => {
  const chat = { platform: 'playground', id: 'g1', kind: 'group' } as const;
  const { text, blocks } = replyOut({
    n: 1,
    id: 'x',
    at: Temporal.Instant.fromEpochMilliseconds(0),
    chat,
    from: null,
    said: reply,
    source: null,
  });
  return [titled('text', visible(cut(text))), titled('blocks', cut(JSON.stringify(blocks, shortWords, 1)))].join('\n');
};

export const voices: Readonly<Record<string, Voice>> = {
  playground,
  ...Object.fromEntries((Object.keys(forms) as FormName[]).map((name) => [`wecom-${name}`, form(name)])),
};
