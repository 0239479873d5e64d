/** What people wrote, read back by readers that are not ours: it is words, and nothing else. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { type Block, heading, list, type Reply } from '../../../../src/message.ts';
import { draw, type FormName, forms } from '../../../../src/platforms/wecom/dialects/draw.ts';
import type { Drawn } from '../../../../src/platforms/wecom/dialects/drawn.ts';
import { wecomCards } from '../../../fakes/wecom-cards.ts';
import { hostile } from '../../../golden/replies.ts';
import { picture } from '../../../render/pictured.ts';

const markdown = new MarkdownIt({ html: true });
type Token = ReturnType<(typeof markdown)['parse']>[number];

/** Everything but the words: kinds of tokens as they are nested, and where links lead. */
const structureOf = (content: string): readonly string[] => {
  const shape = (token: Token): readonly string[] => {
    if (token.type === 'text') return [];
    const leads = [token.attrGet('href'), token.attrGet('src'), token.attrGet('style')].filter((one) => one !== null);
    return [[token.type, token.tag, ...leads].join(' '), ...(token.children ?? []).flatMap(shape)];
  };
  return markdown.parse(content, {}).flatMap(shape);
};

/** The older markdown, by the letter of its page: whatever is not one of these is words. */
const V1 = /^#{1,6} |\*\*.+?\*\*|\[[^\]]*\]\([^)]*\)|`[^`\n]+`|^> |<font color="\w+">|<\/font>|<@[^<>]+>/gmu;
const structureOfV1 = (content: string) =>
  (content.match(V1) ?? []).map((sign) =>
    /^[[*`]/u.test(sign) ? `${sign[0]}${/\]\([^)]*\)$/u.exec(sign)?.[0] ?? ''}` : sign,
  );

/** Texts know links and mentions; webhooks mention whom the list beside them names. */
const structureOfText = (content: string) => content.match(/<a\b|<@|@all/giu) ?? [];

const readers: Readonly<Record<FormName, (content: string) => readonly string[]>> = {
  bot: structureOf,
  'webhook-v2': structureOf,
  'webhook-v1': structureOfV1,
  app: structureOfV1,
  'app-group': structureOfV1,
  'webhook-text': structureOfText,
  'app-text': structureOfText,
};
const names = Object.keys(forms) as FormName[];

/** A reply with people's words in every place where words can stand. */
const replyWith = (words: string, more: readonly Block[] = []): Reply => [
  ...heading(words),
  ...list([words, { text: words, tone: 'warning' }, { text: words, tone: 'quiet' }]),
  {
    kind: 'table',
    columns: ['单位', words],
    rows: [
      [words, '1'],
      ['2', words],
    ],
  },
  { kind: 'image', url: 'https://riqing.example.com/a.png', alt: words },
  { kind: 'picture', picture: picture() },
  { kind: 'file', name: words, url: 'https://riqing.example.com/f' },
  { kind: 'link', text: words, url: 'https://riqing.example.com/b' },
  { kind: 'mention', member: 'wecom:zhangsan', name: words },
  ...more,
];
const contents = (drawn: readonly Drawn[]) => drawn.flatMap((one) => ('content' in one ? [one.content] : []));

const signs = fc.constantFrom(
  ...'<>@#[]()!`*_~|-=+.\\&;:/ \t1a日',
  ...[
    '<@',
    '](',
    '@all',
    '**',
    '```',
    '---',
    '| ',
    '<a href=',
    '<font',
    '</font>',
    '<!--',
    '&lt;',
    '&#64;',
    'http://x',
    '\\|',
    '\n',
    '\u2028',
    '\u00a0',
    '\u202e',
  ],
);
const said = fc.oneof(
  fc.string({ unit: signs, minLength: 1, maxLength: 30 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.constantFrom(...hostile),
);
/** Words that leave nothing to be seen are drawn as nothing. */
const isSeen = (words: string) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(words.replace(/[\p{C}\s]/gu, ''));

test.each(names)('%s: what is drawn has the same structure whatever people wrote', (name) => {
  const read = readers[name];
  const plain = contents(draw(replyWith('字'), name, { id: 'r' })).map(read);
  fc.assert(
    fc.property(said.filter(isSeen), (words) => {
      const drawn = contents(draw(replyWith(`字${words}字`), name, { id: 'r' })).map(read);
      expect(drawn.flat()).toEqual(plain.flat());
      const bare = contents(draw(replyWith(words), name, { id: 'r' })).map(read);
      expect(bare.flat()).toEqual(plain.flat());
    }),
    { numRuns: 1_500 },
  );
});

const inText: ReadonlySet<string> = new Set([
  'paragraph_open p',
  'inline ',
  'softbreak br',
  'hardbreak br',
  'paragraph_close p',
]);

test.each(names)('%s: a text of several lines is paragraphs and nothing else', (name) => {
  fc.assert(
    fc.property(fc.array(said, { maxLength: 6 }), (lines) => {
      const drawn = contents(draw([{ kind: 'text', text: lines.join('\n') }], name, { id: 'r' }));
      for (const sign of drawn.flatMap(readers[name])) expect(inText.has(sign), `${sign} in ${drawn}`).toBe(true);
    }),
    { numRuns: 1_500 },
  );
});

/** Only the words of a card differ: its keys and kinds do not. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shapeOf(part)]));
  }
  return typeof value;
};
const cardsIn = (drawn: readonly Drawn[]) =>
  drawn.flatMap((one) => (one.msgtype === 'template_card' ? [one.card] : []));

test.each(['bot', 'app'] as const)(
  '%s: cards are taken whatever people wrote, and keep their shape and commands',
  (name) => {
    const reply = (words: string, long: Reply): Reply => [
      { kind: 'text', text: words },
      ...long,
      {
        kind: 'buttons',
        buttons: [
          { text: words, command: `/请假 批准 ${words.trim()}` },
          { text: '不批', command: '/榜' },
        ],
      },
    ];
    const long: Reply = list(Array.from({ length: 20 }, () => '走访企业并上报台账'));
    fc.assert(
      fc.property(said.filter(isSeen), fc.boolean(), (words, isLong) => {
        const drawn = cardsIn(draw(reply(words, isLong ? long : []), name, { id: 'r' }));
        expect(drawn.length).toBe(1);
        const { checkNew } = wecomCards();
        for (const card of drawn) {
          checkNew(JSON.parse(JSON.stringify(card)));
          expect(JSON.stringify({ ...card, button_list: [] })).not.toMatch(/[<@]|\\u00(?!a0)/u);
          expect(card.button_list?.map(({ text }) => text).join()).not.toMatch(/[<@\p{Cc}]/u);
          expect([...(card.main_title.title ?? '')].length).toBeLessThanOrEqual(26 * 8);
          expect(shapeOf({ ...card, sub_title_text: '' })).toEqual(
            shapeOf({ ...cardsIn(draw(reply('字', long), name, { id: 'r' }))[0], sub_title_text: '' }),
          );
        }
      }),
      { numRuns: 1_000 },
    );
  },
);

test('no string of the lists of hostile strings does more than stand there', () => {
  const file = new URL('../../../../../shared/data/blns.json', import.meta.url);
  const strings: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : hostile;
  if (!Array.isArray(strings)) throw new Error('no list');
  for (const name of names) {
    const plain = contents(draw(replyWith('字'), name, { id: 'r' })).flatMap(readers[name]);
    for (const words of strings.map(String).filter((one) => isSeen(one) && Buffer.byteLength(one) < 150)) {
      expect(contents(draw(replyWith(words), name, { id: 'r' })).flatMap(readers[name]), words).toEqual(plain);
    }
  }
});
