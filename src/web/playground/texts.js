import { byId } from './dom.js';

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */

/**
 * What the page says, as the house wrote it into the page.
 *
 * @returns {Say}
 */
export const readTexts = () => {
  /** @type {Record<string, string>} */
  const texts = JSON.parse(byId('texts', HTMLScriptElement).textContent ?? '{}');
  return (key, values = {}) =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (slot, name) => (name in values ? String(values[name]) : slot));
};
