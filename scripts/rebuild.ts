/** `npm run rebuild`: makes all projections again from the logs. The bot may go on working meanwhile. */
import { homeOf } from '../src/config.ts';
import { keysIn } from '../src/store/keys.ts';
import { rebuild, scopesOf, verifyLog } from '../src/store/verify.ts';
import { operate } from './operate.ts';

await operate(async ({ redis, config, t, say }) => {
  const keys = keysIn(homeOf(config).namespace);
  // The organisation first: it is what names the units.
  let made = 0;
  const sound = (await verifyLog(redis, keys, 'org')) === null;
  if (sound) made += await rebuild(redis, keys, 'org');
  const broken: string[] = sound ? [] : ['org'];
  for (const scope of await scopesOf(redis, keys)) {
    if (scope === 'org') continue;
    if (await verifyLog(redis, keys, scope)) broken.push(scope.unit);
    else made += await rebuild(redis, keys, scope);
  }
  say(t('rebuild.done', { count: made }));
  if (broken.length > 0) say(t('rebuild.broken', { scopes: broken.join(t('list.and')) }));
  return broken.length === 0;
});
