/** What inspectors and reviewers do with an issue. */

import { Temporal } from 'temporal-polyfill';
import { noticeOn, periodBefore, publishOnFor } from '../domain/list-dates.ts';
import type { ListOrder, ListText } from '../domain/list-text.ts';
import { type Issue, issueLabel } from '../domain/lists.ts';
import { holds } from '../domain/roles.ts';
import { settingsOf } from '../domain/settings.ts';
import { UserError } from '../errors.ts';
import { text } from '../message.ts';
import type { ListAnswer, ListTalk } from './list-context.ts';
import { corrected, kept } from './list-errors.ts';
import { draftReply } from './list-notices.ts';
import { decidersOf, isOf, reviewersIn } from './list-people.ts';
import { rowAhead, rowNamed } from './list-rows.ts';
import { doneBy, homeOf, mustHold, reasonFor, stepOn, tellAll, tellListed } from './list-step.ts';
import { issueName, minuteWords, periodWords } from './list-words.ts';
import { readDraft } from './read-lists.ts';

type Drafting = Extract<ListText, { kind: 'draft' }>;

/** `/红黑榜 起草 11月`: whoever drafts by hand does not sign. */
export const draftByHand = async ({ period: asked }: Drafting, context: ListTalk): Promise<ListAnswer> => {
  const { me, member, lists, directory, calendar, cause, today, t } = context;
  if (!holds(member, 'inspector', null) && !holds(member, 'reviewer', null)) {
    const roles = [t('role.inspector'), t('role.reviewer')].join(t('list.and'));
    throw new UserError('list.only', { act: t('list.act', { act: 'draft' }), roles });
  }
  const home = await homeOf(context);
  const { listEvery } = settingsOf(home);
  const period = asked ?? periodBefore(today, listEvery);
  const said = periodWords(period, t);
  if (period.to.toString() >= today.toString()) throw new UserError('list.not-over', { period: said });
  // A red is red now: of a month long past it would tell something that nobody meant.
  const recent = [periodBefore(today, 'monthly'), periodBefore(today, 'quarterly')];
  if (!recent.some(({ from, to }) => from.equals(period.from) && to.equals(period.to))) {
    throw new UserError('list.too-old', { period: said, last: periodWords(recent[0] ?? period, t) });
  }
  const reviewers = reviewersIn(await directory.officers());
  const others = reviewers.filter(({ id }) => id !== me);
  if (others.length === 0) throw new UserError(reviewers.length === 0 ? 'list.no-reviewer' : 'list.no-other-reviewer');

  const made = await readDraft(me, period, context);
  if (!made) throw new UserError('list.nothing', { period: said });
  const outcome = await lists.draft(made.basis, made.event, cause);
  if ('before' in outcome) throw new UserError('list.before', { period: said, label: issueLabel(outcome.before) });
  const voice = { calendar, today, t };
  await tellAll('list-draft', others, draftReply(outcome.issue, { isYours: false }, voice), context, home.id);
  return { privately: draftReply(outcome.issue, { isYours: true }, voice) };
};

/** `/红黑榜 L-03 去掉 白石镇 理由:…`, 恢复, 确认, 签发, 撤回, 更正. */
export const actOn = async (said: ListOrder, context: ListTalk): Promise<ListAnswer> => {
  mustHold('reviewer', context, context.t('list.act', { act: said.act }));
  switch (said.act) {
    case 'strike':
    case 'restore':
      return struck(said, context);
    case 'confirm':
      return confirmed(said, context);
    case 'sign':
      return signed(said, context);
    case 'withdraw':
      return withdrawn(said, context);
    case 'correct':
      return corrected(said, context);
    case 'keep':
      return kept(said, context);
  }
};

const struck = async ({ number, act, unit, reason }: ListOrder, context: ListTalk): Promise<ListAnswer> => {
  const { member, t } = context;
  const label = issueLabel(number);
  const example = t('list.strike-example', { label, act: act === 'strike' ? 'strike' : 'restore', unit });
  const named = ({ rows }: Issue) =>
    (reason === '' ? rowAhead(rows, unit) : null) ?? { row: rowNamed(rows, unit, label, t), rest: reason };
  const issue = await stepOn(number, context, async (issue) => {
    const { row, rest } = named(issue);
    if (isOf(member, row.unit)) throw new UserError('list.own-unit', { unit: row.name });
    const type = act === 'strike' ? 'strike' : 'restore';
    return { event: { type, ...doneBy(context), unit: row.unit }, words: reasonFor(rest, example) };
  });
  const { name } = named(issue).row;
  return { privately: text(t('list.struck', { label, unit: name, act: act === 'strike' ? 'strike' : 'restore' })) };
};

const confirmed = async ({ number }: ListOrder, context: ListTalk): Promise<ListAnswer> => {
  const { now, calendar, today, directory, t } = context;
  const issue = await stepOn(number, context, async ({ draftedOn }) => {
    const drafted = Temporal.PlainDateTime.from(draftedOn).toPlainDate();
    const event = { type: 'confirm' as const, ...doneBy(context) };
    return { event: { ...event, noticeOn: noticeOn(drafted, now.toPlainDateTime(), calendar) } };
  });
  const officers = await directory.officers();
  const isAnybody = issue.rows.every(({ unit }) => decidersOf(issue, unit, officers).length > 0);
  const on = minuteWords(issue.noticeOn ?? issue.draftedOn, today, t);
  const { appealWorkdays, decisionWorkdays } = settingsOf(await homeOf(context));
  const said = { label: issueLabel(number), on, filing: appealWorkdays, decision: decisionWorkdays };
  return { privately: text(t('list.confirmed', { ...said, deciders: isAnybody ? 'yes' : 'no' })) };
};

const signed = async ({ number }: ListOrder, context: ListTalk): Promise<ListAnswer> => {
  const { now, calendar, today, t } = context;
  const issue = await stepOn(number, context, async ({ dates, draftedOn }) => ({
    event: {
      type: 'sign',
      ...doneBy(context),
      publishOn: publishOnFor(dates?.publishOn ?? draftedOn, now.toPlainDateTime(), calendar),
    },
  }));
  const on = minuteWords(issue.dates?.publishOn ?? issue.draftedOn, today, t);
  return { privately: text(t('list.signed', { label: issueLabel(number), on })) };
};

const withdrawn = async ({ number, reason, unit }: ListOrder, context: ListTalk): Promise<ListAnswer> => {
  const { t } = context;
  const label = issueLabel(number);
  const issue = await stepOn(number, context, async () => ({
    event: { type: 'withdraw', ...doneBy(context) },
    words: reasonFor(reason || unit, t('list.withdraw-example', { label })),
  }));
  // Whoever was told of the list is told that there is none.
  const home = await homeOf(context);
  if (issue.dates) await tellListed(issue, t('list.ended-told', { name: issueName(issue, t) }), home.id, context);
  return { privately: text(t('list.withdrawn', { label })) };
};
