/** A person takes an issue a step on, or is told what stands in the way. */

import { listed, minuteText } from '../domain/list-dates.ts';
import type { ActEvent } from '../domain/list-events.ts';
import { advance, type ListRule } from '../domain/list-rules.ts';
import { type Issue, issueLabel, publishable } from '../domain/lists.ts';
import type { Member, Unit } from '../domain/organisation.ts';
import type { Refusal } from '../domain/refusal.ts';
import { holds, type Role } from '../domain/roles.ts';
import { saysSomething } from '../domain/visible.ts';
import { UserError } from '../errors.ts';
import { type Reply, text } from '../message.ts';
import type { ListAnswer, ListTalk } from './list-context.ts';
import { finalReply } from './list-notices.ts';
import { handsIn, officersOf, signersOf } from './list-people.ts';
import { minuteWords } from './list-words.ts';

export type Step = { readonly event: ActEvent; readonly words?: string };

/** Throws UserError when there is no such issue or it may not go on like that. */
export const stepOn = async (
  number: number,
  context: ListTalk,
  decide: (issue: Issue, nextAppeal: number) => Promise<Step>,
): Promise<Issue> => {
  const { lists, directory, cause } = context;
  let seen: Issue | null = null;
  const outcome = await lists.act<Refusal<ListRule>>(number, cause, async (issue, nextAppeal) => {
    seen = issue;
    const [step, whoIs] = await Promise.all([decide(issue, nextAppeal), handsIn(issue, directory)]);
    const after = advance(issue, step.event, whoIs);
    return 'refused' in after ? after : step;
  });
  if (outcome === null) throw new UserError('list.unknown', { label: issueLabel(number) });
  if ('issue' in outcome) return outcome.issue;
  throw new UserError(`list.no.${outcome.refused}`, { ...wordsOf(outcome), ...dateWords(seen, context) });
};

const wordsOf = ({ values }: Refusal<ListRule>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? '' : value]));

const dateWords = (issue: Issue | null, { today, t }: ListTalk) => {
  const said = (minute: string | null | undefined) => (minute ? minuteWords(minute, today, t) : '');
  return {
    state: issue?.state ?? '',
    noticeOn: said(issue?.noticeOn),
    fileBy: said(issue?.dates?.fileBy),
    decideBy: said(issue?.dates?.decideBy),
    publishOn: said(issue?.dates?.publishOn),
  };
};

/** Whose settings rule the lists. */
export const homeOf = async ({ directory }: Pick<ListTalk, 'directory'>): Promise<Unit> => {
  const { home } = listed(await directory.units());
  if (!home) throw new UserError('list.no-units');
  return home;
};

/** Who acts, and at which local minute. */
export const doneBy = ({ me, now }: ListTalk): { readonly by: string; readonly on: string } => ({
  by: me,
  on: minuteText(now.toPlainDateTime()),
});

export const mustHold = (role: Role, { member, t }: ListTalk, act: string): void => {
  if (!holds(member, role, null)) throw new UserError('list.only', { act, roles: t(`role.${role}`) });
};

/** In a group, not even a refusal is said aloud: it would tell how an issue stands that nobody there may see yet. */
export const quietly = async (context: ListTalk, act: () => Promise<ListAnswer>): Promise<ListAnswer> => {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof UserError) || context.message.chat.kind === 'direct') throw error;
    return { privately: text(context.t(error.key, error.params)) };
  }
};

/** What has to be said with an act, or why one must say it. */
export const reasonFor = (reason: string, example: string): string => {
  if (!saysSomething(reason)) throw new UserError('list.reason', { example });
  return reason;
};

/** Tells people privately, as a part of the procedure: in the hours of their own unit, outside of its budget. */
export const tellAll = (
  kind: string,
  people: readonly Member[],
  reply: Reply,
  { tell, unit, chatUnit }: ListTalk,
  home: string,
): Promise<void> => {
  const where = unit?.id ?? chatUnit?.id ?? home;
  return tell(
    kind,
    people.map((to) => ({ to, unit: to.unit ?? where, reply, priority: 'procedure' as const })),
  );
};

/** The final form to whoever may sign it, once the last appeal is decided. */
export const tellSigners = async (issue: Issue, home: string, context: ListTalk): Promise<void> => {
  const { lists, directory, calendar, today, t } = context;
  const [officers, words] = await Promise.all([directory.officers(), lists.words(issue.number)]);
  const reply = finalReply(issue, { words, isLate: false }, { calendar, today, t });
  await tellAll('list-final', signersOf(issue, officers), reply, context, home);
};

/** All officers of the units that would have been published. */
export const tellListed = async (issue: Issue, said: string, home: string, context: ListTalk): Promise<void> => {
  const officers = await context.directory.officers();
  const people = publishable(issue).flatMap(({ unit }) => officersOf(officers, unit));
  await tellAll('list-ended', [...new Set(people)], text(said), context, home);
};
