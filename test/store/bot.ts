/** A bot that is nothing but its private Redis, for tests that kill it: `node bot.ts <dir>`. Says `up` or why not. */
import { UserError } from '../../src/errors.ts';
import { translator } from '../../src/i18n.ts';
import type { Log } from '../../src/ports.ts';
import { privateRedis } from '../../src/store/private-redis.ts';

const say = (fields: object, message: string) => console.log(`${message} ${JSON.stringify(fields)}`);
const log: Log = { debug: say, info: say, warn: say, error: say, child: () => log };

try {
  const { stop } = await privateRedis({ dir: process.argv[2] ?? '', log });
  const awake = setInterval(() => {}, 60_000);
  process.once('SIGTERM', async () => {
    await stop();
    clearInterval(awake);
  });
  console.log('up');
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.log(translator('en')(error.key, error.params));
  process.exitCode = 1;
}
