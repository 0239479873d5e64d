/**
 * The start: settings, the calendar file, the store and the address, which is all that an operator may have to mend.
 * Then the bot is ready: what comes in is taken, and answered as soon as the house is built. Imported by main.ts, which
 * is run.
 */
import closeWithGrace from 'close-with-grace';
import { readCalendarFile } from './calendar-file.ts';
import { type Config, homeOf, readConfig, secretsIn } from './config.ts';
import { type Translate, translator } from './i18n.ts';
import { pinoLog } from './log.ts';
import type { Log } from './ports.ts';
import type { Ground } from './recipe.ts';
import { openRedis } from './store/open.ts';
import { type Listening, listen } from './web/serve.ts';
import { whyNotStarted, wrongSettings } from './wording/start.ts';

/** The whole stop, SIGTERM to exit. */
const STOP_MS = 10_000;

const start = async (config: Config, t: Translate, log: Log): Promise<void> => {
  // The address while the store answers. What is wrong with the store is told first.
  const listening = listen(config.host, config.port);
  listening.catch(() => {});
  const opened = await openRedis({ url: config.redisUrl, dir: homeOf(config).dir, log });
  try {
    const overrides = await readCalendarFile(config.dataDir);
    const web = await listening;
    await serve(web, { config, opened, url: web.url, overrides, t, log });
  } catch (error) {
    await opened.stop();
    throw error;
  }
};

const serve = async (web: Listening, ground: Ground): Promise<void> => {
  const { opened, t, log } = ground;
  for (const { key, params } of opened.warnings) log.warn({}, t(key, params));
  log.info({ url: web.url, pid: process.pid }, t('start.ready', { url: web.url }));

  // Two hundred files, read while the address is already open.
  const house = import('./recipe.ts').then(({ build }) => build(ground));
  closeWithGrace({ delay: STOP_MS }, async ({ err, signal }) => {
    if (err) log.error({ err }, 'a fault that nobody caught');
    log.info({ signal }, t('start.stopping'));
    const { stop } = await house;
    await Promise.all([web.close(), stop()]);
    await opened.stop();
  });
  const { app, callbacks } = await house;
  await web.serve(app, callbacks);
};

const read = readConfig();
if ('problems' in read) {
  console.error(wrongSettings(read.problems, translator(read.locale)));
  process.exit(1);
}

const { config } = read;
const t = translator(config.locale);
try {
  await start(config, t, await pinoLog(config.logLevel, secretsIn(config)));
} catch (error) {
  console.error(whyNotStarted(error, t));
  process.exit(1);
}
