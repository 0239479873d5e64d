import { readCommand } from '../domain/spoken.ts';
import { within } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import { type Message, type PlatformName, platformNames, text } from '../message.ts';
import type { Allowance, Allowances, Answered, Rate } from '../ports.ts';

/**
 * Ten a second for a minute is no person, and a group of 500 that reports within one minute is far from its limit:
 * these stop a script that has gone wild, before it fills Redis and takes the platform's window from everybody else.
 */
export const MOST_HEARD = {
  member: { most: 600, seconds: 60 },
  chat: { most: 6_000, seconds: 60 },
} as const satisfies Record<string, Rate>;
/** Places are taken from Redis so many at a time, as a part of the limit: a copy may let through as many too many. */
const SHARE = 20;
/** From this part of a limit on a copy remembers which messages they were. */
const REMEMBERED = 10;
/** Longer nobody waits for a count. */
const PATIENCE_MS = 250;

type Kind = keyof typeof MOST_HEARD;
type Verdict = 'welcome' | { readonly secondsLeft: number } | 'told-before';

type Deps = {
  readonly allowances: Allowances;
  /** Real time in ms. */
  realNow(): number;
  readonly t: Translate;
  readonly limits?: Readonly<Record<Kind, Rate>>;
  /** The playground is made to be scripted, and whoever reaches it may move its clock as well. */
  readonly exempt?: ReadonlySet<PlatformName>;
};

/**
 * Says of each message whether it is one too many of its sender or its chat: null, or a promise of null, when it is not;
 * otherwise what is answered instead: one sentence a window, then silence. What is answered so is not taken in.
 *
 * Each copy counts by itself and asks Redis at every thirtieth message of a person within a minute, every 300th of a
 * chat, for the whole batch at once: an ordinary message costs two look-ups in memory and no round trip, and the limit
 * still holds for all copies together, give or take a batch each. rate-limiter-flexible's own memory of who is over
 * would save round trips only then. What Redis does not count is let through: to refuse is never the safe side. What
 * comes again under its id is counted once from a tenth of the limit on; before, nobody is near it.
 */
export const crowding = ({ allowances, realNow, t, limits = MOST_HEARD, exempt = new Set(['playground']) }: Deps) => {
  // By platform and plain id: a key put together for each message would cost as much as all the rest.
  const counting = (platform: PlatformName) => ({
    ofMember: counter(allowances(`${platform}:member`, limits.member), limits.member, realNow),
    ofChat: counter(allowances(`${platform}:chat`, limits.chat), limits.chat, realNow),
  });
  const counters = new Map(platformNames.map((platform) => [platform, counting(platform)]));

  const answer = ({ chat }: Message, kind: Kind, verdict: Verdict): readonly Answered[] | null => {
    if (verdict === 'welcome') return null;
    if (verdict === 'told-before') return [];
    return [{ chat, reply: text(t('inbox.too-many', { whose: kind, seconds: verdict.secondsLeft })) }];
  };

  return (message: Message): Promise<readonly Answered[] | null> | null => {
    const { platform, chat, sender, id } = message;
    const counter = counters.get(platform);
    if (!counter || exempt.has(platform) || !isForUs(message)) return null;
    const own = counter.ofMember(sender.id, id);
    const together = chat.kind === 'group' && own === 'welcome' ? counter.ofChat(chat.id, id) : 'welcome';
    if (own === 'welcome' && together === 'welcome') return null;
    return Promise.all([own, together]).then(
      ([ofOne, ofAll]) => answer(message, 'member', ofOne) ?? answer(message, 'chat', ofAll),
    );
  };
};

/** What people say to each other in a group costs nothing, and would be answered by nothing. */
const isForUs = ({ chat, addressed, text }: Message): boolean =>
  addressed || chat.kind === 'direct' || text[0] === '/' || text[0] === '／' || readCommand(text, nothing) !== null;
const nothing = { has: () => false };

/** Counts those of one kind; answers at once where nobody has to be asked. */
const counter = (allowance: Allowance, rate: Rate, realNow: () => number) => {
  const batch = Math.max(1, Math.floor(rate.most / SHARE));
  const rememberedFrom = rate.most / REMEMBERED;
  let heard = new Map<string, number>();
  let ids = new Map<string, Set<string>>();
  /** Who is over the limit -> end of the window, real ms. */
  let over = new Map<string, number>();
  let endsAt = 0;

  const spend = async (who: string, id: string): Promise<Verdict> => {
    const spent = await within(allowance.spend(who, batch), PATIENCE_MS).catch(() => null);
    if (!spent?.isOver) return 'welcome';
    ids.get(who)?.delete(id);
    over.set(who, realNow() + spent.msLeft);
    return spent.isFirst ? { secondsLeft: Math.ceil(spent.msLeft / 1_000) } : 'told-before';
  };

  return (who: string, id: string): Verdict | Promise<Verdict> => {
    const now = realNow();
    if (now >= endsAt) {
      heard = new Map();
      ids = new Map();
      over = new Map([...over].filter(([, until]) => until > now));
      endsAt = now + rate.seconds * 1_000;
    }
    const times = (heard.get(who) ?? 0) + 1;
    if (times > rememberedFrom) {
      const known = ids.get(who) ?? new Set();
      if (known.has(id)) return 'welcome';
      if ((over.get(who) ?? 0) > now) return 'told-before';
      ids.set(who, known.add(id));
    } else if (over.size > 0 && (over.get(who) ?? 0) > now) return 'told-before';
    heard.set(who, times);
    return times % batch === 0 ? spend(who, id) : 'welcome';
  };
};
