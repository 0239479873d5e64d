import { avatar, botAvatar } from './avatar.js';
import { byId, el } from './dom.js';
import { clockTime, dateOf, dayName } from './time.js';
import { keyOf } from './world.js';

/** @import { Line } from './api.js' */
/** @import { Say } from './texts.js' */
/** @import { Chat, World } from './world.js' */

/**
 * The list of chats: groups, the direct chat with the bot, and what the bot wrote to others.
 *
 * @param {{world: World, say: Say, show(chat: Chat): void, newGroup(): void}} deps
 */
export const chatList = ({ world, say, show, newGroup }) => {
  const list = byId('chats', HTMLElement);

  /** @param {string} title @param {Chat[]} chats @param {Node | false} [more] */
  const section = (title, chats, more = false) =>
    (chats.length > 0 || more) && el('section', {}, el('h2', {}, title), el('ul', {}, ...chats.map(item)), more);

  /** @param {Chat} chat */
  const item = (chat) => {
    const last = world.heads().get(keyOf(chat)) ?? null;
    const news = world.newsIn(chat);
    const open = world.chat();
    const isOpen = open !== null && keyOf(open) === keyOf(chat);
    return el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          class: `chat${news > 0 ? ' has-news' : ''}`,
          'data-chat': keyOf(chat),
          'aria-current': isOpen ? 'true' : null,
          onclick: () => show(chat),
        },
        pictureOf(chat),
        el(
          'span',
          { class: 'chat-text' },
          el('b', {}, nameOf(chat)),
          el('span', { class: 'last' }, last ? snippet(last) : ''),
        ),
        el(
          'span',
          { class: 'chat-side' },
          el('time', {}, last ? when(last) : ''),
          news > 0 && el('span', { class: 'badge', 'aria-label': say('page.new-lines') }, String(Math.min(news, 99))),
        ),
      ),
    );
  };

  /** @param {Chat} chat */
  const pictureOf = (chat) => {
    if (chat.kind === 'group') return avatar(chat.id, nameOf(chat), 'group');
    return chat.id === world.me() ? botAvatar() : avatar(chat.id, nameOf(chat), 'person');
  };

  /** @param {Chat} chat */
  const nameOf = ({ kind, id }) => {
    if (kind === 'group') return world.unitOfChat(id)?.name ?? id;
    return id === world.me() ? say('page.bot') : world.nameOf(id);
  };

  /** @param {Line} line */
  const snippet = (line) => {
    const text = line.text.replace(/\s+/g, ' ').trim();
    if (line.kind === 'direct' || !line.from) return text;
    return `${line.from.name ?? line.from.id}：${text}`;
  };

  /** @param {Line} line */
  const when = (line) =>
    dateOf(line.at) === world.today()
      ? clockTime(line.at)
      : dayName(line.at, document.documentElement.lang, { month: 'numeric', day: 'numeric' });

  const draw = () => {
    const me = world.me();
    const mine = world.member(me)?.unit ?? null;
    const heads = [...world.heads().values()];
    const bound = world.units().flatMap(({ id, chat }) => (chat === null ? [] : [{ id, chat }]));
    const known = new Set(bound.map(({ chat }) => chat));
    const loose = new Set([
      ...heads.filter(({ kind }) => kind === 'group').map(({ chat }) => chat),
      ...world.extra().groups,
    ]);
    /** @type {Chat[]} */
    const groups = [
      ...bound.toSorted((a, b) => Number(b.id === mine) - Number(a.id === mine)).map(({ chat }) => chat),
      ...[...loose].filter((id) => !known.has(id)),
    ].map((id) => ({ kind: 'group', id }));
    /** @type {Chat[]} */
    const others = heads
      .filter(({ kind, chat }) => kind === 'direct' && chat !== me)
      .toSorted((a, b) => b.n - a.n)
      .map(({ chat }) => ({ kind: 'direct', id: chat }));

    const isSmall = groups.length < 3;
    const drawn = [
      section(say('page.mine'), me === '' ? [] : [{ kind: 'direct', id: me }]),
      section(
        say('page.groups'),
        groups,
        isSmall && el('button', { type: 'button', class: 'quiet add', onclick: newGroup }, say('page.new-group')),
      ),
      section(say('page.others'), others),
    ];
    const focused = document.activeElement?.getAttribute('data-chat');
    list.replaceChildren(...drawn.filter((part) => part !== false));
    const again = focused ? list.querySelector(`[data-chat="${CSS.escape(focused)}"]`) : null;
    if (again instanceof HTMLElement) again.focus();
    const news = world.allNews();
    const badge = byId('back-news', HTMLElement);
    badge.hidden = news === 0;
    badge.textContent = String(Math.min(news, 99));
  };

  world.listen(({ kind }) => {
    if (kind === 'chats' || kind === 'me') draw();
  });
};
