import { byId, el } from './dom.js';
import { clockTime, dayName, daysBetween } from './time.js';

/** @import { Coming, Post } from './api.js' */
/** @import { Say } from './texts.js' */
/** @import { Chat, World } from './world.js' */

const MOST_SHOWN = 6;

/**
 * The clock, what is coming, and what came of the last move.
 *
 * @param {{world: World, say: Say, move(to: string): Promise<Post[]>, show(chat: Chat): void}} deps
 */
export const clockPanel = ({ world, say, move, show }) => {
  const language = document.documentElement.lang;
  const next = byId('next', HTMLButtonElement);
  const happened = byId('happened', HTMLElement);
  let isMoving = false;

  const drawNow = () => {
    const now = world.now();
    for (const face of document.querySelectorAll('[data-clock="time"]')) face.textContent = clockTime(now);
    for (const face of document.querySelectorAll('[data-clock="day"]')) face.textContent = dayName(now, language);
  };

  /** @param {string} at */
  const when = (at) => {
    const days = daysBetween(world.now(), at);
    if (days === 0) return clockTime(at);
    return `${dayName(at, language, days < 7 ? { weekday: 'short' } : { month: 'numeric', day: 'numeric' })} ${clockTime(at)}`;
  };

  const drawEvents = () => {
    const events = world.events();
    const [first] = events;
    const titles = (byMoment(events)[0] ?? []).map(({ title }) => title);
    byId('clock-moves', HTMLElement).hidden = world.isFrozen();
    byId('reset', HTMLElement).hidden = world.isFrozen();
    byId('clock-note', HTMLElement).textContent = say(world.isFrozen() ? 'page.clock-frozen' : 'page.clock-note');
    next.disabled = !first || isMoving;
    byId('next-time', HTMLElement).textContent = first ? when(first.at) : '';
    byId('next-title', HTMLElement).textContent = isMoving
      ? say('page.moving')
      : titles.join(language === 'en' ? ', ' : '、') || say('page.nothing-next');
    byId('events', HTMLElement).replaceChildren(...byMoment(events).slice(0, MOST_SHOWN).map(drawEvent));
    const field = byId('moment-at', HTMLInputElement);
    field.min = world.now().slice(0, 16);
    if (field.value < field.min) field.value = '';
  };

  /** @param {Coming[]} moment */
  const drawEvent = (moment) =>
    el(
      'li',
      {},
      el(
        'button',
        { type: 'button', disabled: isMoving, title: say('page.go'), onclick: () => go(moment[0]?.at ?? '') },
        el('time', {}, when(moment[0]?.at ?? '')),
        el('span', {}, ...moment.map(({ title }) => el('span', {}, title))),
      ),
    );

  /** @param {string} to */
  const go = async (to) => {
    if (isMoving || to === '') return [];
    isMoving = true;
    drawEvents();
    try {
      const posts = await move(to);
      // Before the button can be pressed again it has to mean the event after this one.
      await world.loadEvents();
      drawHappened(posts);
      return posts;
    } catch (error) {
      happened.hidden = false;
      happened.replaceChildren(el('p', { role: 'alert' }, error instanceof Error ? error.message : String(error)));
      return [];
    } finally {
      isMoving = false;
      drawEvents();
    }
  };

  /** @param {Post[]} posts */
  const drawHappened = (posts) => {
    const mine = world.member(world.me())?.unit;
    /** @param {string} chat */
    const distance = (chat) =>
      chat === world.me() ? 0 : world.unitOfChat(chat) ? 1 : world.member(chat)?.unit === mine ? 2 : 3;
    // The last thing that happened first, and of that what is nearest to oneself.
    const order = posts.map(({ job, slot }) => `${job} ${slot}`);
    /** @param {Post | undefined} post */
    const age = (post) => -order.indexOf(`${post?.job} ${post?.slot}`);
    const chats = [...Map.groupBy(posts.toReversed(), ({ chat }) => chat)].toSorted(
      ([a, [one]], [b, [other]]) => age(one) - age(other) || distance(a) - distance(b),
    );
    happened.hidden = false;
    happened.replaceChildren(
      el('h3', {}, posts.length > 0 ? say('page.happened', { count: posts.length }) : say('page.happened-none')),
      el(
        'ul',
        {},
        ...chats
          .slice(0, MOST_SHOWN)
          .map(([chat, [post]]) =>
            el(
              'li',
              {},
              el(
                'button',
                { type: 'button', onclick: () => show(chatOf(chat)) },
                el('b', {}, world.unitOfChat(chat)?.name ?? world.nameOf(chat)),
                el('span', {}, (post?.text ?? '').split('\n')[0] ?? ''),
              ),
            ),
          ),
      ),
      (chats.length > MOST_SHOWN && el('p', {}, say('page.more', { count: chats.length - MOST_SHOWN }))) || '',
    );
  };

  /** @param {string} id @returns {Chat} */
  const chatOf = (id) => ({ kind: world.unitOfChat(id) ? 'group' : 'direct', id });

  next.addEventListener('click', () => go(world.events()[0]?.at ?? ''));
  byId('moment', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    const offset = /[+-]\d\d:\d\d$/.exec(world.now())?.[0] ?? 'Z';
    const { value } = byId('moment-at', HTMLInputElement);
    if (value !== '') go(`${value.slice(0, 16)}:00${offset}`);
  });
  world.listen(({ kind }) => {
    if (kind === 'clock') drawNow();
    if (kind === 'events' || kind === 'clock') drawEvents();
  });
  setInterval(drawNow, 1_000);

  return { go };
};

/** @param {Coming[]} events */
const byMoment = (events) => [...Map.groupBy(events, ({ at }) => at).values()];
