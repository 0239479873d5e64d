/**
 * `npm run verify`: names the first log entry that does not fit, and every projection that the log would make
 * otherwise.
 */
import { homeOf } from '../src/config.ts';
import { issueLabel } from '../src/domain/lists.ts';
import { scopeChanges } from '../src/store/change.ts';
import { keysIn, type Scope } from '../src/store/keys.ts';
import { listStore } from '../src/store/lists.ts';
import { scopesOf, verifyLog, verifyProjections } from '../src/store/verify.ts';
import { operate } from './operate.ts';

const nameOf = (scope: Scope) => (scope === 'org' ? 'org' : scope.unit);

await operate(async ({ redis, config, t, say }) => {
  const keys = keysIn(homeOf(config).namespace);
  let faults = 0;
  let entries = 0;
  const scopes = await scopesOf(redis, keys);
  for (const scope of scopes) {
    entries += await redis.xlen(keys.log(scope));
    const fault = await verifyLog(redis, keys, scope);
    if (fault && 'entry' in fault) {
      faults += 1;
      say(t('verify.entry', { scope: nameOf(scope), entry: fault.entry, why: fault.why }));
      // A log that cannot be trusted says nothing about what was made from it.
      continue;
    }
    for (const wrong of await verifyProjections(redis, keys, scope)) {
      if (!('projection' in wrong)) continue;
      faults += 1;
      say(t('verify.projection', { scope: nameOf(scope), projection: wrong.projection }));
    }
  }
  const lists = listStore(redis, keys, scopeChanges(redis, keys, Date.now));
  for (const { number } of await lists.all()) {
    for (const why of await lists.check(number)) {
      faults += 1;
      say(t('verify.list', { label: issueLabel(number), why }));
    }
  }
  say(faults === 0 ? t('verify.sound', { scopes: scopes.length, entries }) : t('verify.faults', { count: faults }));
  return faults === 0;
});
