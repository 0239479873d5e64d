import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { commands } from '../commands/index.ts';
import { contextOf } from '../src/context.ts';
import { calendarFrom } from '../src/domain/calendar.ts';
import { translator } from '../src/i18n.ts';
import { crowding, MOST_HEARD } from '../src/inbox/crowding.ts';
import { inbox } from '../src/inbox.ts';
import { memberId, type PlatformName } from '../src/message.ts';
import type { Directory, Log, Receive, ReportStore } from '../src/ports.ts';
import { router } from '../src/router.ts';
import { redisAllowances } from '../src/store/allowances.ts';
import { storedBoards } from '../src/store/boards.ts';
import { burdenStore } from '../src/store/burden.ts';
import { campaignStore } from '../src/store/campaigns.ts';
import { scopeChanges } from '../src/store/change.ts';
import { redisDeadLetters } from '../src/store/dead-letters.ts';
import { redisDirectory } from '../src/store/directory.ts';
import { indicatorStore } from '../src/store/indicators.ts';
import { type Keys, keysIn } from '../src/store/keys.ts';
import { listStore } from '../src/store/lists.ts';
import { redisOffers } from '../src/store/offers.ts';
import { rankedBoards } from '../src/store/ranked.ts';
import { redisReports } from '../src/store/reports.ts';
import { redisRosters } from '../src/store/rosters.ts';
import { readTable } from '../src/tables/read-table.ts';
import { at, day, zone } from '../test/values.ts';

/** A county's shape: units of 25 people, all of whom report once a day. */
const UNITS = 40;
const PEOPLE = 25;
export const MEMBERS = UNITS * PEOPLE;

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

export const unitOf = (i: number): string => `u${1 + (i % UNITS)}`;
export const nameOf = (i: number): string => `wang${i % MEMBERS}`;

/** Days made beforehand: making them is no part of what is measured. `call`: the how-manieth of all. */
export const daysFor = (calls: number) => {
  const days = Array.from({ length: Math.ceil(calls / MEMBERS) }, (_, n) => {
    const on = day('2026-01-05').add({ days: n });
    return { on, iso: on.toString(), ten: at(`${on.toString()} 10:00`) };
  });
  return (call: number) => {
    const found = days[Math.floor(call / MEMBERS)];
    if (!found) throw new RangeError(`no day for call ${call}`);
    return found;
  };
};

type Stores = {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly reports: ReportStore;
  readonly directory: Directory;
};

/** The whole house on these stores; its platform is whoever calls what it gives. */
export const houseOn = ({ redis, keys, reports, directory }: Stores): Receive => {
  const realNow = () => Date.now();
  const calendar = calendarFrom();
  const indicators = indicatorStore(redis, keys, scopeChanges(redis, keys, realNow));
  const boards = storedBoards({
    reports,
    directory,
    indicators,
    frozen: rankedBoards(redis, keys, scopeChanges(redis, keys, realNow)),
    calendar,
  });
  const offers = redisOffers(redis, keys);
  const campaigns = campaignStore(redis, keys, scopeChanges(redis, keys, realNow));
  const lists = listStore(redis, keys, scopeChanges(redis, keys, realNow));
  const t = translator('zh-CN');
  const claimCode = async () => null;
  const outbox = { enqueue: async () => {} };
  const contextFor = contextOf({
    commands,
    reports,
    directory,
    boards,
    campaigns,
    indicators,
    lists,
    burden: burdenStore(redis, keys),
    links: { board: async () => null },
    offers,
    letters: redisDeadLetters(redis, keys, realNow),
    rosters: redisRosters(redis, keys),
    readTable,
    hand: async () => null,
    outbox,
    calendar,
    zone,
    t,
    claimCode,
    realNow,
  });
  const wait = () => Promise.resolve();
  // All of them speak in one group here, in a minute for which ten have weeks.
  const limits = { ...MOST_HEARD, chat: { ...MOST_HEARD.chat, most: 1_000_000_000 } };
  const allowances = redisAllowances(redis, keys);
  const crowded = crowding({ allowances, realNow, t, limits, exempt: new Set() });
  return inbox({ contextFor, route: router(commands, silent), crowded, realNow, wait }).receive;
};

/** A house of its own, filled with the county, whose people are on `platform`. */
export const county = async (redis: Redis, namespace: string, platform: PlatformName = 'playground') => {
  const keys = keysIn(namespace);
  const realNow = () => Date.now();
  const reports = redisReports(redis, keys, realNow);
  const directory = redisDirectory(redis, keys, realNow);

  const units = Array.from({ length: UNITS }, (_, u) => {
    return { id: unitOf(u), name: `单位${u}`, parent: null, settings: {}, chats: [] };
  });
  const members = Array.from({ length: MEMBERS }, (_, i) => {
    const id = memberId(platform, { id: nameOf(i) });
    return { id, name: null, unit: unitOf(i), since: day('2026-01-01'), roles: [], unreachable: false };
  });
  const cause = { message: randomUUID(), by: 'playground:setup', at: at('2026-01-01 08:00') };
  await directory.change('setup', [], () => ({ units, members, facts: null }), cause);
  return { keys, reports, receive: houseOn({ redis, keys, reports, directory }) };
};
