/** What the board's pages are put together from. `html` escapes whatever stands in its braces. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Lamp } from '../domain/lamp.ts';
import type { Translate } from '../i18n.ts';
import type { Block, Reply, Tone } from '../message.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

type Frame = {
  readonly title: string;
  /** How many folders below `/board/`: addresses are told from there, so that a proxy may put a path before them. */
  readonly depth: number;
  readonly hasCharts?: boolean;
  readonly t: Translate;
};

export const layout = ({ title, depth, hasCharts = false, t }: Frame, body: Html): Html => {
  const home = '../'.repeat(depth);
  return html`<!doctype html>
<html lang="${t('page.lang')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" type="image/svg+xml" href="${home}icon.svg">
<link rel="stylesheet" href="${home}style.css">
${hasCharts ? html`<script src="${home}charts.js" defer></script><script src="${home}echarts.js" defer></script>` : ''}
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>`;
};

export const section = (id: string, title: string, body: Html): Html =>
  html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`;

type Column = { readonly title: string; readonly isNumber?: boolean };

/** The first cell of a row names it. Wide ones scroll by themselves. */
export const table = (
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (Html | string)[])[],
): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map(({ title, isNumber }) => html`<th scope="col" class="${isNumber ? 'number' : ''}">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (cells) =>
      html`<tr>${cells.map((cell, i) =>
        i === 0
          ? html`<th scope="row" class="${columns[i]?.isNumber ? 'number' : ''}">${cell}</th>`
          : html`<td class="${columns[i]?.isNumber ? 'number' : ''}">${cell}</td>`,
      )}</tr>`,
  )}</tbody>
</table></div>`;

/** A lamp by shape, letter and word: the colour says nothing that they do not say. */
export const lampMark = (lamp: Lamp, t: Translate): Html =>
  html`<span class="lamp ${lamp}" aria-hidden="true"></span>${withoutPicture(t('lamp.words', { lamp }))}`;

const NUMBER = /^[\d.,%/+-]+$/;
const PICTURES = /(🟢|🔵|🟡|🔴|⚪)/u;
const lampOf = new Map<string, Lamp>([
  ['🟢', 'green'],
  ['🔵', 'blue'],
  ['🟡', 'yellow'],
  ['🔴', 'red'],
  ['⚪', 'paused'],
]);

const withoutPicture = (words: string): string => words.replace(PICTURES, '');

/** Text in which lamps are drawn, since not every system has a font with them. */
const spoken = (text: string): Html =>
  html`${text.split(PICTURES).map((part) => {
    const lamp = lampOf.get(part);
    return lamp ? html`<span class="lamp ${lamp}" aria-hidden="true"></span>` : part;
  })}`;

/** What the bot says in chat, on a page: the same words. Buttons and pictures are of the chat. */
export const blocks = (reply: Reply, caption: string): Html => html`${reply.map((block) => drawn(block, caption))}`;

const drawn = (block: Block, caption: string): Html | '' => {
  switch (block.kind) {
    case 'text':
      return html`${block.text.split('\n').map((line) => html`<p${mark(block.as)}>${spoken(line)}</p>`)}`;
    case 'list':
      return html`<ul>${block.items.map((item, i) => html`<li${mark(block.tones?.[i])}>${spoken(item)}</li>`)}</ul>`;
    case 'table':
      return table(
        caption,
        block.columns.map((title, i) => ({ title, isNumber: block.rows.every((row) => NUMBER.test(row[i] ?? '')) })),
        block.rows,
      );
    case 'mention':
      return html`<p>${block.name}</p>`;
    case 'image':
    case 'picture':
    case 'file':
    case 'link':
    case 'buttons':
      return '';
  }
};

/** A heading, or a tone: the words say it by themselves. */
const mark = (as: 'heading' | Tone | null | undefined): Html | '' => (as ? html` class="${as}"` : '');
