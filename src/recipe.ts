/** The recipe: builds everything that answers and everything that runs by the clock, and hands it over. */
import { setTimeout as wait } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { commands } from '../commands/index.ts';
import { jobs } from '../jobs/index.ts';
import { type Config, homeOf, isInEarnest, linkStart, ownNames } from './config.ts';
import { contextOf } from './context.ts';
import { type CalendarOverrides, calendarFrom } from './domain/calendar.ts';
import type { Translate } from './i18n.ts';
import { crowding } from './inbox/crowding.ts';
import { inbox } from './inbox.ts';
import { memberId, type PlatformName } from './message.ts';
import { notices } from './notices.ts';
import { admission } from './outbox/admission.ts';
import { mootIn } from './outbox/moot.ts';
import { outbox as outboxOf } from './outbox.ts';
import { untilNight } from './platforms/renewal.ts';
import { bytesAt, shelf as shelfIn, shelfUrl } from './platforms/shelf.ts';
import type { LongTiming } from './platforms/wecom/bot.ts';
import type { GroupVoices, Log, Platform, Post, Receive, Sheet } from './ports.ts';
import { reach } from './reach.ts';
import { pictures } from './render/picture.ts';
import { workbook } from './render/workbook.ts';
import { router } from './router.ts';
import { comingFrom, earlier } from './scheduler/coming.ts';
import { scheduler as schedulerOf } from './scheduler.ts';
import type { Opened } from './store/open.ts';
import { openStores } from './store/stores.ts';
import { readTable } from './tables/read-table.ts';
import { boardLinks } from './web/board-links.ts';
import { callbackListener } from './web/callbacks.ts';
import type { Check } from './web/health.ts';
import { site } from './web/site.ts';
import { withNotice } from './wording/notice.ts';

/** What an operator may have to mend, in order. */
export type Ground = {
  readonly config: Config;
  readonly opened: Opened;
  /** The address that is listened on. */
  readonly url: string;
  readonly overrides: CalendarOverrides;
  readonly t: Translate;
  readonly log: Log;
  /** Of long connections, where the usual is too slow. */
  readonly timing?: LongTiming;
};

/** The house, started: its pages, what platforms call, and how it stops. The store is closed by whoever opened it. */
export type House = {
  readonly app: ReturnType<typeof site>;
  readonly callbacks: ReturnType<typeof callbackListener>;
  stop(): Promise<void>;
};

/** Builds the house on its ground and starts it. */
export const build = async ({
  config,
  opened,
  url: listening,
  overrides,
  t: speak,
  log,
  timing,
}: Ground): Promise<House> => {
  const zone = config.timeZone;
  const calendar = calendarFrom(overrides);
  const realNow = () => Date.now();
  const { dir, namespace } = homeOf(config);
  const stores = openStores(opened.redis, {
    namespace,
    calendar,
    realNow,
    clock: () => clock.now().epochMilliseconds,
  });
  const { reports, directory, boards, campaigns, indicators, lists, burden, offers, transcript, leases, claimCode } =
    stores;

  const links = boardLinks({
    base: (platform) => linkStart(config, listening, platform === 'playground'),
    secret: stores.linkSecret,
  });
  const t = withNotice(speak, () => directory.common().notice);

  const frozen = isInEarnest(config);
  // A platform is read where it is wanted.
  const ground = config.hasPlayground ? await playgroundParts() : null;
  const clock = ground
    ? await ground.movingClock({ transcript, realNow: Temporal.Now.instant, calendar, zone, frozen })
    : { now: Temporal.Now.instant };

  const platforms = new Map<PlatformName, Platform>();
  const outbox = outboxOf({
    posts: stores.posts,
    waker: stores.waker(log),
    // In its own Redis there is one copy, by the lock on the directory.
    ...(config.redisUrl === null && { holder: 'alone' }),
    platforms,
    clock: clock.now,
    realNow,
    admission: admission(directory, calendar, zone),
    isMoot: mootIn({ jobs, directory, reports, calendar, zone }),
    onRefused,
    random: Math.random,
    log,
  });
  const reachable = reach({ directory, outbox, now: clock.now, t, hasApp: () => Boolean(voices?.make), log });
  async function onRefused(post: Post, code: string): Promise<void> {
    // What the operator has to mend says nothing of the person.
    if (platforms.get(post.chat.platform)?.isAboutReceiver?.(code) !== false) await reachable.refused(post);
  }

  const shelf = ground?.shelf(`${dir}/files`);
  const outgoing = shelfIn(`${dir}/outgoing`);
  const hand = async (platform: PlatformName, name: string, sheets: readonly Sheet[]) => {
    if (platform === 'playground')
      return ground && shelf ? ground.fileUrl(await shelf.put(name, workbook(sheets))) : null;
    // The AI bot in callback mode alone cannot show files.
    const takesFiles = platform === 'wecom' && (config.wecom?.bot || config.wecom?.app);
    return takesFiles ? shelfUrl(await outgoing.put(name, workbook(sheets))) : null;
  };
  const draw = pictures({ log });
  let voices: GroupVoices | null = null;
  const gallery = ground?.gallery({ dir: `${dir}/pictures`, draw: draw.draw, log });
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
    letters: stores.letters,
    rosters: stores.rosters,
    readTable,
    voices: () => voices,
    outbox,
    hand,
    calendar,
    zone,
    t,
    claimCode,
    realNow,
  });
  const crowded = crowding({ allowances: stores.allowances, realNow, t });
  const messages = inbox({ contextFor, route: router(commands, log), crowded, realNow, wait: (ms) => wait(ms) });
  const receive: Receive = async (message) => {
    const answers = await messages.receive(message);
    reachable.heard(message).catch((err) => log.warn({ err }, 'not noted that a person can be written to'));
    return answers;
  };

  const scheduler = schedulerOf({
    jobs,
    directory,
    slots: stores.slots,
    outbox,
    calendar,
    zone,
    clock: clock.now,
    realNow,
    contextFor: (run) => ({ ...run, reports, directory, boards, lists, burden, links, t }),
    log,
  });

  const playground =
    ground && shelf && gallery && 'forward' in clock
      ? ground.playground({
          clock,
          zone,
          frozen,
          receive,
          directory,
          transcript,
          shelf,
          gallery,
          commands,
          t,
          nextDue: async (from, to) => earlier(await scheduler.nextDue(from, to), await outbox.nextDue(from, to)),
          async step(now) {
            await scheduler.tick(now);
            await outbox.drain();
          },
          coming: async (from, to) => comingFrom(await scheduler.foreseen(from, to), zone),
          wipe: stores.wipe,
          fill: ground.seed({ receive, transcript, calendar, zone, claimCode }),
          claimCode,
          realNow: Temporal.Now.instant,
          wait: (ms) => wait(ms),
        })
      : null;
  if (playground) {
    platforms.set('playground', playground.platform);
    // Beside a real platform the playground is one more voice of the same people: nothing is made up.
    if (config.wecom === null) await playground.open();
  }
  if (config.wecom) {
    const { openWecom } = await import('./platforms/wecom/open.ts');
    const wecom = openWecom({
      ...{ config: config.wecom, receive, leases, parts: stores.parts, outbox, onRefused },
      ...{ limits: stores.limits('wecom'), tokens: stores.tokens, robots: stores.robots },
      media: { draw: draw.draw, file: async (url) => bytesAt(outgoing, url) },
      onVoiceLost: reachable.voiceLost,
      async people() {
        let count = 0;
        for await (const some of directory.people()) count += some.filter(({ id }) => id.startsWith('wecom:')).length;
        return count;
      },
      isKnown: async (id) => (await directory.member(memberId('wecom', { id }))) !== null,
      // On the private Redis there is one copy: the lock of its directory sees to that.
      connections: config.redisUrl === null ? null : stores.connections,
      renewal: () => untilNight(Temporal.Now.zonedDateTimeISO(zone), Math.random()),
      ...(timing && { timing }),
      ...{ now: clock.now, realNow, t, log },
    });
    voices = wecom.voices;
    platforms.set('wecom', playground ? playground.alongside(wecom) : wecom);
  }

  const standing = [...platforms].map(([name, { isUp, isStandby }]): [string, Check] => [
    name,
    () => isUp() || (isStandby?.() ? 'standby' : false),
  ]);
  const checks = { redis: stores.isUp, ...Object.fromEntries(standing) };
  const pages = { reports, directory, boards, lists, calendar, t, log, secret: stores.linkSecret };
  const boardDeps = { ...pages, now: () => clock.now().toZonedDateTimeISO(zone) };
  const app = site({
    playground: playground?.face ?? null,
    board: boardDeps,
    isOwnName: ownNames(config),
    checks,
    t,
    log,
  });
  outbox.start();
  scheduler.start();

  const now = clock.now().toZonedDateTimeISO(zone);
  const isReachable = platforms.size > 0;
  for (const { key, params } of await notices({ slots: stores.slots, calendar, now, isReachable, claimCode })) {
    log.warn({}, t(key, params));
  }

  return {
    app,
    callbacks: callbackListener(
      [...platforms.values()].flatMap(({ callbacks = [] }) => callbacks),
      log,
    ),
    async stop() {
      // What starts by itself first, then what comes from outside, last what both stand on.
      await Promise.all([scheduler.stop(), outbox.stop()]);
      await Promise.all([...platforms.values()].map((platform) => platform.stop()));
      await messages.drain();
      await draw.stop();
    },
  };
};

const playgroundParts = async () => {
  const [clock, files, pictures, playground, seed] = await Promise.all([
    import('./platforms/playground/clock.ts'),
    import('./platforms/playground/files.ts'),
    import('./platforms/playground/pictures.ts'),
    import('./platforms/playground/playground.ts'),
    import('./platforms/playground/seed.ts'),
  ]);
  return { ...clock, ...files, ...pictures, ...playground, ...seed };
};
