import { z } from 'zod';
import { type Arrivals, windowCounter } from './sliding-window.ts';
import type { Cards } from './wecom-cards.ts';
import { refused } from './wecom-codes.ts';
import { appKinds, contentOf } from './wecom-content.ts';
import { jsonOf, type Route } from './wecom-http.ts';
import type { Media } from './wecom-media.ts';
import type { Screen } from './wecom-screen.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const PER_MINUTE = 200;
const PER_DAY = 10_000;

const Group = z.object({
  name: z.string().max(50).default(''),
  owner: z.string().optional(),
  userlist: z.array(z.string()),
});
const Change = z.object({
  chatid: z.string(),
  name: z.string().max(50).optional(),
  owner: z.string().optional(),
  add_user_list: z.array(z.string()).default([]),
  del_user_list: z.array(z.string()).default([]),
});
type Members = { name: string; owner: string; userlist: string[] };
type House = {
  readonly screen: Screen;
  readonly media: Media;
  readonly cards: Cards;
  readonly seen: Arrivals;
  readonly hasCallback: () => boolean;
  readonly isMember: (user: string) => boolean;
  readonly now: () => number;
};

/** Groups that the app itself created. https://developer.work.weixin.qq.com/document/path/90244 */
export const wecomGroups = (house: House) => {
  const { screen, seen, now } = house;
  const kinds = appKinds(house, house.hasCallback);
  const groups = new Map<string, Members>();
  const foreign = new Set<string>();
  const windows = [windowCounter(MINUTE_MS, PER_MINUTE), windowCounter(DAY_MS, PER_DAY)];
  const unseen: { readonly chat: string; readonly user: string }[] = [];

  const find = (chatid: unknown): Members => {
    if (typeof chatid !== 'string' || chatid === '') throw refused(86_001, 'invalid chatid');
    if (foreign.has(chatid)) throw refused(86_008, 'no permission, chat of another app');
    const group = groups.get(chatid);
    if (!group) throw refused(86_003, 'chatid not found');
    return group;
  };
  const known = (users: readonly string[]) => {
    if (!users.every(house.isMember)) throw refused(86_007, 'invalid userid in list');
    return users;
  };

  const create: Route = (call) => {
    const { chatid, ...asked } = z.object({ chatid: z.string().optional() }).loose().parse(jsonOf(call));
    const { name, owner, userlist } = Group.parse(asked);
    const id = chatid ?? `wrchat${groups.size + 1}`;
    if (!/^[0-9a-zA-Z]{1,32}$/.test(id)) throw refused(86_001, 'invalid chatid');
    if (groups.has(id) || foreign.has(id)) throw refused(86_215, 'chatid exists');
    if (userlist.length < 2 || userlist.length > 2_000) throw refused(86_006, 'invalid number of members');
    known(userlist);
    if (owner !== undefined && !userlist.includes(owner)) throw refused(86_005, 'owner is no member');
    groups.set(id, { name, owner: owner ?? userlist[0] ?? '', userlist: [...new Set(userlist)] });
    return { chatid: id };
  };

  const send: Route = (call) => {
    const message = jsonOf(call);
    const { chatid } = message;
    const group = find(chatid);
    const content = contentOf(kinds, message);
    for (const user of group.userlist) {
      seen.note(`appchat:${user}`, now());
      if (windows.some((window) => window.isFull(user, now()))) unseen.push({ chat: String(chatid), user });
      else for (const window of windows) window.count(user, now());
    }
    screen.show({ chat: { kind: 'group', id: String(chatid) }, via: 'appchat', ...content });
    return {};
  };

  const get: Route = ({ query }) => {
    const chatid = query.get('chatid');
    return { chat_info: { chatid, ...find(chatid) } };
  };

  const update: Route = (call) => {
    const { chatid, name, owner, add_user_list, del_user_list } = Change.parse(jsonOf(call));
    const group = find(chatid);
    known(add_user_list);
    const kept = [...group.userlist, ...add_user_list].filter((user) => !del_user_list.includes(user));
    if (owner !== undefined && !kept.includes(owner)) throw refused(86_005, 'owner is no member');
    groups.set(chatid, { name: name ?? group.name, owner: owner ?? group.owner, userlist: [...new Set(kept)] });
    return {};
  };

  return {
    routes: {
      'POST /cgi-bin/appchat/create': create,
      'POST /cgi-bin/appchat/send': send,
      'GET /cgi-bin/appchat/get': get,
      'POST /cgi-bin/appchat/update': update,
    },
    groups: groups as ReadonlyMap<string, Readonly<Members>>,
    /** A group that is there and belongs to another app. */
    addForeign: (chatid: string) => void foreign.add(chatid),
    /** Who did not see a message, being over the limit. */
    unseen: unseen as readonly { readonly chat: string; readonly user: string }[],
  };
};
