import { timesBetween } from '../src/domain/calendar.ts';
import { CLOSE_AT } from '../src/domain/list-dates.ts';
import type { ActEvent } from '../src/domain/list-events.ts';
import { advance } from '../src/domain/list-rules.ts';
import { appealLabel, type Issue, RULE } from '../src/domain/lists.ts';
import type { Job, JobContext } from '../src/job.ts';
import { text } from '../src/message.ts';
import { bundle, isListHome, issuesIn, slotOf, take } from '../src/wording/list-job.ts';
import { finalReply } from '../src/wording/list-notices.ts';
import { officersOf, signersOf } from '../src/wording/list-people.ts';
import { issueName } from '../src/wording/list-words.ts';

const NAME = 'list-close';
const WEEK_MINUTES = 7 * 1440;

/**
 * On workdays at the hour at which appeals and their decisions end: what nobody has decided stays out, and the reviewer
 * gets the final form to sign.
 */
export const listClose: Job = {
  name: NAME,
  catchUpMinutes: WEEK_MINUTES,
  expiresMinutes: WEEK_MINUTES,
  delivery: 'atLeastOnce',
  priority: 'procedure',

  due: ({ unit, calendar }, from, to) =>
    unit.parent !== null ? [] : timesBetween(CLOSE_AT, from, to).filter((at) => calendar.isWorkday(at.toPlainDate())),

  async run(context) {
    const { directory, lists, calendar, now, t } = context;
    const officers = await directory.officers();
    const out = bundle();
    for (const { before, after } of await closing(context)) {
      const words = await lists.words(before.number);
      const voice = { calendar, today: now.toPlainDate(), t };
      out.tell(signersOf(after, officers), () => finalReply(after, { words, isLate: false }, voice));
      for (const appeal of after.appeals.filter(({ outcome }) => outcome === 'lapsed')) {
        const said = t('list.appeal-lapsed', { appeal: appealLabel(appeal.number), name: issueName(after, t) });
        out.tell(officersOf(officers, appeal.unit), () => text(said));
      }
    }
    return out.posts();
  },

  async kept(context) {
    for (const { before } of await closing(context)) {
      await take(NAME, before.number, context, async (issue) => (closed(issue, context) ? event(context) : null));
    }
  },
};

const event = (context: JobContext): ActEvent => ({ type: 'close', by: RULE, on: slotOf(context) });

/** The issue after this hour, where that ends its appeals. */
const closed = (issue: Issue, context: JobContext): Issue | null => {
  const after = advance(issue, event(context));
  return 'refused' in after || after.state !== 'decided' ? null : after;
};

const closing = async (context: JobContext) =>
  (await isListHome(context))
    ? (await issuesIn(['appeals'], context)).flatMap((before) => {
        const after = closed(before, context);
        return after ? [{ before, after }] : [];
      })
    : [];
