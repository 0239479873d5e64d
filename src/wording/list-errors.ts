/** An error of fact in what is published: the listed unit raises it, the reviewer puts it right, or says why it stands. */
import { Temporal } from 'temporal-polyfill';
import { correctableUntil } from '../domain/list-dates.ts';
import type { ListOrder } from '../domain/list-text.ts';
import { type Issue, issueLabel, type ListRow } from '../domain/lists.ts';
import { UserError } from '../errors.ts';
import { chatOf, text } from '../message.ts';
import type { ListAnswer, ListTalk } from './list-context.ts';
import { isOf, isReachable, officersOf, signersOf } from './list-people.ts';
import { correctionPost } from './list-published.ts';
import { rowAhead, rowNamed } from './list-rows.ts';
import { doneBy, homeOf, reasonFor, type Step, stepOn, tellAll } from './list-step.ts';
import { issueName, minuteWords, rowWords } from './list-words.ts';

/** Until when what was published may be put right. */
const until = (issue: Issue, { calendar }: ListTalk): string =>
  correctableUntil(Temporal.PlainDateTime.from(issue.published?.on ?? issue.draftedOn).toPlainDate(), calendar);

/** The step of a unit that finds its published row wrong. */
export const raising = (issue: Issue, row: ListRow, words: string, context: ListTalk): Step => ({
  event: { type: 'raise', ...doneBy(context), unit: row.unit, until: until(issue, context) },
  words,
});

/** Those who may put it right are told, and the unit that they are. */
export const raised = async (issue: Issue, context: ListTalk): Promise<ListAnswer> => {
  const { directory, lists, today, t } = context;
  const last = issue.raised.at(-1);
  const row = issue.rows.find(({ unit }) => unit === last?.unit);
  if (!last || !row) throw new TypeError(`nothing was raised about ${issueLabel(issue.number)}`);
  const reviewers = signersOf(issue, await directory.officers());
  const said = {
    ...{ label: issueLabel(issue.number), unit: row.name, until: minuteWords(until(issue, context), today, t) },
  };
  const reason = (await lists.words(issue.number)).get(last.step) ?? t('item.erased');
  const told = t('list.raised-told', {
    ...{ ...said, name: issueName(issue, t), kind: row.kind, fact: rowWords(row, t), reason },
  });
  await tellAll('list-raised', reviewers, text(told), context, (await homeOf(context)).id);
  return { privately: text(t('list.raised', { ...said, reviewers: reviewers.some(isReachable) ? 'yes' : 'no' })) };
};

/** An error of fact is put right where it stands: what was wrong, and what is right. */
export const corrected = async ({ number, unit, reason }: ListOrder, context: ListTalk): Promise<ListAnswer> => {
  const { calendar, lists, directory, member, announce, t } = context;
  const label = issueLabel(number);
  const words = reasonFor(reason || unit, t('list.correct-example', { label }));
  const issue = await stepOn(number, context, async (issue) => {
    const { published } = issue;
    const rows = published?.rows ?? [];
    // Half a command goes into no group: to take the row off, or to put words right?
    const ahead = reason === '' ? rowAhead(rows, unit) : null;
    if (ahead) throw new UserError('list.correct-how', { label, unit: ahead.row.name });
    const row = unit !== '' && reason !== '' && published ? rowNamed(rows, unit, label, t) : null;
    if (row && isOf(member, row.unit)) throw new UserError('list.own-unit', { unit: row.name });
    await mustNameNobody(words, issue, context);
    const event = { type: 'correct' as const, ...doneBy(context), unit: row?.unit ?? null };
    return { event: { ...event, until: until(issue, context) }, words };
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

/** What a unit raised does not hold: the row stands, and the unit is told why. */
export const kept = async ({ number, unit, reason }: ListOrder, context: ListTalk): Promise<ListAnswer> => {
  const { directory, member, t } = context;
  const label = issueLabel(number);
  const named = (issue: Issue) => {
    const rows = issue.published?.rows ?? [];
    const ahead = reason === '' ? rowAhead(rows, unit) : null;
    return ahead ?? { row: rowNamed(rows, unit, label, t), rest: reason };
  };
  const issue = await stepOn(number, context, async (issue) => {
    if (!issue.published) return { event: { type: 'keep', ...doneBy(context), unit: '' } };
    const { row, rest } = named(issue);
    if (isOf(member, row.unit)) throw new UserError('list.own-unit', { unit: row.name });
    const words = reasonFor(rest, t('list.keep-example', { label, unit: row.name }));
    return { event: { type: 'keep', ...doneBy(context), unit: row.unit }, words };
  });
  const { row, rest } = named(issue);
  const told = t('list.kept-told', { unit: row.name, name: issueName(issue, t), kind: row.kind, reason: rest });
  const officers = officersOf(await directory.officers(), row.unit);
  await tellAll('list-kept', officers, text(told), context, (await homeOf(context)).id);
  return { privately: text(t('list.kept', { label, unit: row.name })) };
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
