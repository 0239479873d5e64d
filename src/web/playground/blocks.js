import { el } from './dom.js';

/** @import { Block } from './api.js' */

/**
 * Draws a reply. `press` sends a button's command.
 *
 * @param {Block[]} blocks
 * @param {(command: string) => void} press
 */
export const drawBlocks = (blocks, press) => blocks.map((block) => drawBlock(block, press));

/**
 * @param {Block} block
 * @param {(command: string) => void} press
 * @returns {HTMLElement}
 */
const drawBlock = (block, press) => {
  switch (block.kind) {
    case 'text':
      return el('p', { class: 'text' }, block.text);
    case 'list':
      return el('ul', {}, ...block.items.map((item) => el('li', {}, item)));
    case 'table':
      return drawTable(block);
    case 'image':
      return el('img', { src: block.url, alt: block.alt, loading: 'lazy' });
    case 'file':
      return el('a', { class: 'file', href: block.url, download: block.name }, block.name);
    case 'mention':
      return el('span', { class: 'mention' }, `@${block.name}`);
    case 'buttons':
      return el(
        'div',
        { class: 'buttons' },
        ...block.buttons.map(({ text, command }) =>
          el('button', { type: 'button', title: command, onclick: () => press(command) }, text),
        ),
      );
  }
};

/** @param {Extract<Block, {kind: 'table'}>} table */
const drawTable = ({ columns, rows }) =>
  el(
    'div',
    { class: 'table', tabindex: '0' },
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, ...columns.map((name) => el('th', { scope: 'col' }, name)))),
      el(
        'tbody',
        {},
        ...rows.map((row) =>
          el('tr', {}, ...row.map((cell) => el('td', { class: isNumber(cell) ? 'number' : null }, cell))),
        ),
      ),
    ),
  );

/** @param {string} cell */
const isNumber = (cell) => /^[\d.,%/+-]+$/.test(cell);
