/** What the doctor says about posts, and `npm run doctor -- resend 3`, `resend all`, `resend <id>`. */
import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { type Config, homeOf, isInEarnest } from '../src/config.ts';
import { calendarFrom } from '../src/domain/calendar.ts';
import { readOutbox } from '../src/domain/outbox-text.ts';
import { UserError } from '../src/errors.ts';
import type { Translate } from '../src/i18n.ts';
import type { Opened } from '../src/store/open.ts';
import { openStores, type Stores } from '../src/store/stores.ts';
import { chatNames, chosen, letterLine, numbersOf } from '../src/wording/outbox.ts';

/** So many are listed; the count tells of the others. */
const MOST_LISTED = 20;

type Looked = { readonly failed: number; readonly waiting: number; readonly lines: readonly string[] };

/** The organisation's time: the playground's clock may have been moved. */
const timeOf = async ({ transcript }: Pick<Stores, 'transcript'>, config: Config): Promise<Temporal.ZonedDateTime> => {
  const ahead = config.hasPlayground && !isInEarnest(config) ? await transcript.clockOffset() : null;
  return Temporal.Now.instant()
    .add({ milliseconds: ahead ?? 0 })
    .toZonedDateTimeISO(config.timeZone);
};

/** What failed for good, a line each, with its id below. */
export const lookAtPosts = async (stores: Stores, config: Config, t: Translate): Promise<Looked> => {
  const [failed, waiting] = await Promise.all([stores.letters.list(MOST_LISTED), stores.letters.waiting(0)]);
  const chats = failed.letters.map(({ chat }) => chat);
  const seen = { now: await timeOf(stores, config), nameOf: await chatNames(chats, stores.directory, t) };
  const lines = failed.letters.flatMap((letter) => [`  ${letterLine(letter, seen, t)}`, `     ${letter.id}`]);
  const hint = failed.total > 0 ? [`  ${t('doctor.resend')}`] : [];
  return { failed: failed.total, waiting: waiting.total, lines: [...lines, ...hint] };
};

/** Sends again what `said` names, and tells so. False: it could not be done. */
export const resend = async (
  said: string,
  { redis, config, t, say }: { redis: Opened['redis']; config: Config; t: Translate; say(line: string): void },
): Promise<boolean> => {
  const { namespace } = homeOf(config);
  const stores = openStores(redis, { namespace, calendar: calendarFrom(), realNow: Date.now });
  const order = readOutbox(said);
  const id = said.replace(/^\S+\s+/, '');
  try {
    const { numbers, doubtful } = await stores.letters.resend(
      (letters) => {
        const named = letters.find((letter) => letter.id === id);
        if (named) return chosen(letters, { which: [named.number], isConfirmed: false }, t);
        if (order?.kind !== 'again') throw new UserError('outbox.which');
        return chosen(letters, order, t);
      },
      // Typed once: there is no message that could come again.
      { message: `doctor/${randomUUID()}`, at: (await timeOf(stores, config)).toInstant() },
    );
    say(t('outbox.resent', { count: numbers.length, numbers: numbersOf(numbers, t) }));
    if (doubtful > 0) say(t('outbox.left', { count: doubtful }).trim());
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    say(t(error.key, error.params));
    say(t('doctor.resend'));
    return false;
  }
};
