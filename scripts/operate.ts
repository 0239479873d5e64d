/** What the operator's commands share: configuration, words, and the living Redis of the bot or one for the moment. */
import { type Config, homeOf, readConfig } from '../src/config.ts';
import { type Translate, translator } from '../src/i18n.ts';
import { pinoLog } from '../src/log.ts';
import { type Opened, openRedisBeside } from '../src/store/open.ts';
import { whyNotStarted, wrongSettings } from '../src/wording/start.ts';

type Tools = {
  readonly redis: Opened['redis'];
  readonly config: Config;
  readonly t: Translate;
  /** A line for the operator. */
  readonly say: (line: string) => void;
};

/** Runs `operation` and ends the process: 0 when it answers true, 1 when it found something or could not run. */
export const operate = async (operation: (tools: Tools) => Promise<boolean>): Promise<never> => {
  const read = readConfig();
  if ('problems' in read) {
    console.error(wrongSettings(read.problems, translator(read.locale)));
    process.exit(1);
  }
  const { config } = read;
  const t = translator(config.locale);
  // What the command has to say is its output; of the log only troubles.
  const log = await pinoLog('error');
  try {
    const { redis, stop } = await openRedisBeside({ url: config.redisUrl, dir: homeOf(config).dir, log });
    try {
      const isWell = await operation({ redis, config, t, say: (line) => console.log(line) });
      process.exitCode = isWell ? 0 : 1;
    } finally {
      await stop();
    }
  } catch (error) {
    console.error(whyNotStarted(error, t));
    process.exitCode = 1;
  }
  process.exit();
};
