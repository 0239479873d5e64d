import { hash } from 'node:crypto';
import { splitBytes } from '../split-bytes.ts';
import { forms } from './dialects/draw.ts';
import type { Card, Drawn, Worded } from './dialects/drawn.ts';

/** What can be shown without an upload. */
export type Shown = Exclude<Drawn, { msgtype: 'image' | 'file' }>;

/** The name of the one text of an answer, by which WeCom may ask for it again; the same at every delivery. */
export const streamId = (replyId: string): string => hash('sha256', replyId).slice(0, 24);

type Response = { readonly body: object; readonly card: Card | null; readonly rest: readonly Shown[] };

/**
 * As much of an answer as a response holds: one text, finished, and one card. `rest` did not fit. Null for no answer.
 * https://developer.work.weixin.qq.com/document/path/101031
 */
export const responseOf = (shown: readonly Shown[], id: string): Response | null => {
  const [first, second] = shown;
  if (!first) return null;
  if (first.msgtype === 'template_card') return { body: cardBody(first.card), card: first.card, rest: shown.slice(1) };
  const stream = { stream: { id, finish: true, content: first.content } };
  if (second?.msgtype !== 'template_card')
    return { body: { msgtype: 'stream', ...stream }, card: null, rest: shown.slice(1) };
  const body = { ...cardBody(second.card), msgtype: 'stream_with_template_card', ...stream };
  return { body, card: second.card, rest: shown.slice(2) };
};

const cardBody = (card: Card) => ({ msgtype: 'template_card', template_card: card });

/** The same in words alone, in at most so many messages; the last says with `cut` that there was more. */
export const inWords = (shown: readonly Shown[], most: number, cut: string): readonly Worded[] => {
  const { maxBytes } = forms.bot;
  const worded = shown.flatMap((one) => (one.msgtype === 'template_card' ? one.instead : [one]));
  const lines = worded.flatMap(({ content }, i) => [...(i > 0 ? [''] : []), ...content.split('\n')]);
  const parts = splitBytes([{ head: [], lines }], maxBytes);
  const last = parts[most - 1];
  const kept = parts.slice(0, most).map(markdown);
  if (parts.length <= most || last === undefined) return kept;
  const [shortened = ''] = splitBytes([{ head: [], lines: last.split('\n') }], maxBytes - Buffer.byteLength(cut) - 2);
  return [...kept.slice(0, -1), markdown(`${shortened}\n\n${cut}`)];
};

const markdown = (content: string): Worded => ({ msgtype: 'markdown', content });

/** Puts another card in the place of the one that was pressed. */
export const updateOf = (card: Card): object => ({ response_type: 'update_template_card', template_card: card });
