/** What inspectors and reviewers do with an issue. */

import { Temporal } from 'temporal-polyfill';
import { correctableUntil, listed, noticeOn, periodBefore, publishOnFor } from '../domain/list-dates.ts';
import type { ListText } from '../domain/list-text.ts';
import { type Issue, issueLabel, type ListRow } from '../domain/lists.ts';
import { echoed, nameKey } from '../domain/names.ts';
import type { Unit } from '../domain/organisation.ts';
import { holds } from '../domain/roles.ts';
import { settingsOf } from '../domain/settings.ts';
import { UserError } from '../errors.ts';
import { chatOf, text } from '../message.ts';
import type { ListAnswer, ListTalk } from './list-context.ts';
import { draftReply } from './list-notices.ts';
import { decidersOf, isOf, officersOf, reviewersIn } from './list-people.ts';
import { correctionPost } from './list-published.ts';
import { doneBy, mustHold, reasonFor, stepOn, tellAll, tellListed } from './list-step.ts';
import { issueName, minuteWords, periodWords } from './list-words.ts';
import { readDraft } from './read-lists.ts';

type Act = Extract<ListText, { kind: 'act' }>;
type Drafting = Extract<ListText, { kind: 'draft' }>;

export const homeOf = async ({ directory }: Pick<ListTalk, 'directory'>): Promise<Unit> => {
  const { home } = listed(await directory.units());
  if (!home) throw new UserError('list.no-units');
  return home;
};

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
export const actOn = async (said: Act, context: ListTalk): Promise<ListAnswer> => {
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
  }
};

const struck = async ({ number, act, unit, reason }: Act, context: ListTalk): Promise<ListAnswer> => {
  const { member, t } = context;
  const label = issueLabel(number);
  const example = t('list.strike-example', { label, act: act === 'strike' ? 'strike' : 'restore', unit });
  let meant: ListRow | null = null;
  const issue = await stepOn(number, context, async (issue) => {
    const row = rowNamed(issue.rows, unit, label, context);
    if (isOf(member, row.unit)) throw new UserError('list.own-unit', { unit: row.name });
    meant = row;
    const type = act === 'strike' ? 'strike' : 'restore';
    return { event: { type, ...doneBy(context), unit: row.unit }, words: reasonFor(reason, example) };
  });
  const name = (meant as ListRow | null)?.name ?? rowNamed(issue.rows, unit, label, context).name;
  return { privately: text(t('list.struck', { label, unit: name, act: act === 'strike' ? 'strike' : 'restore' })) };
};

const rowNamed = (rows: readonly ListRow[], unit: string, label: string, { t }: ListTalk): ListRow => {
  const units = rows.map(({ name }) => name).join(t('list.and'));
  if (unit === '') throw new UserError('list.which-unit', { label, units });
  const key = nameKey(unit);
  const row =
    rows.find(({ name }) => nameKey(name) === key) ?? rows.find(({ name }) => nameKey(name).endsWith(`/${key}`));
  if (!row) throw new UserError('list.not-on', { label, unit: echoed(unit), units });
  return row;
};

const confirmed = async ({ number }: Act, context: ListTalk): Promise<ListAnswer> => {
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

const signed = async ({ number }: Act, context: ListTalk): Promise<ListAnswer> => {
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

const withdrawn = async ({ number, reason, unit }: Act, context: ListTalk): Promise<ListAnswer> => {
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

/** An error of fact is put right where it stands: what was wrong, and what is right. */
const corrected = async ({ number, unit, reason }: Act, context: ListTalk): Promise<ListAnswer> => {
  const { calendar, lists, directory, announce, t } = context;
  const label = issueLabel(number);
  const example = t('list.correct-example', { label });
  const words = reasonFor(reason || unit, example);
  const issue = await stepOn(number, context, async (issue) => {
    const { published } = issue;
    const day = Temporal.PlainDateTime.from(published?.on ?? issue.draftedOn).toPlainDate();
    const isRow = unit !== '' && reason !== '' && published !== null;
    const row = isRow ? rowNamed(published.rows, unit, label, context) : null;
    await mustNameNobody(words, issue, context);
    const until = correctableUntil(day, calendar);
    return { event: { type: 'correct', ...doneBy(context), unit: row?.unit ?? null, until }, words };
  });
  const home = await homeOf(context);
  const said = await lists.words(number);
  const last = issue.corrections.at(-1);
  const reply = correctionPost(issue, (last && said.get(last.step)) ?? words, { calendar, t });
  const chats = issue.published?.chats ?? [];
  await announce(
    'list-correction',
    chats.map((chat) => ({ chat: chatOf(chat), unit: home.id, reply })),
  );
  const row = (issue.published?.rows ?? []).find(({ unit }) => unit === last?.unit);
  if (row) {
    const officers = officersOf(await directory.officers(), row.unit);
    const told = t('list.corrected-told', { unit: row.name, name: issueName(issue, t), kind: row.kind, reason: words });
    await tellAll('list-corrected', officers, text(told), context, home.id);
  }
  return { privately: text(t('list.corrected-done', { label, count: chats.length })) };
};

/** What goes into groups names no person, and no warned unit unless that was approved. */
const mustNameNobody = async (words: string, issue: Issue, { directory }: ListTalk): Promise<void> => {
  const isNamed = issue.published?.isNamed ?? false;
  const units = issue.rows.filter(({ kind }) => kind === 'warning' && !isNamed);
  const named = units.find(({ name }) => words.includes(name));
  if (named) throw new UserError('list.correct-unit', { unit: named.name });
  const people = await Promise.all(issue.rows.map(({ unit }) => directory.membersOf(unit)));
  const all = [...people.flat(), ...(await directory.officers())];
  const person = all.find(({ name }) => name !== null && [...name].length > 1 && words.includes(name));
  if (person) throw new UserError('list.correct-person', { who: person.name ?? '' });
};
