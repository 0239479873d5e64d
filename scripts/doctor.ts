/**
 * `npm run doctor`: looks at all that the bot stands on, beside a running bot or alone, and says what it found. Ends
 * with 1 when something is wrong. `npm run doctor -- resend 3`: sends a post again that failed for good.
 */
import { Temporal } from 'temporal-polyfill';
import { readCalendarFile } from '../src/calendar-file.ts';
import { type Config, homeOf, readConfig, secretsIn } from '../src/config.ts';
import { calendarFrom } from '../src/domain/calendar.ts';
import { UserError } from '../src/errors.ts';
import { type Translate, translator } from '../src/i18n.ts';
import { pinoLog } from '../src/log.ts';
import { openRedisBeside } from '../src/store/open.ts';
import { serverOnPath } from '../src/store/private/binary.ts';
import { holderOf, isHeld } from '../src/store/private/lock.ts';
import { findingsOf } from '../src/store/redis-checks.ts';
import { openStores } from '../src/store/stores.ts';
import { whyNotStarted, wrongSettings } from '../src/wording/start.ts';
import { lookAtConnection } from './connection.ts';
import { operate } from './operate.ts';
import { lookAtPosts, resend } from './resend.ts';
import { lookAtRobots, lookAtToken, lookAtVoices } from './voices.ts';

/** ok, worth knowing, wrong. */
type Mark = '✓' | '!' | '✗';
type Line = { readonly mark: Mark; readonly text: string };

const ANSWER_MS = 2_000;

const line = (mark: Mark, text: string): Line => ({ mark, text });

const runtime = (t: Translate): Line => {
  const isNew = Number.parseInt(process.versions.node, 10) >= 24;
  return line(isNew ? '✓' : '✗', t('doctor.node', { version: process.versions.node }));
};

const server = (t: Translate): Line => {
  const found = serverOnPath();
  return found ? line('✓', `${found.name} ${found.version}`) : line('✗', t('start.redis-missing'));
};

/** Who runs on the data directory, and what it says of itself. */
const bot = async (config: Config, dir: string, t: Translate): Promise<Line[]> => {
  if (!isHeld(dir)) return [line('✓', t('doctor.bot-none', { dir }))];
  const { pid, since } = holderOf(dir) ?? { pid: '?', since: '?' };
  const lines = [line('✓', t('doctor.bot', { dir, pid, since }))];
  try {
    const host = config.host.includes(':') ? `[${config.host}]` : config.host.replace('0.0.0.0', '127.0.0.1');
    const url = `http://${host}:${config.port}/readyz`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    const { failing } = (await answer.json()) as { failing: string[] };
    lines.push(
      failing.length === 0
        ? line('✓', t('doctor.ready'))
        : line('✗', t('doctor.failing', { names: failing.join(', ') })),
    );
  } catch {
    // It may listen elsewhere: its own environment is not ours.
    lines.push(line('!', t('doctor.unheard', { port: config.port })));
  }
  return lines;
};

const store = async (config: Config, t: Translate): Promise<Line[]> => {
  const { dir, namespace } = homeOf(config);
  const log = await pinoLog('error', secretsIn(config), process.stderr);
  const opened = await openRedisBeside({ url: config.redisUrl, dir, log });
  try {
    const findings = await findingsOf(opened.redis);
    const stores = openStores(opened.redis, { namespace, calendar: calendarFrom(), realNow: Date.now });
    return [
      line('✓', t('doctor.redis')),
      ...findings.map(({ severity, key, params }) => line(severity === 'risk' ? '!' : '✗', t(key, params))),
      ...(findings.length === 0 ? [line('✓', t('doctor.redis-safe'))] : []),
      ...(await lookAtConnection(stores, config, t)),
      ...(await posts(stores, config, t)),
      ...(await lookAtRobots(stores, t)),
    ];
  } finally {
    await opened.stop();
  }
};

/** Why there is nothing to look at. */
const noStore = (error: unknown, t: Translate): Line[] => {
  // The bot is there and its Redis is not: it is starting one again, or cannot.
  const isDown = error instanceof UserError && error.key === 'start.dir-taken';
  return [line('✗', isDown ? t('doctor.redis-down') : whyNotStarted(error, t))];
};

const posts = async (stores: ReturnType<typeof openStores>, config: Config, t: Translate): Promise<Line[]> => {
  const { failed, waiting, lines } = await lookAtPosts(stores, config, t);
  const mark = failed > 0 ? '!' : '✓';
  return [line(mark, t('doctor.posts', { waiting, failed })), ...lines.map((text) => line(mark, text))];
};

const calendar = async (config: Config, t: Translate): Promise<Line> => {
  const { isKnown, lastKnownYear } = calendarFrom(await readCalendarFile(config.dataDir));
  const today = Temporal.Now.plainDateISO(config.timeZone);
  return isKnown(today)
    ? line('✓', t('doctor.calendar', { year: String(lastKnownYear) }))
    : line('!', t('doctor.calendar-ends', { year: String(lastKnownYear) }));
};

const examine = async (config: Config, t: Translate): Promise<Line[]> => {
  const { dir } = homeOf(config);
  const isPrivate = config.redisUrl === null;
  return [
    runtime(t),
    // What is wrong with the directory itself is said below.
    ...(isPrivate ? [server(t), ...(await bot(config, dir, t).catch(() => []))] : []),
    ...(await store(config, t).catch((error) => noStore(error, t))),
    await calendar(config, t).catch((error) => line('✗', whyNotStarted(error, t))),
    lookAtVoices(config, t),
    ...(await lookAtToken(config, t)),
  ];
};

const said = process.argv.slice(2).join(' ');
if (said !== '') await operate((tools) => resend(said, tools));

const read = readConfig();
if ('problems' in read) {
  console.log(wrongSettings(read.problems, translator(read.locale)));
  process.exit(1);
}
const t = translator(read.config.locale);
const lines = await examine(read.config, t);
for (const { mark, text } of lines) console.log(`${mark} ${text}`);
process.exitCode = lines.some(({ mark }) => mark === '✗') ? 1 : 0;
