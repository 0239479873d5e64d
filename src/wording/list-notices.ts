/** What is said privately of an issue before it is published: to the reviewer, and first of all to those listed. */
import type { Calendar, Day } from '../domain/calendar.ts';
import {
  type Issue,
  issueLabel,
  type ListDates,
  type ListRow,
  listKinds,
  publishable,
  rowsOf,
} from '../domain/lists.ts';
import { inTenths } from '../domain/score.ts';
import type { Translate } from '../i18n.ts';
import { type Block, list, type Reply, text, toned } from '../message.ts';
import { factBlocks, issueName, listBlocks, listFooter, minuteWords, redLines, rowWords } from './list-words.ts';
import type { RedFacts } from './read-lists.ts';

export type ListVoice = { readonly calendar: Calendar; readonly today: Day; readonly t: Translate };

const button = (label: string, command: string): Block => ({
  kind: 'buttons',
  buttons: [{ text: label, command }],
});

export const confirmButton = ({ number }: Issue, t: Translate): Block => {
  const label = issueLabel(number);
  return button(t('list.confirm-button', { label }), t('list.confirm-command', { label }));
};

/** The draft, for whoever may confirm it. `isYours`: whoever reads it drafted it, and may not. */
export const draftReply = (
  issue: Issue,
  { isYours, lapsed = [] }: { readonly isYours: boolean; readonly lapsed?: readonly number[] },
  { calendar, t }: ListVoice,
): Reply => {
  const label = issueLabel(issue.number);
  const [example] = [...rowsOf(issue.rows, 'warning'), ...rowsOf(issue.rows, 'honour')];
  const hint = isYours ? t('list.draft-yours') : t('list.draft-hint', { label, unit: example?.name ?? '' });
  return [
    ...text(
      t('list.draft-title', {
        name: issueName(issue, t),
        by: isYours ? 'you' : issue.draftedBy === 'rule' ? 'rule' : 'hand',
      }),
    ),
    ...factBlocks(issue, new Map(), t),
    ...leftOutNotes(issue, t),
    ...(lapsed.length > 0 ? text(t('list.lapsed', { labels: lapsed.map(issueLabel).join(t('list.and')) })) : []),
    ...text(hint),
    ...(isYours ? [] : [confirmButton(issue, t)]),
    ...toned('quiet', listFooter(issue, calendar, t)),
  ];
};

/** Why a list is shorter than there were units for it. */
const leftOutNotes = ({ rows, candidates, cuts }: Issue, t: Translate): Reply => {
  const notes = listKinds.flatMap((kind) => {
    const left = candidates[kind] - rowsOf(rows, kind).length;
    const most = kind === 'honour' ? cuts.honourMost : cuts.warningMost;
    return left > 0 ? [t('list.left-out', { kind, left, most })] : [];
  });
  return notes.length > 0 ? list(notes) : [];
};

/** To the officers of a unit on either list: the facts, the right of reply and its dates. */
export const noticeReply = (
  issue: Issue,
  row: ListRow,
  {
    dates,
    reds,
    isNamed,
  }: { readonly dates: ListDates; readonly reds: readonly RedFacts[]; readonly isNamed: boolean },
  { calendar, today, t }: ListVoice,
): Reply => {
  const label = issueLabel(issue.number);
  const said = {
    label,
    name: issueName(issue, t),
    unit: row.name,
    fileBy: minuteWords(dates.fileBy, today, t),
    decideBy: minuteWords(dates.decideBy, today, t),
    publishOn: minuteWords(dates.publishOn, today, t),
  };
  if (row.kind === 'honour') {
    const { score, rank } = row;
    return [
      ...toned('good', t('list.notice-honour', { ...said, score: inTenths(score ?? 0), rank: rank ?? 0 })),
      ...toned('quiet', listFooter(issue, calendar, t)),
    ];
  }
  return [
    ...toned('warning', t('list.notice-warning', { ...said, count: row.reds.length, left: reds.length })),
    ...(reds.length > 0 ? list(redLines(reds, t)) : []),
    ...(reds.length > 0 && reds.length < row.reds.length
      ? text(t('list.notice-repaired', { count: row.reds.length - reds.length }))
      : []),
    ...(reds.length > 0 ? text(t('list.notice-leave', said)) : []),
    ...text(t('list.notice-appeal', said)),
    ...text(t('list.notice-shown', { ...said, names: isNamed ? 'yes' : 'no' })),
    ...toned('quiet', listFooter(issue, calendar, t)),
  ];
};

/** The form in which it would be published, for the reviewer's signature. `late`: it should have been signed by now. */
export const finalReply = (
  issue: Issue,
  { words, isLate }: { readonly words: ReadonlyMap<number, string>; readonly isLate: boolean },
  { calendar, today, t }: ListVoice,
): Reply => {
  const label = issueLabel(issue.number);
  const publishOn = minuteWords(issue.dates?.publishOn ?? issue.draftedOn, today, t);
  return [
    ...text(t('list.final-title', { name: issueName(issue, t), publishOn, late: isLate ? 'yes' : 'no' })),
    ...factBlocks(issue, words, t),
    button(t('list.sign-button', { label }), t('list.sign-command', { label })),
    ...toned('quiet', listFooter(issue, calendar, t)),
  ];
};

/** What will be published, both lists without what was left out. */
export const publishableBlocks = (issue: Issue, t: Translate): readonly Block[] =>
  (['honour', 'warning'] as const).flatMap((kind) => {
    const rows = rowsOf(publishable(issue), kind);
    return listBlocks(
      rows,
      kind,
      rows.map((row) => rowWords(row, t)),
      t,
    );
  });
