import { z } from 'zod';
import { type Arrivals, windowCounter } from './sliding-window.ts';
import type { Cards } from './wecom-cards.ts';
import { errcodes, refused } from './wecom-codes.ts';
import { appKinds, contentOf } from './wecom-content.ts';
import { jsonOf, type Route } from './wecom-http.ts';
import type { Media } from './wecom-media.ts';
import { cardText, type Screen } from './wecom-screen.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const CARD_LIFE_MS = 72 * HOUR_MS;

const Sending = z.looseObject({
  touser: z.string().default(''),
  toparty: z.string().default(''),
  totag: z.string().default(''),
  agentid: z.coerce.number(),
  enable_duplicate_check: z.union([z.literal(0), z.literal(1)]).default(0),
  duplicate_check_interval: z
    .int()
    .min(1)
    .max(4 * 3_600)
    .default(1_800),
});
const Update = z.object({
  userids: z.array(z.string()).default([]),
  atall: z.int().optional(),
  agentid: z.coerce.number(),
  response_code: z.string(),
  button: z.object({ replace_name: z.string().min(1) }).optional(),
  template_card: z.unknown().optional(),
});

export type People = {
  readonly isReachable: (user: string) => boolean;
  readonly isLicensed: (user: string) => boolean;
};
export type AppHouse = {
  readonly agentId: number;
  readonly screen: Screen;
  readonly media: Media;
  readonly cards: Cards;
  readonly people: People;
  readonly seen: Arrivals;
  readonly hasCallback: () => boolean;
  readonly now: () => number;
};
/** A message that was taken and never shown: over a member's limit, or a repetition. */
export type Dropped = { readonly user: string; readonly text: string; readonly why: 'limit' | 'duplicate' };

/** Messages of a self-built app. https://developer.work.weixin.qq.com/document/path/90236 */
export const wecomApp = (house: AppHouse) => {
  const { agentId, screen, people, seen, now } = house;
  const kinds = appKinds(house, house.hasCallback);
  const windows = [windowCounter(MINUTE_MS, 30), windowCounter(HOUR_MS, 1_000)];
  const sentAt = new Map<string, number>();
  const messages = new Map<string, { at: number; shown: readonly number[] }>();
  const codes = new Map<string, { at: number; shown: readonly number[]; isUsed: boolean }>();
  const dropped: Dropped[] = [];
  let count = 0;

  const responseCode = (shown: readonly number[]) => {
    count += 1;
    const code = `response_code_${count}_${now()}`;
    codes.set(code, { at: now(), shown, isUsed: false });
    return code;
  };
  const ours = (agentid: number) => {
    if (agentid !== agentId) throw refused(40_056, 'invalid agentid');
  };

  const send: Route = (call) => {
    const message = jsonOf(call);
    const { touser, toparty, totag, agentid, ...check } = Sending.parse(message);
    ours(agentid);
    const asked = touser.split('|').filter((user) => user !== '');
    if (asked.length === 0 && toparty === '' && totag === '') throw refused(82_001, 'no receiver');
    if (asked.length > 1_000) throw refused(40_058, 'touser over 1000');
    const content = contentOf(kinds, message);
    const reachable = asked.filter(people.isReachable);
    if (asked.length > 0 && reachable.length === 0) throw refused(81_013, 'all touser & toparty & totag invalid');

    const key = JSON.stringify([touser, toparty, totag, message[content.msgtype]]);
    const isRepeated =
      check.enable_duplicate_check === 1 &&
      now() - (sentAt.get(key) ?? Number.NEGATIVE_INFINITY) < check.duplicate_check_interval * 1000;
    if (!isRepeated) sentAt.set(key, now());

    count += 1;
    const msgid = `app_${count}`;
    const shown = reachable.filter(people.isLicensed).flatMap((user) => {
      seen.note(`member:${user}`, now());
      const isFull = windows.some((window) => window.isFull(user, now()));
      if (isRepeated || isFull) {
        dropped.push({ user, text: content.text, why: isRepeated ? 'duplicate' : 'limit' });
        return [];
      }
      for (const window of windows) window.count(user, now());
      return [screen.show({ chat: { kind: 'direct', id: user }, via: 'app', msgid, ...content })];
    });
    messages.set(msgid, { at: now(), shown });
    const invalid = asked.filter((user) => !people.isReachable(user)).join('|');
    const unlicensed = reachable.filter((user) => !people.isLicensed(user)).join('|');
    return {
      ...(invalid === '' ? {} : { invaliduser: invalid }),
      ...(unlicensed === '' ? {} : { unlicenseduser: unlicensed }),
      msgid,
      ...(content.card ? { response_code: responseCode(shown) } : {}),
    };
  };

  const recall: Route = (call) => {
    const { msgid } = z.object({ msgid: z.string() }).parse(jsonOf(call));
    const sent = messages.get(msgid);
    if (!sent || now() - sent.at > DAY_MS) throw refused(errcodes.badParameter, 'invalid msgid');
    for (const n of sent.shown) screen.change(n, { isRecalled: true });
    return {};
  };

  const update: Route = (call) => {
    const { agentid, response_code, button, template_card } = Update.parse(jsonOf(call));
    ours(agentid);
    const code = codes.get(response_code);
    if (!code || code.isUsed || now() - code.at > CARD_LIFE_MS)
      throw refused(errcodes.badResponseCode, 'invalid response_code');
    if (button === undefined && template_card === undefined) throw refused(errcodes.badParameter, 'no button, no card');
    const card = template_card === undefined ? null : house.cards.checkUpdate(template_card);
    code.isUsed = true;
    for (const n of code.shown) replaceCard(screen, n, card ?? { replaced_by: button?.replace_name });
    return {};
  };

  return { send, recall, update, responseCode, dropped: dropped as readonly Dropped[] };
};
export type App = ReturnType<typeof wecomApp>;

/** A new card in the old one's place; with `replaced_by` alone, the old card whose buttons became that one word. */
export const replaceCard = (screen: Screen, n: number, card: Readonly<Record<string, unknown>>) => {
  const { replaced_by, ...whole } = card;
  const before = screen.posts[n - 1]?.card ?? {};
  const { button_list: _, submit_button: __, ...rest } = before;
  const after = replaced_by === undefined ? whole : { ...rest, button_list: [{ text: String(replaced_by), key: '' }] };
  screen.change(n, { card: after, text: cardText(after) });
};
