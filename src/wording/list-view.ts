/** Who sees what of an issue: before it is published only those who work on it, and the units that were told. */

import type { ListPeriod } from '../domain/list-dates.ts';
import { type Issue, issueLabel, type ListKind, standingOf } from '../domain/lists.ts';
import { fullLabel } from '../domain/people.ts';
import { settingsOf } from '../domain/settings.ts';
import { UserError } from '../errors.ts';
import { list, type Reply, text } from '../message.ts';
import type { IssueBrief } from '../ports.ts';
import type { ListAnswer, ListTalk } from './list-context.ts';
import { confirmButton, finalReply, noticeReply } from './list-notices.ts';
import { isOfficerOf, mayReadWarned, signersOf, worksOnLists } from './list-people.ts';
import { publishedReply } from './list-published.ts';
import { homeOf } from './list-step.ts';
import { factBlocks, issueName, listFooter, minuteWords, periodWords, rowWords } from './list-words.ts';
import { readReds, stillRed } from './read-lists.ts';

const isOut = ({ state }: IssueBrief): boolean => state === 'published' || state === 'corrected';

/** The newest published issue; for those who work on the lists, also what is under way. */
export const newestIssue = async (only: ListKind | null, context: ListTalk): Promise<ListAnswer> => {
  const { lists, member, message, t } = context;
  const all = await lists.all();
  const newest = all.filter(isOut).at(-1);
  const isPrivate = message.chat.kind === 'direct';
  const open = all.filter((brief) => !isOut(brief) && brief.state !== 'ended');
  const asked = [...open, ...(newest ? [newest] : [])];
  const lines = isPrivate && only === null && worksOnLists(member) ? await openLines(asked, context) : [];
  if (newest) {
    const shown = await viewIssue(newest.number, only, context);
    return 'privately' in shown ? shown : [...(lines.length > 0 ? list(lines) : []), ...shown];
  }
  return [...text(t('list.none-yet')), ...(lines.length > 0 ? list(lines) : [])];
};

const openLines = async (briefs: readonly IssueBrief[], { lists, t }: ListTalk): Promise<string[]> => {
  const issues = await Promise.all(briefs.map(({ number }) => lists.issue(number)));
  return issues.flatMap((issue) => {
    if (!issue) return [];
    const said = { name: issueName(issue, t), label: issueLabel(issue.number) };
    if (issue.published === null) return [t('list.open-line', { ...said, state: issue.state })];
    const waiting = issue.raised.filter(({ outcome }) => outcome === 'open').map(({ unit }) => unit);
    return issue.rows
      .filter(({ unit }) => waiting.includes(unit))
      .map((row) => t('list.raised-open', { ...said, unit: row.name }));
  });
};

/** Something is to be done with an issue that is not named: those that it may be. */
export const whichIssue = async (act: string, context: ListTalk): Promise<ListAnswer> => {
  const { lists, member, t } = context;
  const all = await lists.all();
  const open = all.filter((brief) => !isOut(brief) && brief.state !== 'ended');
  const known = worksOnLists(member) ? (open.at(-1) ?? all.findLast(isOut)) : all.findLast(isOut);
  const said = t('list.which', { example: t('list.which-example', { label: issueLabel(known?.number ?? 3), act }) });
  const lines = worksOnLists(member) ? await openLines(open, context) : [];
  return { privately: [...text(said), ...(lines.length > 0 ? list(lines) : [])] };
};

/** The issue of a period, as it was published. */
export const viewPeriod = async (period: ListPeriod, only: ListKind | null, context: ListTalk): Promise<ListAnswer> => {
  const { lists, member, today, t } = context;
  const [from, to] = [period.from.toString(), period.to.toString()];
  const found = (await lists.all()).filter((one) => one.from === from && one.to === to);
  const shown =
    found.find(isOut) ?? (worksOnLists(member) ? found.findLast(({ state }) => state !== 'ended') : undefined);
  if (shown) return viewIssue(shown.number, only, context);
  const time = from > today.toString() ? 'future' : to >= today.toString() ? 'running' : 'past';
  throw new UserError('list.no-period', { period: periodWords(period, t), time });
};

export const viewIssue = async (number: number, only: ListKind | null, context: ListTalk): Promise<ListAnswer> => {
  const { lists, directory, message, member, calendar, today, t } = context;
  const label = issueLabel(number);
  const issue = await lists.issue(number);
  // What is there but not published looks like what is not there, in a group too.
  const unknown = { privately: text(t('list.unknown', { label })) };
  if (!issue) return unknown;
  const voice = { calendar, today, t };
  if (issue.published) {
    const isPrivate = message.chat.kind === 'direct';
    const names = issue.published.isNamed || (isPrivate && mayReadWarned(member));
    const signed = isPrivate && issue.signedBy ? await directory.member(issue.signedBy) : null;
    const signer = signed ? (signed.name ?? fullLabel(signed)) : null;
    return publishedReply(issue, { only, names, signer }, await lists.words(number), voice);
  }
  if (worksOnLists(member)) return { privately: await underWay(issue, context) };
  const mine = issue.dates && issue.state !== 'ended' ? await ownNotices(issue, context) : [];
  return mine.length === 0 ? unknown : { privately: mine };
};

/** To those who work on it: each row with its facts and what became of it, and what comes next. */
const underWay = async (issue: Issue, { lists, directory, me, calendar, today, t }: ListTalk): Promise<Reply> => {
  const words = await lists.words(issue.number);
  // What others are to press is no button.
  const isSigner = signersOf(issue, await directory.officers()).some(({ id }) => id === me);
  if (issue.state === 'decided') {
    const shown = finalReply(issue, { words, isLate: false }, { calendar, today, t });
    return isSigner ? shown : shown.filter(({ kind }) => kind !== 'buttons');
  }
  const said = (minute: string | null | undefined) => (minute ? minuteWords(minute, today, t) : '');
  const next = t('list.state', {
    label: issueLabel(issue.number),
    state: issue.state,
    noticeOn: said(issue.noticeOn),
    fileBy: said(issue.dates?.fileBy),
    decideBy: said(issue.dates?.decideBy),
    publishOn: said(issue.dates?.publishOn),
  });
  return [
    ...text(t('list.status-title', { name: issueName(issue, t) })),
    ...factBlocks(issue, words, t),
    ...(isSigner && issue.state === 'draft' ? [confirmButton(issue, t)] : []),
    ...text([next, listFooter(issue, calendar, t)].join('\n')),
  ];
};

/** To an officer of a unit that was told: its own row again. */
const ownNotices = async (issue: Issue, context: ListTalk): Promise<Reply> => {
  const { directory, member, calendar, today, t } = context;
  const [units, home] = await Promise.all([directory.units(), homeOf(context)]);
  const { dates } = issue;
  if (dates === null) return [];
  // What the reviewer took off, or nobody could be told of, the unit never heard of.
  const rows = issue.rows.filter(
    ({ unit }) => isOfficerOf(member, unit) && !['struck', 'untold'].includes(standingOf(issue, unit)),
  );
  const notices = rows.map(async (row) => {
    const standing = standingOf(issue, row.unit);
    if (standing !== 'listed') {
      const said = t('list.row-standing', { row: rowWords(row, t), standing, reason: '' });
      return text([t('list.own-title', { name: issueName(issue, t), kind: row.kind }), said].join('\n'));
    }
    const unit = units.find(({ id }) => id === row.unit);
    const reds = unit && row.kind === 'warning' ? stillRed(row, await readReds(unit, context)) : [];
    const isNamed = settingsOf(home).listNames === 'on';
    return noticeReply(issue, row, { dates, reds, isNamed }, { calendar, today, t });
  });
  return (await Promise.all(notices)).flat();
};
