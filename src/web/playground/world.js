import { api } from './api.js';
import { forget, keep, recall } from './keep.js';
import { clockFrom, dateOf } from './time.js';

/** @import { Coming, Command, Line, Member, Unit } from './api.js' */
/** @typedef {{kind: 'group' | 'direct', id: string}} Chat */
/** @typedef {{kind: 'me' | 'chats' | 'talk' | 'line' | 'clock' | 'events', line?: Line}} Change */

/** @param {Chat} chat */
export const keyOf = ({ kind, id }) => `${kind}:${id}`;

/** What the page knows, and who it is at the moment. Views listen for what changes. */
export const createWorld = () => {
  /** @type {Set<(change: Change) => void>} */
  const listeners = new Set();
  /** @param {Change} change */
  const tell = (change) => {
    for (const listener of listeners) listener(change);
  };

  let now = clockFrom(new Date().toISOString());
  /** @type {Unit[]} */
  let units = [];
  /** @type {Member[]} */
  let members = [];
  /** @type {Map<string, Line>} */
  let heads = new Map();
  /** @type {Line[]} */
  let lines = [];
  /** @type {Coming[]} */
  let events = [];
  /** @type {Command[]} */
  let commands = [];
  let frozen = false;
  /** @type {string} */
  let me = recall('me', '');
  /** @type {Chat | null} */
  let open = recall('open', null);
  /** @type {Record<string, number>} chat -> number of the last line that was read */
  let seen = recall('seen', {});
  /** @type {Record<string, number>} chat -> lines that were not */
  let news = recall('news', {});
  /** @type {{people: string[], groups: string[]}} made up here and unknown to the bot so far */
  let extra = recall('extra', { people: [], groups: [] });

  const loadState = async () => {
    const state = await api.state();
    ({ units, members } = state);
    now = clockFrom(state.now);
  };

  const loadEvents = async () => {
    const answer = await api.events();
    events = answer.events;
    frozen = answer.frozen;
    tell({ kind: 'events' });
  };

  const loadCommands = async () => {
    commands = me === '' ? [] : (await api.commands(me)).commands;
  };

  const loadHeads = async () => {
    const { chats } = await api.chats();
    heads = new Map(chats.map((line) => [keyOf({ kind: line.kind, id: line.chat }), line]));
    // What stands there at the first visit is history, not news.
    const isFirst = Object.keys(seen).length === 0;
    for (const [key, { n, from }] of heads) {
      if (isFirst) seen[key] = n;
      else if (n > (seen[key] ?? 0) && !news[key] && from === null) news[key] = 1;
    }
    keep('seen', seen);
  };

  const loadLines = async () => {
    lines = open ? (await api.transcript(open.id, open.kind)).lines : [];
    if (open) read(open);
  };

  /** @param {Chat} chat */
  const read = (chat) => {
    const key = keyOf(chat);
    seen[key] = Math.max(seen[key] ?? 0, heads.get(key)?.n ?? 0, lines.at(-1)?.n ?? 0);
    delete news[key];
    keep('seen', seen);
    keep('news', news);
  };

  /** Somebody who does the work and has not filed: there is most to see. */
  const firstMe = () =>
    members.find(({ id, unit }) => unit !== null && id === 'zheng')?.id ??
    members.find(({ unit, roles }) => unit !== null && roles.length === 1)?.id ??
    members[0]?.id ??
    extra.people[0] ??
    '';

  const world = {
    now: () => now(),
    today: () => dateOf(now()),
    units: () => units,
    members: () => members,
    heads: () => heads,
    lines: () => lines,
    events: () => events,
    commands: () => commands,
    isFrozen: () => frozen,
    me: () => me,
    chat: () => open,
    extra: () => extra,
    /** @param {Chat} chat */
    newsIn: (chat) => news[keyOf(chat)] ?? 0,
    allNews: () => Object.values(news).reduce((sum, count) => sum + count, 0),

    /** @param {string | null} id */
    unit: (id) => units.find((unit) => unit.id === id) ?? null,
    /** @param {string} id */
    unitOfChat: (id) => units.find(({ chat }) => chat === id) ?? null,
    /** @param {string} id */
    member: (id) => members.find((member) => member.id === id) ?? null,
    /** @param {string} id */
    nameOf: (id) => members.find((member) => member.id === id)?.name ?? id,

    /** @param {(change: Change) => void} listener */
    listen: (listener) => {
      listeners.add(listener);
    },

    /** Asks for everything anew. */
    async load() {
      await Promise.all([loadState(), loadHeads()]);
      if (me === '' || !(world.member(me) || extra.people.includes(me))) world.become(firstMe());
      const unit = world.unit(world.member(me)?.unit ?? null);
      if (!open) open = unit?.chat ? { kind: 'group', id: unit.chat } : me === '' ? null : { kind: 'direct', id: me };
      await Promise.all([loadLines(), loadEvents(), loadCommands()]);
      for (const kind of /** @type {const} */ (['me', 'chats', 'talk', 'clock'])) tell({ kind });
    },

    /** @param {string} id */
    become(id) {
      me = id;
      keep('me', me);
      tell({ kind: 'me' });
      tell({ kind: 'chats' });
      loadCommands().catch(() => {});
    },

    /** @param {Chat} chat */
    async go(chat) {
      open = chat;
      keep('open', open);
      lines = [];
      await loadLines();
      tell({ kind: 'talk' });
      tell({ kind: 'chats' });
    },

    /** The lines before those that are shown. Gives whether there were any. */
    async loadEarlier() {
      const first = lines[0];
      if (!open || !first) return false;
      const earlier = (await api.transcript(open.id, open.kind, first.n)).lines;
      lines = [...earlier, ...lines];
      return earlier.length > 0;
    },

    /** @param {string} id */
    addPerson(id) {
      if (!extra.people.includes(id)) extra.people.push(id);
      keep('extra', extra);
    },
    /** @param {string} id */
    addGroup(id) {
      if (!extra.groups.includes(id)) extra.groups.push(id);
      keep('extra', extra);
    },

    /** @param {Line} line */
    heard(line) {
      const chat = { kind: line.kind, id: line.chat };
      const key = keyOf(chat);
      if ((heads.get(key)?.n ?? 0) >= line.n) return;
      heads.set(key, line);
      if (open && keyOf(open) === key) {
        lines.push(line);
        if (document.visibilityState === 'visible') read(open);
      } else if (line.from === null) {
        news[key] = (news[key] ?? 0) + 1;
        keep('news', news);
      }
      tell({ kind: 'line', line });
      tell({ kind: 'chats' });
      // Joining, binding and appointing change who is who.
      if (line.from === null && line.job === null) world.refresh();
    },

    /** Who is who may have changed: asks soon, once for many. */
    refresh: soon(400, async () => {
      await Promise.all([loadState(), loadCommands(), loadEvents()]);
      tell({ kind: 'me' });
      tell({ kind: 'chats' });
    }),
    loadEvents,
    /** What comes next may have changed. */
    refreshEvents: soon(200, loadEvents),

    /** @param {string} iso */
    setNow(iso) {
      now = clockFrom(iso);
      tell({ kind: 'clock' });
      world.refreshEvents();
    },

    /** Everything here belonged to a county that is no more. */
    async startOver() {
      forget();
      [me, open, seen, news] = ['', null, {}, {}];
      extra = { people: [], groups: [] };
      await world.load();
    },
  };
  return world;
};
/** @typedef {ReturnType<typeof createWorld>} World */

/**
 * @param {number} ms
 * @param {() => Promise<void>} act
 */
const soon = (ms, act) => {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => act().catch(() => {}), ms);
  };
};
