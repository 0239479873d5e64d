import { timesBetween } from '../src/domain/calendar.ts';
import { DRAFT_AT, isDraftDay, periodBefore } from '../src/domain/list-dates.ts';
import { type Issue, publishable, RULE } from '../src/domain/lists.ts';
import { holds } from '../src/domain/roles.ts';
import type { Job, JobContext } from '../src/job.ts';
import { text } from '../src/message.ts';
import { bundle, isListHome, issuesIn, slotCause, slotOf, take } from '../src/wording/list-job.ts';
import { draftReply } from '../src/wording/list-notices.ts';
import { officersOf, reviewersIn } from '../src/wording/list-people.ts';
import { issueName } from '../src/wording/list-words.ts';
import { readDraft } from '../src/wording/read-lists.ts';

const NAME = 'list-draft';
/** A week: a draft that waits harms nobody, and whoever died before telling of it tells it later. */
const WEEK_MINUTES = 7 * 1440;

/**
 * On the first workday of a month or quarter: drafts the lists of the last one by rule, for the reviewers. Without a
 * reviewer nothing is drafted; the administrators are told once.
 */
export const listDraft: Job = {
  name: NAME,
  catchUpMinutes: WEEK_MINUTES,
  expiresMinutes: WEEK_MINUTES,
  delivery: 'atLeastOnce',
  priority: 'procedure',

  due: ({ unit, settings, calendar }, from, to) =>
    unit.parent !== null
      ? []
      : timesBetween(DRAFT_AT, from, to).filter((at) => isDraftDay(at.toPlainDate(), settings.listEvery, calendar)),

  async run(context) {
    const { directory, calendar, now, t } = context;
    if (!(await isListHome(context))) return [];
    const officers = await directory.officers();
    const reviewers = reviewersIn(officers);
    const out = bundle();
    if (reviewers.length === 0) {
      if (await isAdminToBeTold(context)) {
        const admins = officers.filter((one) => holds(one, 'admin', null));
        out.tell(admins, () => text(t('list.no-reviewer-told')));
      }
      return out.posts();
    }
    const drafted = await draft(context);
    if (!drafted) return [];
    for (const issue of drafted.lapsed.filter(({ dates }) => dates !== null)) {
      const said = t('list.ended-told', { name: issueName(issue, t) });
      for (const { unit } of publishable(issue)) out.tell(officersOf(officers, unit), () => text(said));
    }
    const lapsed = drafted.lapsed.map(({ number }) => number);
    const voice = { calendar, today: now.toPlainDate(), t };
    out.tell(reviewers, () => draftReply(drafted.issue, { isYours: false, lapsed }, voice));
    return out.posts();
  },

  async kept(context) {
    const isNobody = reviewersIn(await context.directory.officers()).length === 0;
    if (!isNobody || !(await isListHome(context)) || !(await isAdminToBeTold(context))) return;
    await context.lists.noteNoReviewer(slotCause(NAME, context, 'no-reviewer'));
  },
};

/** Once, and only where there would have been something to draft. */
const isAdminToBeTold = async (context: JobContext): Promise<boolean> =>
  !(await context.lists.wasToldNoReviewer()) && (await readDraft(RULE, periodOf(context), context)) !== null;

const periodOf = ({ now, settings }: JobContext) => periodBefore(now.toPlainDate(), settings.listEvery);

/** The issue that this slot drafted, now or when it ran before; null when there is none to tell of. */
const draft = async (
  context: JobContext,
): Promise<{ readonly issue: Issue; readonly lapsed: readonly Issue[] } | null> => {
  const { lists } = context;
  const made = await readDraft(RULE, periodOf(context), context);
  if (!made) return null;
  const outcome = await lists.draft(made.basis, made.event, slotCause(NAME, context, 'draft'));
  const issue = 'issue' in outcome ? outcome.issue : await lists.issue(outcome.before);
  if (issue?.draftedBy !== RULE || issue.draftedOn !== slotOf(context)) return null;

  // What nobody signed before the next one is due will not be published any more. What is signed waits for its minute.
  const older = (await issuesIn(['draft', 'confirmed', 'appeals', 'decided', 'ended'], context)).filter(
    ({ number, period }) => number !== issue.number && period.to.toString() < issue.period.from.toString(),
  );
  const lapsed: Issue[] = [];
  for (const one of older) {
    const ended = hasEndedHere(one, context) ? one : await end(one, context);
    if (ended) lapsed.push(ended);
  }
  return { issue, lapsed };
};

const end = ({ number }: Issue, context: JobContext): Promise<Issue | null> =>
  take(NAME, number, context, async ({ state }) =>
    state === 'signed' ? null : { type: 'lapse', by: RULE, on: slotOf(context) },
  );

/** It was ended by this slot, which died before it told of it. */
const hasEndedHere = ({ history }: Issue, context: JobContext): boolean => {
  const last = history.at(-1);
  return last?.type === 'lapse' && last.on === slotOf(context);
};
