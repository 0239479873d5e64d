import { timesBetween } from '../src/domain/calendar.ts';
import { datesFrom, NOTICE_AT } from '../src/domain/list-dates.ts';
import { type Issue, publishable, RULE } from '../src/domain/lists.ts';
import type { Member, UnitId } from '../src/domain/organisation.ts';
import type { Job, JobContext } from '../src/job.ts';
import { text } from '../src/message.ts';
import { bundle, isListHome, issuesIn, slotOf, take } from '../src/wording/list-job.ts';
import { noticeReply } from '../src/wording/list-notices.ts';
import { isReachable, officersOf, reviewersIn } from '../src/wording/list-people.ts';
import { issueName } from '../src/wording/list-words.ts';
import { readReds, stillRed } from '../src/wording/read-lists.ts';

const NAME = 'list-notice';
const WEEK_MINUTES = 7 * 1440;

/**
 * On workdays: tells the officers of every unit on a confirmed list, privately, with the facts and how to appeal. The
 * time for appeals begins only once they are told.
 */
export const listNotice: Job = {
  name: NAME,
  // Told later than at noon, they would have less time than they are promised: then it is told the next workday.
  catchUpMinutes: 180,
  // Once it is written down that they are told, they have to be: late is better than by what is published.
  expiresMinutes: WEEK_MINUTES,
  delivery: 'atLeastOnce',
  priority: 'procedure',

  due: ({ unit, calendar }, from, to) =>
    unit.parent !== null ? [] : timesBetween(NOTICE_AT, from, to).filter((at) => calendar.isWorkday(at.toPlainDate())),

  async run(context) {
    const { directory, calendar, settings, now, t } = context;
    const [units, officers, issues] = await Promise.all([directory.units(), directory.officers(), dueIn(context)]);
    const voice = { calendar, today: now.toPlainDate(), t };
    const out = bundle();
    for (const issue of issues) {
      const said = { dates: datesOf(context), isNamed: settings.listNames === 'on' };
      for (const row of publishable(issue)) {
        const unit = units.find(({ id }) => id === row.unit);
        const reds = unit && row.kind === 'warning' ? stillRed(row, await readReds(unit, context)) : [];
        out.tell(officersOf(officers, row.unit), () => noticeReply(issue, row, { ...said, reds }, voice));
      }
      const untold = untoldIn(issue, officers);
      const names = issue.rows.filter(({ unit }) => untold.includes(unit)).map(({ name }) => name);
      if (names.length > 0) {
        const said = t('list.untold', { name: issueName(issue, t), units: names.join(t('list.and')) });
        out.tell(reviewersIn(officers), () => text(said));
      }
    }
    return out.posts();
  },

  async kept(context) {
    const officers = await context.directory.officers();
    const on = slotOf(context);
    for (const { number } of await dueIn(context)) {
      await take(NAME, number, context, async (issue) => ({
        ...{ type: 'notice', by: RULE, on, untold: untoldIn(issue, officers), dates: datesOf(context) },
      }));
    }
  },
};

const dueIn = async (context: JobContext): Promise<readonly Issue[]> =>
  (await isListHome(context))
    ? (await issuesIn(['confirmed'], context)).filter(
        ({ noticeOn }) => noticeOn !== null && noticeOn <= slotOf(context),
      )
    : [];

const datesOf = ({ at, settings, calendar }: JobContext) =>
  datesFrom(at.toPlainDate(), { filing: settings.appealWorkdays, decision: settings.decisionWorkdays }, calendar);

/** Warned units of which nobody can be told first: nobody is put on a warning list behind their back. */
const untoldIn = (issue: Issue, officers: readonly Member[]): readonly UnitId[] =>
  publishable(issue)
    .filter(({ kind, unit }) => kind === 'warning' && !officersOf(officers, unit).some(isReachable))
    .map(({ unit }) => unit);
