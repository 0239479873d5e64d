/** The recipe: builds everything, hands it over, starts it and stops it. Imported by main.ts, which is run. */
import { setTimeout as wait } from 'node:timers/promises';
import closeWithGrace from 'close-with-grace';
import { Temporal } from 'temporal-polyfill';
import { commands } from '../commands/index.ts';
import { jobs } from '../jobs/index.ts';
import { readCalendarFile } from './calendar-file.ts';
import { type Config, homeOf, isInEarnest, readConfig, secretsIn } from './config.ts';
import { contextOf } from './context.ts';
import { calendarFrom } from './domain/calendar.ts';
import { type Translate, translator } from './i18n.ts';
import { inbox } from './inbox.ts';
import { pinoLog } from './log.ts';
import type { PlatformName } from './message.ts';
import { peopleNotices, timeNotices } from './notices.ts';
import { quietHours } from './outbox/opens.ts';
import { outbox as outboxOf } from './outbox.ts';
import type { Log, Platform, Receive } from './ports.ts';
import { reach } from './reach.ts';
import { router } from './router.ts';
import { comingFrom, earlier } from './scheduler/coming.ts';
import { scheduler as schedulerOf } from './scheduler.ts';
import { type Opened, openRedis } from './store/open.ts';
import { openStores } from './store/stores.ts';
import { listen } from './web/serve.ts';
import { whyNotStarted, wrongSettings } from './wording/start.ts';

/** The whole stop, SIGTERM to exit. */
const STOP_MS = 10_000;
const start = async (config: Config, opened: Opened, t: Translate, log: Log) => {
  const zone = config.timeZone;
  const calendar = calendarFrom(await readCalendarFile(config.dataDir));
  const realNow = () => Date.now();
  const { dir, namespace } = homeOf(config);
  for (const { key, params } of opened.warnings) log.warn({}, t(key, params));
  const stores = openStores(opened.redis, { namespace, calendar, realNow });
  const { reports, directory, boards, transcript, leases, claimCode } = stores;

  const frozen = isInEarnest(config);
  // A platform is read where it is wanted.
  const ground = config.hasPlayground ? await playgroundParts() : null;
  const clock = ground
    ? await ground.movingClock({ transcript, realNow: Temporal.Now.instant, calendar, zone, frozen })
    : { now: Temporal.Now.instant };

  const platforms = new Map<PlatformName, Platform>();
  const outbox = outboxOf({
    posts: stores.posts,
    platforms,
    clock: clock.now,
    realNow,
    opensAt: quietHours(directory, calendar, zone),
    onRefused: (post) => reachable.refused(post),
    random: Math.random,
    log,
  });
  const reachable = reach({ directory, outbox, now: clock.now, t, log });

  const contextFor = contextOf({ commands, reports, directory, boards, calendar, zone, t, claimCode, realNow });
  const messages = inbox({ contextFor, route: router(commands, log), realNow, wait: (ms) => wait(ms) });
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
    contextFor: (run) => ({ ...run, reports, directory, boards, t }),
    log,
  });

  const playground =
    ground && 'forward' in clock
      ? ground.playground({
          clock,
          zone,
          frozen,
          receive,
          directory,
          transcript,
          shelf: ground.shelf(`${dir}/files`),
          commands,
          t,
          nextDue: async (from, to) => earlier(await scheduler.nextDue(from, to), await outbox.nextDue(from, to)),
          async step(now) {
            await scheduler.tick(now);
            await outbox.drain();
          },
          coming: async (from, to) => comingFrom(await scheduler.coming(from, to), zone),
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
    const { botId, secret, name, url } = config.wecom;
    const { wecomBot } = await import('./platforms/wecom/bot.ts');
    const account = { botId, secret, wsUrl: url ?? undefined };
    const names = name === null ? [] : [name];
    const onRefused = reachable.refused;
    const bot = wecomBot({ account, names, receive, leases, outbox, onRefused, now: clock.now, t, log });
    platforms.set('wecom', playground ? playground.alongside(bot) : bot);
  }

  const checks = { redis: stores.isUp, ...Object.fromEntries([...platforms].map(([name, { isUp }]) => [name, isUp])) };
  const pages = async () => {
    const { site } = await import('./web/site.ts');
    return site({ playground: playground?.face ?? null, checks, t, log });
  };
  const web = await listen(pages, config.host, config.port);
  const tell = (notices: Awaited<ReturnType<typeof peopleNotices>>) => {
    for (const { key, params } of notices) log.warn({}, t(key, params));
  };
  tell(await peopleNotices({ isReachable: platforms.size > 0, claimCode }));
  log.info({ url: web.url, pid: process.pid }, t('start.ready', { url: web.url }));

  outbox.start();
  scheduler.start();
  const now = clock.now().toZonedDateTimeISO(zone);
  tell(await timeNotices({ slots: stores.slots, calendar, now }));
  await web.open();

  return async () => {
    // What starts by itself first, then what comes from outside, last what both stand on.
    await Promise.all([scheduler.stop(), outbox.stop()]);
    await Promise.all([web.close(), ...[...platforms.values()].map((platform) => platform.stop())]);
    await messages.drain();
    await opened.stop();
  };
};

const playgroundParts = async () => {
  const [clock, files, playground, seed] = await Promise.all([
    import('./platforms/playground/clock.ts'),
    import('./platforms/playground/files.ts'),
    import('./platforms/playground/playground.ts'),
    import('./platforms/playground/seed.ts'),
  ]);
  return { ...clock, ...files, ...playground, ...seed };
};

const read = readConfig();
if ('problems' in read) {
  console.error(wrongSettings(read.problems, translator(read.locale)));
  process.exit(1);
}

const { config } = read;
const t = translator(config.locale);
const log = await pinoLog(config.logLevel, secretsIn(config));
try {
  const opened = await openRedis({ url: config.redisUrl, dir: homeOf(config).dir, log });
  const stop = await start(config, opened, t, log).catch(async (error: unknown) => {
    await opened.stop();
    throw error;
  });
  closeWithGrace({ delay: STOP_MS }, async ({ err, signal }) => {
    if (err) log.error({ err }, 'a fault that nobody caught');
    log.info({ signal }, t('start.stopping'));
    await stop();
  });
} catch (error) {
  console.error(whyNotStarted(error, t));
  process.exit(1);
}
