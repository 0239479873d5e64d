import { commands } from '../commands/index.ts';
import { contextOf } from '../src/context.ts';
import { calendarFrom } from '../src/domain/calendar.ts';
import { type Locale, translator } from '../src/i18n.ts';
import { inbox } from '../src/inbox.ts';
import { type Chat, chatKey, type Message, plain } from '../src/message.ts';
import type { BoardLinks, GroupVoices, ListStore, Post, ReportStore, Sheet } from '../src/ports.ts';
import { workbook } from '../src/render/workbook.ts';
import { router } from '../src/router.ts';
import { storedBoards } from '../src/store/boards.ts';
import { burdenStore } from '../src/store/burden.ts';
import { campaignStore } from '../src/store/campaigns.ts';
import { scopeChanges } from '../src/store/change.ts';
import { redisDeadLetters } from '../src/store/dead-letters.ts';
import { indicatorStore } from '../src/store/indicators.ts';
import type { Keys } from '../src/store/keys.ts';
import { listStore } from '../src/store/lists.ts';
import { redisOffers } from '../src/store/offers.ts';
import { rankedBoards } from '../src/store/ranked.ts';
import { redisRosters } from '../src/store/rosters.ts';
import { readTable } from '../src/tables/read-table.ts';
import { withNotice } from '../src/wording/notice.ts';
import { organisation, realNow, redis } from './organisation.ts';
import { group, ledger, say, wang, zone } from './values.ts';

export { redis } from './organisation.ts';

export const calendar = calendarFrom();

type Over = {
  readonly locale?: Locale;
  /** Wraps the real store, to break it. */
  readonly reports?: (real: ReportStore) => ReportStore;
  readonly lists?: (real: ListStore) => ListStore;
  readonly claimCode?: string;
  readonly voices?: (keys: Keys) => GroupVoices;
  /** Without them there is no page to lead to. */
  readonly links?: BoardLinks;
  /** Another house's, whose bot was killed and started again. */
  readonly namespace?: string;
  /** Ages what is cached. */
  readonly realNow?: () => number;
  /** The organisation's time in ms, by which exceptions end; without it that Monday. */
  readonly clock?: () => number;
};

/** The whole house but for platforms and clock. `ask` says something as a person would type it. */
export const house = (over: Over = {}) => {
  const { log, errors } = ledger();
  const stores = organisation(over.namespace, over.realNow, over.clock);
  const reports = over.reports ? over.reports(stores.reports) : stores.reports;
  const { directory, unit, member } = stores;
  const indicators = indicatorStore(redis, stores.keys, scopeChanges(redis, stores.keys, realNow));
  const frozen = rankedBoards(redis, stores.keys, scopeChanges(redis, stores.keys, realNow));
  const boards = storedBoards({ reports, directory, indicators, frozen, calendar });
  const offers = redisOffers(redis, stores.keys);
  const campaigns = campaignStore(redis, stores.keys, scopeChanges(redis, stores.keys, realNow));
  const burden = burdenStore(redis, stores.keys);
  const realLists = listStore(redis, stores.keys, scopeChanges(redis, stores.keys, realNow));
  const lists = over.lists ? over.lists(realLists) : realLists;
  const links = over.links ?? { board: async () => null };
  const t = withNotice(translator(over.locale ?? 'zh-CN'), () => stores.directory.common().notice);
  const claimCode = async () => over.claimCode ?? null;
  /** What was put into the outbox, each post once. */
  const posted = new Map<string, Post>();
  const outbox = {
    enqueue: async (posts: readonly Post[]) => {
      for (const post of posts) if (!posted.has(post.id)) posted.set(post.id, post);
    },
  };
  /** Files that were handed out, by address. */
  const handed = new Map<string, Buffer>();
  const hand = async (_: string, name: string, sheets: readonly Sheet[]) => {
    const url = `/files/${handed.size}/${name}`;
    handed.set(url, Buffer.concat(await workbook(sheets).toArray()));
    return url;
  };
  const contextFor = contextOf({
    commands,
    reports,
    directory,
    boards,
    campaigns,
    indicators,
    lists,
    burden,
    links,
    offers,
    letters: redisDeadLetters(redis, stores.keys, realNow),
    rosters: redisRosters(redis, stores.keys),
    readTable,
    voices: () => over.voices?.(stores.keys) ?? null,
    outbox,
    hand,
    calendar,
    zone,
    t,
    claimCode,
    realNow,
  });
  const { receive, drain } = inbox({
    contextFor,
    route: router(commands, log),
    realNow,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });

  /** What is answered where, as plain text. */
  const hear = async (line: string | Message) =>
    (await receive(typeof line === 'string' ? say(line) : line)).map(({ chat, reply }) => ({
      chat: chat.id,
      text: plain(reply),
    }));
  /** The first answer's words, or null when the bot stays silent. */
  const ask = async (line: string | Message) => (await hear(line))[0]?.text ?? null;

  /** The usual beginning: 城关镇 with its group `g1` and Wang in it. */
  const town = async (chat: Chat = group) => {
    const made = await unit('城关镇', { chats: [chatKey(chat)] });
    await member(wang, made);
    return made;
  };

  /** What people were told who did not ask: `chat: words`. */
  const told = () => [...posted.values()].map(({ chat, reply }) => `${chat.id}: ${plain(reply)}`);

  /** The same, as it was said. */
  const tellings = (): readonly Post[] => [...posted.values()];

  return {
    ...stores,
    reports,
    boards,
    campaigns,
    indicators,
    lists,
    burden,
    links,
    errors,
    handed,
    told,
    tellings,
    receive,
    drain,
    contextFor,
    hear,
    ask,
    town,
    t,
  };
};
