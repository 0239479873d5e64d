/** One copy of the bot as `npm start` runs it, whose turns and pauses last seconds: they are its one argument. */
import { readCalendarFile } from '../../src/calendar-file.ts';
import { homeOf, readConfig, secretsIn } from '../../src/config.ts';
import { translator } from '../../src/i18n.ts';
import { pinoLog } from '../../src/log.ts';
import { build } from '../../src/recipe.ts';
import { openRedis } from '../../src/store/open.ts';
import { listen } from '../../src/web/serve.ts';

const read = readConfig();
if ('problems' in read) throw new Error(JSON.stringify(read.problems));
const { config } = read;
const log = await pinoLog(config.logLevel, secretsIn(config));
const opened = await openRedis({ url: config.redisUrl, dir: homeOf(config).dir, log });
const web = await listen(config.host, config.port);
const house = await build({
  ...{ config, opened, log, url: web.url, t: translator(config.locale) },
  overrides: await readCalendarFile(config.dataDir),
  timing: JSON.parse(process.argv[2] ?? ''),
});
await web.serve(house.app, house.callbacks);
log.info({ url: web.url }, 'ready');

process.once('SIGTERM', async () => {
  await Promise.all([web.close(), house.stop()]);
  await opened.stop();
  process.exit();
});
