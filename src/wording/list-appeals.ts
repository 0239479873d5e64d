/** The right of reply: a unit appeals, somebody who had no hand in the list decides. */

import { type AppealText, withReason } from '../domain/list-text.ts';
import { appealLabel, type Issue, issueLabel, type ListRow } from '../domain/lists.ts';
import { nameKey } from '../domain/names.ts';
import { UserError } from '../errors.ts';
import { list, type Reply, text } from '../message.ts';
import type { ListAnswer, ListTalk } from './list-context.ts';
import { raised, raising } from './list-errors.ts';
import { decidersOf, isOf, isOfficerOf, isReachable, officersOf } from './list-people.ts';
import { doneBy, homeOf, mustHold, reasonFor, stepOn, tellAll, tellSigners } from './list-step.ts';
import { issueName, minuteWords, rowWords } from './list-words.ts';

type Filing = Extract<AppealText, { kind: 'file' }>;
type Deciding = Extract<AppealText, { kind: 'decide' }>;

/** `/申诉 L-03 理由…`, by an officer of the listed unit. Once it is published, it goes to the reviewer as an error of fact. */
export const fileAppeal = async ({ number, text: typed }: Filing, context: ListTalk): Promise<ListAnswer> => {
  const { directory, today, t } = context;
  const label = issueLabel(number);
  const issue = await stepOn(number, context, async (issue, next) => {
    // Of what the units have not been told, nobody learns by asking.
    if (issue.dates === null || issue.state === 'ended') throw new UserError('list.unknown', { label });
    const { row, reason } = await own(issue, typed, context);
    const words = reasonFor(reason, t('list.appeal-example', { label }));
    if (issue.published) return raising(issue, row, words, context);
    return { event: { type: 'appeal', ...doneBy(context), number: next, unit: row.unit }, words };
  });
  if (issue.history.at(-1)?.type === 'raise') return raised(issue, context);
  const appeal = issue.appeals.at(-1);
  const row = issue.rows.find(({ unit }) => unit === appeal?.unit);
  if (!appeal || !row) throw new TypeError(`${label} has no appeal`);
  const said = {
    label: issueLabel(number),
    appeal: appealLabel(appeal.number),
    unit: row.name,
    decideBy: minuteWords(issue.dates?.decideBy ?? issue.draftedOn, today, t),
  };
  const deciders = decidersOf(issue, row.unit, await directory.officers());
  const home = await homeOf(context);
  await tellAll('appeal', deciders, await appealReply(issue, appeal.number, context), context, home.id);
  const isAnybody = deciders.some(isReachable);
  return { privately: text(t('list.appealed', { ...said, deciders: isAnybody ? 'yes' : 'no' })) };
};

/** Which of the sender's units is meant, and the reason. */
const own = async (
  issue: Issue,
  typed: string,
  { member, directory, t }: ListTalk,
): Promise<{ readonly row: ListRow; readonly reason: string }> => {
  const label = issueLabel(issue.number);
  const mine = issue.rows.filter(({ unit }) => isOfficerOf(member, unit));
  const said = nameKey(typed);
  const [only, second] = mine;
  const named = issue.rows.filter(({ name }) => said.startsWith(nameKey(name)));
  if (!only) {
    const units = await directory.units();
    const unit = units.find(({ id }) => isOfficerOf(member, id));
    if (unit && named.length === 0) throw new UserError('list.no.appeal-not-listed', { label, unit: unit.name });
    throw new UserError('list.appeal-not-yours', { label });
  }
  const meant = second ? mine.filter((row) => named.includes(row)) : [only];
  const [row, other] = meant;
  if (!row || other) {
    const units = mine.map(({ name }) => name);
    throw new UserError('list.appeal-which', { label, units: units.join(t('list.and')), example: only.name });
  }
  const rest = named.includes(row) ? typed.slice(row.name.length).replace(/^[\s,:，：、]+/u, '') : typed;
  const { said: before, reason } = withReason(rest);
  return { row, reason: reason === '' ? before : reason };
};

/** An appeal with the facts of its row, for whoever may decide it. */
const appealReply = async (issue: Issue, number: number, { lists, today, t }: ListTalk): Promise<Reply> => {
  const appeal = issue.appeals.find((one) => one.number === number);
  const row = issue.rows.find(({ unit }) => unit === appeal?.unit);
  const words = await lists.words(issue.number);
  const said = {
    appeal: appealLabel(number),
    name: issueName(issue, t),
    unit: row?.name ?? '',
    kind: row?.kind ?? 'warning',
    fact: row ? rowWords(row, t) : '',
    reason: (appeal && words.get(appeal.step)) ?? t('item.erased'),
    decideBy: minuteWords(issue.dates?.decideBy ?? issue.draftedOn, today, t),
  };
  return [
    ...text(t('list.appeal-told', said)),
    {
      kind: 'buttons',
      buttons: [
        { text: t('list.uphold-button'), command: t('list.uphold-command', { appeal: said.appeal }) },
        { text: t('list.reject-button'), command: t('list.reject-command', { appeal: said.appeal }) },
      ],
    },
  ];
};

/** `/申诉 A-02 采纳|驳回 理由…`, by somebody who had no hand in the list. */
export const decideAppeal = async (said: Deciding, context: ListTalk): Promise<ListAnswer> => {
  const { number, isUpheld, reason } = said;
  const { lists, member, directory, t } = context;
  const label = appealLabel(number);
  mustHold('appealDecider', context, t('list.act', { act: 'decide' }));
  const at = await lists.issueOfAppeal(number);
  if (at === null) throw new UserError('list.no.appeal-unknown', { appeal: label });
  if (isUpheld === null) throw new UserError('list.decide-which', { appeal: label });
  const words = reasonFor(reason, t('list.decide-example', { appeal: label }));
  const issue = await stepOn(at, context, async (issue) => {
    const unit = issue.appeals.find((one) => one.number === number)?.unit ?? '';
    if (isOf(member, unit)) throw new UserError('list.decide-own-unit', { appeal: label });
    return { event: { type: 'decide', ...doneBy(context), number, isUpheld }, words };
  });
  const appeal = issue.appeals.find((one) => one.number === number);
  const row = issue.rows.find(({ unit }) => unit === appeal?.unit);
  const home = await homeOf(context);
  const told = {
    appeal: label,
    name: issueName(issue, t),
    unit: row?.name ?? '',
    kind: row?.kind ?? 'warning',
    outcome: isUpheld ? 'upheld' : 'rejected',
  };
  const people = officersOf(await directory.officers(), appeal?.unit ?? '');
  await tellAll('appeal-decided', people, text(t('list.decided-told', { ...told, reason: words })), context, home.id);
  if (issue.state === 'decided') await tellSigners(issue, home.id, context);
  return { privately: text(t('list.decided', told)) };
};

/** `/申诉` alone: what waits for the sender's decision, and what became of the appeals of the sender's units. */
export const appealsWaiting = async (context: ListTalk): Promise<ListAnswer> => {
  const { lists, member, me, directory, t } = context;
  const officers = await directory.officers();
  const briefs = (await lists.all()).filter(({ state }) => state !== 'ended').slice(-MOST_ISSUES);
  const issues = (await Promise.all(briefs.map(({ number }) => lists.issue(number)))).filter((one) => one !== null);
  const lines: Reply[] = [];
  const mine: string[] = [];
  for (const issue of issues) {
    for (const appeal of issue.appeals) {
      const isToDecide = decidersOf(issue, appeal.unit, officers).some(({ id }) => id === me);
      if (appeal.outcome === 'open' && isToDecide) lines.push(await appealReply(issue, appeal.number, context));
      const row = issue.rows.find(({ unit }) => unit === appeal.unit);
      if (!isOfficerOf(member, appeal.unit) || !row) continue;
      const said = { appeal: appealLabel(appeal.number), name: issueName(issue, t), unit: row.name };
      mine.push(t('list.appeal-line', { ...said, outcome: appeal.outcome }));
    }
    for (const { unit, outcome } of issue.raised) {
      const row = issue.rows.find((one) => one.unit === unit);
      if (!isOfficerOf(member, unit) || !row) continue;
      mine.push(t('list.raised-line', { name: issueName(issue, t), unit: row.name, outcome }));
    }
  }
  const reply = [...lines.flat(), ...(mine.length > 0 ? list(mine) : [])];
  return { privately: reply.length > 0 ? reply : text(t('list.no-appeals')) };
};

const MOST_ISSUES = 6;
