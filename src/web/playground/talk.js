import { avatar, botAvatar } from './avatar.js';
import { drawBlocks } from './blocks.js';
import { byId, el } from './dom.js';
import { clockTime, dateOf, dayName } from './time.js';
import { keyOf } from './world.js';

/** @import { Line } from './api.js' */
/** @import { Say } from './texts.js' */
/** @import { Chat, World } from './world.js' */
/** @typedef {{id: string, chat: Chat, sender: string, text: string, error: string | null}} Pending */

/** So many lines come at a time; fewer, and there are no earlier ones. */
const AT_ONCE = 100;
/** So near to the end somebody reads along; further up they read what was before. */
const NEAR_PX = 160;

/**
 * The conversation. `press` sends a button's command.
 *
 * @param {{world: World, say: Say, press(command: string): void, become(id: string): void, again(pending: Pending): void}} deps
 */
export const conversation = ({ world, say, press, become, again }) => {
  const place = byId('lines', HTMLElement);
  const language = document.documentElement.lang;
  /** @type {Pending[]} */
  let pending = [];

  const isNearEnd = () => place.scrollHeight - place.scrollTop - place.clientHeight < NEAR_PX;
  const scrollToEnd = () => place.scrollTo({ top: place.scrollHeight });
  let staysAtEnd = true;
  place.addEventListener('scroll', () => {
    staysAtEnd = isNearEnd();
  });
  // A keyboard that opens, or a field that grows, must not hide the last line.
  new ResizeObserver(() => staysAtEnd && scrollToEnd()).observe(place);

  const isPeek = () => {
    const chat = world.chat();
    return chat?.kind === 'direct' && chat.id !== world.me();
  };

  /** @param {Line} line @param {Line | undefined} before */
  const drawLine = (line, before) => {
    const isMine = line.from?.id === world.me();
    const name = line.from ? (line.from.name ?? world.nameOf(line.from.id)) : say('page.bot');
    const isNewDay = !before || dateOf(before.at) !== dateOf(line.at);
    const goesOn = !isNewDay && before?.from?.id === line.from?.id && before?.at === line.at && !isMine;
    const row = el(
      'article',
      { class: `line ${isMine ? 'mine' : line.from ? 'theirs' : 'bots'}${goesOn ? ' goes-on' : ''}`, 'data-n': line.n },
      !isMine && (line.from ? avatar(line.from.id, name, 'person') : botAvatar()),
      el(
        'div',
        { class: 'said' },
        el(
          'header',
          {},
          el('b', {}, name),
          !line.from && el('span', { class: 'tag' }, say('page.bot-tag')),
          el('time', { datetime: line.at }, clockTime(line.at)),
        ),
        el('div', { class: 'bubble' }, ...drawBlocks(line.blocks, isPeek() ? null : press, say('page.as-text'))),
      ),
    );
    return isNewDay ? [el('p', { class: 'day' }, dayLabel(line.at)), row] : [row];
  };

  /** @param {string} at */
  const dayLabel = (at) => (dateOf(at) === world.today() ? `${say('page.today')} · ` : '') + dayName(at, language);

  /** @param {Pending} waiting */
  const drawPending = (waiting) =>
    el(
      'article',
      { class: `line mine pending${waiting.error ? ' failed' : ''}`, 'data-pending': waiting.id },
      el(
        'div',
        { class: 'said' },
        el('div', { class: 'bubble' }, el('p', { class: 'text' }, waiting.text)),
        el(
          'p',
          { class: 'state', role: waiting.error ? 'alert' : null },
          waiting.error ?? say('page.sending'),
          waiting.error !== null && el('button', { type: 'button', onclick: () => again(waiting) }, say('page.resend')),
        ),
      ),
    );

  const drawHead = () => {
    const chat = world.chat();
    const name = byId('talk-name', HTMLElement);
    const about = byId('talk-about', HTMLElement);
    if (!chat) return name.replaceChildren();
    const unit = chat.kind === 'group' ? world.unitOfChat(chat.id) : null;
    const isMine = chat.kind === 'direct' && chat.id === world.me();
    if (chat.kind === 'group') {
      const count = world.members().filter((member) => unit && member.unit === unit.id).length;
      name.textContent = unit?.name ?? chat.id;
      about.textContent = unit ? say('page.group-about', { count }) : say('page.group-unbound');
    } else {
      name.textContent = isMine ? say('page.bot') : say('page.peek-name', { name: world.nameOf(chat.id) });
      about.textContent = say(isMine ? 'page.direct-about' : 'page.peek-about', { name: world.nameOf(chat.id) });
    }
    drawNote(chat, unit?.id ?? null);
  };

  /** Who is not at home in this chat is offered somebody who is. @param {Chat} chat @param {string | null} unit */
  const drawNote = (chat, unit) => {
    const note = byId('not-here', HTMLElement);
    const me = world.member(world.me());
    const isStranger = unit !== null && me?.unit !== unit && !me?.roles.includes('admin');
    const local = isPeek() ? chat.id : isStranger ? localOf(unit) : null;
    byId('composer', HTMLFormElement).hidden = isPeek();
    note.hidden = local === null;
    if (local === null) return;
    const name = world.nameOf(local);
    note.replaceChildren(
      isPeek() ? say('page.peek', { name }) : say('page.not-in-group', { unit: world.unit(unit)?.name ?? '' }),
      el('button', { type: 'button', onclick: () => become(local) }, say('page.become', { name })),
    );
  };

  /** Somebody of the unit without an office, if there is one. @param {string | null} unit */
  const localOf = (unit) => {
    const people = world.members().filter((member) => member.unit === unit);
    return (people.find(({ roles }) => roles.length === 1) ?? people[0])?.id ?? null;
  };

  const draw = () => {
    drawHead();
    const lines = world.lines();
    const chat = world.chat();
    const waiting = pending.filter((one) => chat !== null && keyOf(one.chat) === keyOf(chat));
    const drawn = lines.flatMap((line, i) => drawLine(line, lines[i - 1]));
    const empty = drawn.length + waiting.length === 0 && el('p', { class: 'nothing' }, say('page.empty-chat'));
    // Replacing what stands there is no news to somebody who listens to the page.
    place.setAttribute('aria-live', 'off');
    const mayHaveEarlier = lines.length > 0 && lines.length % AT_ONCE === 0 && earlier();
    place.replaceChildren(
      ...(mayHaveEarlier ? [mayHaveEarlier] : []),
      ...drawn,
      ...waiting.map(drawPending),
      ...(empty ? [empty] : []),
    );
    scrollToEnd();
    requestAnimationFrame(() => place.setAttribute('aria-live', 'polite'));
  };

  const earlier = () =>
    el(
      'button',
      {
        type: 'button',
        class: 'quiet earlier',
        onclick: async () => {
          const below = place.scrollHeight - place.scrollTop;
          const isMore = await world.loadEarlier();
          draw();
          // What was being read stays where it was.
          if (isMore) place.scrollTo({ top: place.scrollHeight - below });
          else place.querySelector('.earlier')?.remove();
        },
      },
      say('page.earlier'),
    );

  /** @param {Line} line */
  const add = (line) => {
    const chat = world.chat();
    if (!chat || keyOf(chat) !== keyOf({ kind: line.kind, id: line.chat })) return;
    const isNear = isNearEnd();
    place.querySelector('.nothing')?.remove();
    if (line.from) settle(line.id);
    const first = place.querySelector('.pending');
    for (const part of drawLine(line, world.lines().at(-2))) {
      part.classList.add('new');
      place.insertBefore(part, first);
    }
    if (isNear || line.from?.id === world.me()) scrollToEnd();
  };

  /** @param {string} id */
  const settle = (id) => {
    pending = pending.filter((one) => one.id !== id);
    place.querySelector(`[data-pending="${CSS.escape(id)}"]`)?.remove();
  };

  world.listen(({ kind, line }) => {
    if (kind === 'talk') draw();
    if (kind === 'me') {
      drawHead();
      for (const row of place.querySelectorAll('.line')) row.classList.remove('new');
    }
    if (kind === 'line' && line) add(line);
  });

  return {
    /** Who speaks has changed: what was one's own is somebody else's now. */
    redraw: draw,
    /** @param {Pending} waiting */
    await(waiting) {
      settle(waiting.id);
      pending.push(waiting);
      place.querySelector('.nothing')?.remove();
      place.append(drawPending(waiting));
      scrollToEnd();
    },
    settle,
  };
};
