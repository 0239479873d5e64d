import { api, listen, Refused } from './api.js';
import { chatList } from './chats.js';
import { clockPanel } from './clock.js';
import { composer } from './composer.js';
import { byId } from './dom.js';
import { redrawWhenFontsCome } from './fonts.js';
import { guide } from './guide.js';
import { peopleList } from './people.js';
import { conversation } from './talk.js';
import { readTexts } from './texts.js';
import { createWorld, keyOf } from './world.js';

/** @import { Pending } from './talk.js' */
/** @import { Chat } from './world.js' */

redrawWhenFontsCome();
const say = readTexts();
const world = createWorld();
const house = byId('house', HTMLElement);

/** On a phone one pane at a time. @param {'list' | 'talk'} pane */
const turnTo = (pane) => {
  house.dataset.pane = pane;
};

/** @param {Chat} chat */
const show = async (chat) => {
  openClock(false);
  turnTo('talk');
  notice.hidden = true;
  await world.go(chat);
  byId('talk-name', HTMLElement).focus({ preventScroll: true });
};

/** @param {string} id */
const become = (id) => {
  world.become(id);
  talk.redraw();
};

// Saying something.

/** @param {string} text */
const send = (text) => {
  const chat = world.chat();
  if (!chat) return;
  deliver({ id: crypto.randomUUID(), chat, sender: world.me(), text, error: null });
};

/** The same id each time: what was counted already is not counted again. @param {Pending} waiting */
const deliver = async (waiting) => {
  talk.await({ ...waiting, error: null });
  const { id, chat, sender, text } = waiting;
  try {
    await api.say({ chat: chat.id, sender, text, id });
  } catch (error) {
    // The answer was lost, but the line itself has come meanwhile.
    if (world.lines().some((line) => line.id === id && line.from !== null)) return;
    talk.await({ ...waiting, error: error instanceof Refused ? error.message : say('page.offline') });
  }
};

const talk = conversation({ world, say, press: send, become, again: deliver });
const { fill } = composer({ world, say, send });

// The clock.

const sheet = byId('clock', HTMLElement);
const shade = byId('shade', HTMLElement);
/** On narrow pages the clock is a sheet that opens. @param {boolean} isOpen */
function openClock(isOpen) {
  sheet.classList.toggle('open', isOpen);
  shade.hidden = !isOpen;
}
for (const opener of document.querySelectorAll('[data-opens="clock"]')) {
  opener.addEventListener('click', () => {
    openClock(true);
    byId('next', HTMLElement).focus();
  });
}
shade.addEventListener('click', () => openClock(false));
byId('clock-close', HTMLElement).addEventListener('click', () => openClock(false));

const { go } = clockPanel({
  world,
  say,
  show,
  move: async (to) => (await api.moveClock(to)).posts,
});
const steps = guide({ world, say, fill, send, go, show });
byId('show-guide', HTMLElement).addEventListener('click', () => {
  openClock(false);
  steps.again();
});

// Who one is, and chats that do not exist yet.

/** Asks for one word; empty when the person thinks better of it. @param {string} title @param {string} note */
const askName = (title, note) =>
  new Promise((resolve) => {
    const dialog = byId('ask-name', HTMLDialogElement);
    const input = byId('name-input', HTMLInputElement);
    byId('name-title', HTMLElement).textContent = title;
    byId('name-note', HTMLElement).textContent = note;
    input.value = '';
    dialog.returnValue = '';
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'ok' ? input.value.trim() : ''), {
      once: true,
    });
    dialog.showModal();
  });

peopleList({
  world,
  say,
  become: (id) => {
    become(id);
    // Somebody else's direct chat is not theirs to speak in.
    const chat = world.chat();
    if (!chat || (chat.kind === 'direct' && chat.id !== id)) show({ kind: 'direct', id });
  },
  newPerson: async () => {
    byId('people', HTMLDialogElement).close();
    const id = await askName(say('page.new-person'), say('page.new-person-note'));
    if (id === '') return;
    world.addPerson(id);
    become(id);
    show({ kind: 'direct', id });
  },
});
chatList({
  world,
  say,
  show,
  newGroup: async () => {
    const id = await askName(say('page.new-group'), say('page.new-group-note'));
    if (id === '') return;
    world.addGroup(id);
    show({ kind: 'group', id });
  },
});
byId('back', HTMLElement).addEventListener('click', () => turnTo('list'));

// What the bot says privately while one looks elsewhere.

const notice = byId('notice', HTMLButtonElement);
notice.addEventListener('click', () => show({ kind: 'direct', id: world.me() }));
world.listen(({ kind, line }) => {
  if (kind !== 'line' || !line || line.from || line.kind !== 'direct' || line.chat !== world.me()) return;
  const open = world.chat();
  if (open && keyOf(open) === keyOf({ kind: 'direct', id: line.chat })) return;
  notice.textContent = say('page.private-news', { title: line.text.split('\n')[0] ?? '' });
  notice.hidden = false;
});

// Starting over.

const askReset = byId('ask-reset', HTMLDialogElement);
byId('reset', HTMLElement).addEventListener('click', () => askReset.showModal());
for (const choice of askReset.querySelectorAll('[data-seed]')) {
  choice.addEventListener('click', async () => {
    const seed = choice.getAttribute('data-seed') ?? 'county';
    askReset.close();
    openClock(false);
    trouble(say('page.resetting'));
    try {
      const { claimCode } = await api.reset(seed);
      await world.startOver();
      steps.again();
      if (claimCode) await welcome(claimCode);
      trouble(null);
    } catch (error) {
      trouble(error instanceof Error ? error.message : String(error));
    }
  });
}

/** An empty county: somebody has to claim it. @param {string} code */
const welcome = async (code) => {
  world.addPerson('admin');
  become('admin');
  await show({ kind: 'direct', id: 'admin' });
  fill(`/${document.documentElement.lang === 'en' ? 'claim' : '认领'} ${code}`);
};

// Hearing what happens.

const banner = byId('trouble', HTMLElement);
/** @param {string | null} text */
function trouble(text) {
  banner.hidden = text === null;
  if (text !== null) banner.textContent = text;
}

listen({
  line: world.heard,
  clock: world.setNow,
  reset: () => world.startOver().catch(() => {}),
  lost: () => trouble(say('page.offline')),
  again: () =>
    world.load().then(
      () => trouble(null),
      () => {},
    ),
});
world.load().catch(() => trouble(say('page.offline')));
