/**
 * `npm run import -- roster.xlsx`: shows what a roster would change, asks, and enters it. With `--confirm` it does not
 * ask. Ends with 1 when rows were faulty or nothing could be read. Cut off, it is simply run again.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { homeOf } from '../src/config.ts';
import { calendarFrom } from '../src/domain/calendar.ts';
import { UserError } from '../src/errors.ts';
import type { Translate } from '../src/i18n.ts';
import { platformNames } from '../src/message.ts';
import { openStores } from '../src/store/stores.ts';
import { readTable } from '../src/tables/read-table.ts';
import { changeLines, entered, faultLines } from '../src/wording/roster-preview.ts';
import { changesNothing, enter, keepFile, planOf } from '../src/wording/roster-work.ts';
import { operate } from './operate.ts';
import { progressOn } from './progress.ts';

const ordered = (wanted: string) => {
  try {
    const options = { confirm: { type: 'boolean' }, platform: { type: 'string', default: wanted } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [path, second] = positionals;
    const platform = platformNames.find((name) => name === values.platform);
    return path === undefined || second !== undefined || !platform ? null : { path, platform, isSure: values.confirm };
  } catch {
    return null;
  }
};

const agreed = async (t: Translate): Promise<boolean> => {
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const said = await asking.question(t('import.ask'));
  asking.close();
  return /^(y|yes|是|好|确认)$/i.test(said.trim());
};

await operate(async ({ redis, config, t, say }) => {
  const order = ordered(config.wecom === null ? 'playground' : 'wecom');
  if (!order) throw new UserError('import.usage', { platforms: platformNames.join(' ') });
  await open(order.path)
    .then(async (file) => {
      const isFile = (await file.stat()).isFile();
      await file.close();
      if (!isFile) throw new Error('no file');
    })
    .catch(() => {
      throw new UserError('import.unreadable', { path: order.path });
    });
  const { namespace } = homeOf(config);
  const stores = openStores(redis, { namespace, calendar: calendarFrom(), realNow: Date.now });
  const today = Temporal.Now.plainDateISO(config.timeZone);
  const upload = randomUUID();
  const progress = progressOn(process.stderr, Date.now);

  const source = { open: () => Readable.toWeb(createReadStream(order.path)) as ReadableStream };
  const reading = progress.step((rows) => t('import.reading', { rows }));
  const inFile = await keepFile(source, upload, order.platform, { ...stores, readTable }, reading);
  const plan = await planOf(upload, inFile, today, stores, reading);
  progress.clear();

  const faulty = plan.faults.reduce((sum, { count }) => sum + count, 0);
  say(t('import.read', { rows: plan.outline.rows, faulty }));
  for (const line of faultLines(plan.faults, Number.POSITIVE_INFINITY, t)) say(`  ${line}`);
  for (const line of changeLines(plan, await stores.directory.units(), t)) say(`· ${line}`);
  if (plan.absent > 0) say(t('import.absent', { count: plan.absent }));
  if (changesNothing(plan)) {
    say(t('import.nothing'));
    return faulty === 0;
  }
  if (!order.isSure && !process.stdin.isTTY) {
    say(t('import.say-confirm'));
    return faulty === 0;
  }
  if (!order.isSure && !(await agreed(t))) {
    say(t('import.left'));
    return faulty === 0;
  }
  const cause = { message: `import\n${upload}`, by: 'operator', at: Temporal.Now.instant() };
  const entering = progress.step((rows) => t('import.entering', { rows, of: plan.outline.rows }), plan.outline.rows);
  const facts = await enter(plan, new UserError('import.nothing-waits'), cause, { ...stores, today }, entering);
  progress.clear();
  say(entered(facts.outline, t));
  return faulty === 0;
});
