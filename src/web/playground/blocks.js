import { el } from './dom.js';

/** @import { Block } from './api.js' */

/**
 * Draws a reply. `press` sends a button's command; null where nobody may press. A table that a picture shows already is
 * folded up under `asText`.
 *
 * @param {Block[]} blocks
 * @param {((command: string) => void) | null} press
 * @param {string} asText
 */
export const drawBlocks = (blocks, press, asText) => {
  const isShown = blocks.some(({ kind }) => kind === 'image');
  return blocks.map((block) => {
    const drawn = drawBlock(block, press);
    return isShown && block.kind === 'table' ? el('details', {}, el('summary', {}, asText), drawn) : drawn;
  });
};

/**
 * @param {Block} block
 * @param {((command: string) => void) | null} press
 * @returns {HTMLElement}
 */
const drawBlock = (block, press) => {
  switch (block.kind) {
    case 'text':
      return drawText(block);
    case 'list':
      return el('ul', {}, ...block.items.map((item, i) => el('li', { class: block.tones?.[i] }, ...withLamps(item))));
    case 'table':
      return drawTable(block);
    case 'image':
      return drawImage(block);
    case 'file':
      return el('a', { class: 'file', href: block.url, download: block.name }, block.name);
    case 'link':
      return drawLink(block);
    case 'mention':
      return el('span', { class: 'mention' }, `@${block.name}`);
    case 'buttons':
      return el(
        'div',
        { class: 'buttons' },
        ...block.buttons.map(({ text, command }) =>
          el(
            'button',
            { type: 'button', title: command, disabled: press === null, onclick: () => press?.(command) },
            text,
          ),
        ),
      );
  }
};

/**
 * A tone is a colour beside words that say it by themselves.
 *
 * @param {Extract<Block, {kind: 'text'}>} block
 */
const drawText = ({ text, as }) =>
  as === 'heading'
    ? el('p', { class: 'text heading', role: 'heading', 'aria-level': '3' }, ...withLamps(text))
    : el('p', { class: as ? `text ${as}` : 'text' }, ...withLamps(text));

/**
 * To a page of the house, and nowhere else: whatever the address begins with, it is opened here.
 *
 * @param {Extract<Block, {kind: 'link'}>} link
 */
const drawLink = ({ text, url }) => {
  const [path] = /\/board\/u\d+\?k=[\w.-]+$/.exec(url) ?? [];
  return path
    ? el('a', { class: 'link', href: path, target: '_blank', rel: 'noopener noreferrer' }, text)
    : el('p', { class: 'text' }, text);
};

/**
 * Its size stands in its name, so that nothing jumps when it has come. Touched, it fills the window.
 *
 * @param {Extract<Block, {kind: 'image'}>} image
 */
const drawImage = ({ url, alt }) => {
  const [, width, height] = /-(\d+)x(\d+)\.png$/.exec(url) ?? [];
  const image = el('img', { src: url, alt, loading: 'lazy', width, height });
  image.addEventListener('error', () => {
    for (const folded of image.closest('.bubble')?.querySelectorAll('details') ?? []) folded.open = true;
  });
  return el('a', { class: 'picture', href: url, target: '_blank', rel: 'noopener' }, image);
};

/** @param {Extract<Block, {kind: 'table'}>} table */
const drawTable = ({ columns, rows }) => {
  const kinds = columns.map((_, i) => (rows.every((row) => isNumber(row[i] ?? '')) ? 'number' : null));
  const head = columns.map((name, i) => el('th', { scope: 'col', class: kinds[i] }, name));
  const body = rows.map((row) => row.map((cell, i) => el('td', { class: kinds[i] }, ...withLamps(cell))));
  return el(
    'div',
    { class: 'table' },
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, ...head)),
      el('tbody', {}, ...body.map((cells) => el('tr', {}, ...cells))),
    ),
  );
};

const lamps = new Map([
  ['🟢', 'green'],
  ['🔵', 'blue'],
  ['🟡', 'yellow'],
  ['🔴', 'red'],
  ['⚪', 'paused'],
]);

/**
 * A lamp's picture is drawn, since not every system has a font with it; the letter and the word beside it stay.
 *
 * @param {string} text
 */
const withLamps = (text) =>
  text.split(/(🟢|🔵|🟡|🔴|⚪)/u).map((part) => {
    const colour = lamps.get(part);
    return colour ? el('span', { class: `lamp ${colour}`, 'aria-hidden': 'true' }, part) : part;
  });

/** @param {string} cell */
const isNumber = (cell) => /^[\d.,%/+-]+$/.test(cell);
