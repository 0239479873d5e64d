import { avatar } from './avatar.js';
import { byId, el } from './dom.js';

/** @import { Say } from './texts.js' */
/** @import { World } from './world.js' */
/** @typedef {{value: string, label: string, note: string, picture: Node | null}} Suggestion */

const MOST_SUGGESTIONS = 8;

/**
 * Where people type. `/` at the beginning suggests commands, `@` people.
 *
 * @param {{world: World, say: Say, send(text: string): void}} deps
 */
export const composer = ({ world, say, send }) => {
  const form = byId('composer', HTMLFormElement);
  const field = byId('text', HTMLTextAreaElement);
  const box = byId('suggestions', HTMLElement);
  /** @type {Suggestion[]} */
  let suggestions = [];
  let chosen = 0;

  /** The command or name that is being typed, before the caret. */
  const typing = () => {
    const before = field.value.slice(0, field.selectionStart);
    const command = /^\s*[/／](\S*)$/.exec(before);
    if (command) return { kind: /** @type {const} */ ('command'), typed: command[1] ?? '' };
    const mention = /[@＠]([^\s@＠]*)$/.exec(before);
    return mention ? { kind: /** @type {const} */ ('mention'), typed: mention[1] ?? '' } : null;
  };

  /** @param {string} typed @returns {Suggestion[]} */
  const commandsLike = (typed) => {
    const wanted = typed.toLowerCase();
    return world
      .commands()
      .filter(({ name, aliases }) => [name, ...aliases].some((word) => word.startsWith(wanted)))
      .map(({ name, aliases, line }) => {
        const shown = document.documentElement.lang === 'en' ? (aliases.at(-1) ?? name) : name;
        return { value: `/${shown} `, label: `/${shown}`, note: line, picture: null };
      });
  };

  /** @param {string} typed @returns {Suggestion[]} */
  const peopleLike = (typed) => {
    const mine = world.member(world.me())?.unit ?? null;
    const bot = { value: `@${say('page.bot')} `, label: say('page.bot'), note: say('page.bot-tag'), picture: null };
    const people = world
      .members()
      .filter(({ id, name }) => id !== world.me() && (name?.includes(typed) || id.startsWith(typed)))
      .toSorted((a, b) => Number(b.unit === mine) - Number(a.unit === mine))
      .map(({ id, name, unit }) => ({
        value: `@${name ?? id} `,
        label: name ?? id,
        note: world.unit(unit)?.name ?? '',
        picture: avatar(id, name ?? id, 'person'),
      }));
    return bot.label.startsWith(typed) ? [bot, ...people] : people;
  };

  const suggest = () => {
    const now = typing();
    const found = !now ? [] : now.kind === 'command' ? commandsLike(now.typed) : peopleLike(now.typed);
    suggestions = now?.kind === 'command' ? found : found.slice(0, MOST_SUGGESTIONS);
    chosen = 0;
    draw();
  };

  const draw = () => {
    box.hidden = suggestions.length === 0;
    field.setAttribute('aria-expanded', String(!box.hidden));
    if (box.hidden) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', `suggestion-${chosen}`);
    box.replaceChildren(
      ...suggestions.map(({ label, note, picture }, i) =>
        el(
          'div',
          {
            role: 'option',
            id: `suggestion-${i}`,
            class: 'suggestion',
            'aria-selected': String(i === chosen),
            // Before the field loses the caret.
            onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
            onclick: () => take(i),
          },
          picture,
          el('b', {}, label),
          el('span', {}, note),
        ),
      ),
    );
    box.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  };

  /** @param {number} index */
  const take = (index) => {
    const suggestion = suggestions[index];
    const now = typing();
    if (!suggestion || !now) return;
    const caret = field.selectionStart;
    const start = now.kind === 'command' ? 0 : caret - now.typed.length - 1;
    field.setRangeText(suggestion.value, start, caret, 'end');
    suggestions = [];
    draw();
    grow();
    field.focus();
  };

  const grow = () => {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
  };

  const submit = () => {
    const text = field.value;
    if (text.trim() === '') return;
    field.value = '';
    suggestions = [];
    draw();
    grow();
    send(text);
  };

  field.addEventListener('input', () => {
    grow();
    suggest();
  });
  field.addEventListener('blur', () => {
    suggestions = [];
    draw();
  });
  field.addEventListener('keydown', (event) => {
    // While characters are being composed, Enter chooses one of them.
    if (event.isComposing) return;
    const isOpen = !box.hidden;
    const exact = suggestions[chosen]?.value.trim() === field.value.trim();
    if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      chosen = (chosen + (event.key === 'ArrowDown' ? 1 : suggestions.length - 1)) % suggestions.length;
      draw();
    } else if (isOpen && (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey && !exact))) {
      take(chosen);
    } else if (isOpen && event.key === 'Escape') {
      suggestions = [];
      draw();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      submit();
    } else return;
    event.preventDefault();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    field.focus();
  });
  byId('slash', HTMLButtonElement).addEventListener('click', () => {
    if (!/^\s*[/／]/.test(field.value)) field.value = `/${field.value}`;
    field.focus();
    field.setSelectionRange(1, 1);
    suggest();
  });

  return {
    /** @param {string} text */
    fill(text) {
      field.value = text;
      suggestions = [];
      draw();
      grow();
      field.focus();
      field.setSelectionRange(text.length, text.length);
    },
  };
};
