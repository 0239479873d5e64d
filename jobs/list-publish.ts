import { Temporal } from 'temporal-polyfill';
import { timesBetween } from '../src/domain/calendar.ts';
import { listed, PUBLISH_AT } from '../src/domain/list-dates.ts';
import type { ActEvent } from '../src/domain/list-events.ts';
import { type Issue, publishable, RULE, rowsOf } from '../src/domain/lists.ts';
import { minuteOf } from '../src/domain/slot.ts';
import type { Job, JobContext } from '../src/job.ts';
import { chatOf, text } from '../src/message.ts';
import { bundle, isListHome, issuesIn, listChats, slotOf, take } from '../src/wording/list-job.ts';
import { finalReply } from '../src/wording/list-notices.ts';
import { isReachable, leadersOf, officersOf, signersOf } from '../src/wording/list-people.ts';
import { groupPost, leadersPost } from '../src/wording/list-published.ts';
import { issueName, minuteWords, periodWords } from '../src/wording/list-words.ts';
import { readCauses } from '../src/wording/read-lists.ts';

const NAME = 'list-publish';
/** What is signed and written down goes out late rather than never: until the next lists are. */
const MONTH_MINUTES = 31 * 1440;
/** As long as posts are known after they were settled: a slot that died in between would post them twice after that. */
const KNOWN_MINUTES = 48 * 60;

/**
 * On workdays: publishes what is signed, both lists in one post, without whatever has been repaired meanwhile. It is
 * written down before it is posted, and only the slot that wrote it down posts it: once or not at all.
 */
export const listPublish: Job = {
  name: NAME,
  // What no slot has written down in that time, the next one publishes.
  catchUpMinutes: KNOWN_MINUTES,
  // The slot that wrote it down is the one that has to post it, also when others were missed after it.
  catchUpEach: true,
  expiresMinutes: MONTH_MINUTES,
  delivery: 'atMostOnce',
  priority: 'procedure',

  due: ({ unit, calendar }, from, to) =>
    unit.parent !== null ? [] : timesBetween(PUBLISH_AT, from, to).filter((at) => calendar.isWorkday(at.toPlainDate())),

  async run(context) {
    if (!(await isListHome(context))) return [];
    const { directory, lists, calendar, now, t } = context;
    for (const { number } of await issuesIn(['signed'], context)) {
      await take(NAME, number, context, (issue) => publication(issue, context));
    }

    const [units, officers] = await Promise.all([directory.units(), directory.officers()]);
    const voice = { calendar, today: now.toPlainDate(), t };
    const out = bundle();
    for (const issue of await issuesIn(['published', 'corrected'], context)) {
      if (issue.published?.slot !== slotOf(context)) continue;
      for (const chat of issue.published.chats) out.add(chatOf(chat), groupPost(issue, voice));
      if (rowsOf(issue.published.rows, 'warning').length > 0 && !issue.published.isNamed) {
        const { home, compared } = listed(units);
        const heard = [...(home ? [home] : []), ...compared];
        out.tell(leadersOf(heard, officers), () => leadersPost(issue, voice));
      }
      for (const row of issue.rows.filter(({ unit }) => issue.standings[unit] === 'repaired')) {
        const said = t('list.repaired-told', { unit: row.name, name: issueName(issue, t) });
        out.tell(officersOf(officers, row.unit), () => text(said));
      }
    }
    for (const issue of await unsure(context)) {
      const said = { name: issueName(issue, t), period: periodWords(issue.period, t) };
      const on = minuteWords(issue.published?.on ?? '', voice.today, t);
      out.tell(signersOf(issue, officers), () => text(t('list.unsure', { ...said, on })));
    }
    for (const issue of await unsigned(context)) {
      const words = await lists.words(issue.number);
      out.tell(signersOf(issue, officers), () => finalReply(issue, { words, isLate: true }, voice));
    }
    return out.posts();
  },

  async kept(context) {
    if (!(await isListHome(context))) return;
    const on = slotOf(context);
    const isMine = ({ posted, published }: Issue) => posted === null && published?.slot === on;
    const mine = (await issuesIn(['published', 'corrected'], context)).filter(isMine);
    const done = [
      ...mine.map(({ number }) => ({ number, isKnown: true })),
      ...(await unsure(context)).map(({ number }) => ({ number, isKnown: false })),
    ];
    for (const { number, isKnown } of done) {
      // Not the same step as the publication, which this very slot has written down.
      await take(`${NAME}-posted`, number, context, async () => ({ type: 'posted', by: RULE, on, isKnown }));
    }
    for (const { number } of await unsigned(context)) {
      await take(NAME, number, context, async () => ({ type: 'remind', by: RULE, on }));
    }
  },
};

/** What this slot would have published, had it been signed; its reviewer is reminded once. */
const unsigned = async (context: JobContext): Promise<readonly Issue[]> =>
  (await issuesIn(['decided'], context)).filter(
    ({ dates, isReminded }) => !isReminded && dates !== null && dates.publishOn <= slotOf(context),
  );

/** What a slot wrote down and did not live to post, once it is too late to be caught up: it may have gone out, or not. */
const unsure = async (context: JobContext): Promise<readonly Issue[]> =>
  (await issuesIn(['published', 'corrected'], context)).filter(({ published, posted }) => {
    if (published === null || posted !== null) return false;
    return minuteOf(context.at) - minuteOf(Temporal.PlainDateTime.from(published.slot)) > KNOWN_MINUTES;
  });

type Left = Extract<ActEvent, { type: 'publish' }>['left'][number];

const publication = async (issue: Issue, context: JobContext): Promise<ActEvent> => {
  const { directory, settings } = context;
  const [units, officers, causes] = await Promise.all([
    directory.units(),
    directory.officers(),
    readCauses(publishable(issue), context),
  ]);
  const left = causes.flatMap(({ row: { unit }, left }): Left[] => {
    if (left.length === 0) return [{ unit, why: 'repaired' }];
    return officersOf(officers, unit).some(isReachable) ? [] : [{ unit, why: 'untold' }];
  });
  const reds = causes.map(({ row, left }) => [
    row.unit,
    left.map(({ entry, index, redDays }) => ({ entry, index, redDays })),
  ]);
  return {
    type: 'publish',
    by: RULE,
    on: slotOf(context),
    slot: slotOf(context),
    isNamed: settings.listNames === 'on',
    chats: listChats(units),
    left,
    reds: Object.fromEntries(reds),
  };
};
