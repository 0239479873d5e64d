import { createHash } from 'node:crypto';
import type { Block, Reply } from '../../../message.ts';
import { plainText, word } from './dialect.ts';
import type { Card, CardButton } from './drawn.ts';
import { isWebAddress } from './passages.ts';

/** Characters that a card shows before it cuts by itself. https://developer.work.weixin.qq.com/document/path/101032 */
const TITLE = 26;
const SUBTITLE = 112;
const BUTTON = 16;
const MOST_BUTTONS = 6;
const KEY_BYTES = 1_024;
const TASK_ID = /^(once|stay)-[\w-]{1,100}$/u;

type Buttons = Extract<Block, { kind: 'buttons' }>;
/** `rest` is said in words, before the cards; `onCards` is what stands on them. */
export type WithCards = { readonly rest: Reply; readonly onCards: Reply; readonly cards: readonly Card[] };

/**
 * What of a reply goes onto cards: its buttons, as many on each as it takes, and where all of it fits, the words too.
 * Buttons that stay are worth no card of their own in a group: below longer words they are said, as is a command that is
 * too long for a button. `id` is the reply's: its cards are the same each time.
 */
export const cardsOf = (reply: Reply, id: string, inGroup = false): WithCards => {
  if (!reply.some(({ kind }) => kind === 'buttons' || kind === 'link')) return { rest: reply, onCards: [], cards: [] };
  const [whole] = allOnOne(reply, id);
  if (whole) return { rest: [], onCards: reply, cards: [whole] };

  const isOnCard = (block: Buttons) => !(inGroup && block.stays === true);
  const rest = reply.flatMap((block) =>
    block.kind === 'buttons' && isOnCard(block) ? only(block, (one) => !fits(one)) : [block],
  );
  const onCards = reply.flatMap((block) => (block.kind === 'buttons' && isOnCard(block) ? only(block, fits) : []));
  const pressed = onCards.flatMap((block) => (block.kind === 'buttons' ? pages(block) : []));
  if (pressed.length === 0) return { rest, onCards, cards: [] };
  const title = titleOf(rest) || (pressed[0]?.buttons[0]?.text ?? '');
  return {
    rest,
    onCards,
    cards: pressed.map((page, i) => pressable({ main_title: { title } }, page, taskId(id, i, page.stays))),
  };
};

/** The one card that says all of a reply; none where it does not fit. */
const allOnOne = (reply: Reply, id: string): readonly Card[] => {
  const pressed = reply.flatMap((block) => (block.kind === 'buttons' ? pages(block) : []));
  const rest = reply.flatMap((block) => (block.kind === 'buttons' ? only(block, (one) => !fits(one)) : [block]));
  const [page, ...more] = pressed;
  if (!page) return [noticeOf(rest)].filter((notice) => notice !== null);
  const words = more.length === 0 ? wordsOf(rest) : null;
  if (!words) return [];
  return [pressable(words, page, taskId(id, 0, page.stays))];
};

type Page = ReturnType<typeof pages>[number];
const pressable = (words: Pick<Card, 'main_title' | 'sub_title_text'>, { buttons }: Page, task_id: string): Card => ({
  card_type: 'button_interaction',
  ...words,
  button_list: buttons,
  task_id,
});

/** The card once one of its buttons was pressed; `before` is not known after a restart. */
export const doneCard = (taskId: string, before: Card | null, done: string): Card => ({
  card_type: 'button_interaction',
  main_title: before?.main_title ?? { title: done },
  ...(before?.sub_title_text && { sub_title_text: before.sub_title_text }),
  button_list: [{ text: done, style: 2, key: DONE_KEY }],
  replace_text: done,
  task_id: taskId,
});
/** Of the button that says that it is done, where it can still be pressed: no command. */
export const DONE_KEY = 'done';

/** Whether its card has done its work when a button was pressed. */
export const isOnce = (taskId: string): boolean => TASK_ID.exec(taskId)?.[1] === 'once';

/** Unique in the bot or app, `[0-9A-Za-z_\-@]` up to 128 bytes; says what kind of buttons it is about. */
const taskId = (id: string, index: number, stays: boolean): string => {
  const hash = createHash('sha256').update(id).digest('base64url').slice(0, 22);
  return `${stays ? 'stay' : 'once'}-${hash}-${index}`;
};

const fits = ({ command }: Buttons['buttons'][number]) =>
  command.trim() !== '' && command.isWellFormed() && Buffer.byteLength(command) <= KEY_BYTES;

const only = (block: Buttons, keep: typeof fits): Reply => {
  const buttons = block.buttons.filter(keep);
  return buttons.length === 0 ? [] : [{ ...block, buttons }];
};

const pages = ({ buttons, stays }: Buttons) => {
  const fitting = buttons.filter(fits);
  const cards = Array.from({ length: Math.ceil(fitting.length / MOST_BUTTONS) }, (_, i) =>
    fitting.slice(i * MOST_BUTTONS, (i + 1) * MOST_BUTTONS),
  );
  return cards.map((on, card) => ({
    stays: stays === true,
    buttons: on.map(({ text, command }, i): CardButton => {
      const label = cut(word(plainText, text), BUTTON);
      return { text: label === '' ? '→' : label, style: card === 0 && i === 0 ? 1 : 2, key: command };
    }),
  }));
};

/** A card that leads to one page, where nothing else has to be said. */
const noticeOf = (rest: Reply): Card | null => {
  const links = rest.filter((block) => block.kind === 'link');
  const [link] = links;
  if (!link || links.length > 1 || !isWebAddress(link.url)) return null;
  const words = wordsOf(rest.filter((block) => block !== link));
  if (!words) return null;
  const url = new URL(link.url).href;
  const jump_list = [{ type: 1, title: word(plainText, link.text), url }] as const;
  return { card_type: 'text_notice', ...words, jump_list, card_action: { type: 1, url } };
};

/** Title and text of a card that says all of it; null when it does not fit. */
const wordsOf = (rest: Reply): Pick<Card, 'main_title' | 'sub_title_text'> | null => {
  const said = rest.flatMap((block): readonly (string | null)[] => {
    if (block.kind === 'text') return plainText.inert(block.text);
    if (block.kind === 'list') return block.items.map((item) => `· ${word(plainText, item)}`);
    return [null];
  });
  const lines = said.filter((line) => line !== null).filter((line) => line !== '');
  const [first = '', ...others] = lines;
  if (said.includes(null) || first === '') return null;
  const { head, tail } = clause(first);
  const text = [...(tail === '' ? [] : [tail]), ...others].join('\n');
  if (length(head) > TITLE || length(text) > SUBTITLE) return null;
  return { main_title: { title: head }, ...(text !== '' && { sub_title_text: text }) };
};

/** The first words of a line, up to the last pause that fits into a title. */
const clause = (line: string): { readonly head: string; readonly tail: string } => {
  const letters = charactersOf(line);
  if (letters.length <= TITLE) return { head: line, tail: '' };
  const within = letters.slice(0, TITLE);
  // Signs that stand within numbers and addresses too are a pause where something else follows.
  const last = (signs: RegExp) => within.findLastIndex((letter, i) => signs.test(letter + (letters[i + 1] ?? ''))) + 1;
  const end = last(/^(?:[，。：；？！]|[,;:?!](?![\p{L}\p{N}]))/u) || last(/^\s/u);
  if (end === 0) return { head: line, tail: '' };
  // The end of the line says the pause.
  const head = letters
    .slice(0, end)
    .join('')
    .replace(/[，；,;\s]$/u, '');
  return { head, tail: letters.slice(end).join('').trim() };
};

const titleOf = (rest: Reply): string => {
  const first = rest.find((block) => block.kind === 'text');
  return first
    ? cut(
        plainText
          .inert(first.text)
          .find((line) => line.trim() !== '')
          ?.trim() ?? '',
        TITLE,
      )
    : '';
};

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const charactersOf = (text: string): readonly string[] => [...segments.segment(text)].map(({ segment }) => segment);
const length = (text: string): number => charactersOf(text).length;
const cut = (text: string, most: number): string => {
  const letters = charactersOf(text);
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
};
