import { el } from './dom.js';

const HUES = 8;

/** The same colour for the same id, wherever it is drawn. @param {string} id */
const hueOf = (id) => [...id].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 5) % HUES;

/**
 * @param {string} id
 * @param {string} name
 * @param {'person' | 'group'} kind
 */
export const avatar = (id, name, kind) =>
  el('span', { class: `avatar hue-${hueOf(id)} of-${kind}`, 'aria-hidden': 'true' }, lettersOf(name, kind));

/** @param {string} name @param {'person' | 'group'} kind */
const lettersOf = (name, kind) => {
  if (/^[\x20-\x7f]/.test(name)) return name.slice(0, 1).toUpperCase();
  return kind === 'group' ? [...name].slice(0, 2).join('') : [...name].slice(-2).join('');
};

export const botAvatar = () =>
  el('img', { class: 'avatar bot', src: '/playground/favicon.svg', alt: '', width: 40, height: 40 });
