/** A published issue, as a group sees it and as those who may read the names do. */
import type { Calendar, Day } from '../domain/calendar.ts';
import { holding, type Issue, issueLabel, type ListKind, type ListRow, listKinds, rowsOf } from '../domain/lists.ts';
import { inTenths } from '../domain/score.ts';
import type { Translate } from '../i18n.ts';
import { type Block, heading, list, type Reply, text, toned } from '../message.ts';
import { listPictures } from './list-picture.ts';
import { issueName, listBlocks, listFooter, minuteWords, rowWords } from './list-words.ts';

/** `names`: whether the warned units are named here. `signer`: the name of whoever signed, where names may be said. */
export type PublishedView = {
  readonly only: ListKind | null;
  readonly names: boolean;
  readonly signer: string | null;
};

type Voice = { readonly calendar: Calendar; readonly today: Day; readonly t: Translate };

/** What was published, with every correction; the last line is the one of C04, always. */
export const publishedReply = (
  issue: Issue,
  { only, names, signer }: PublishedView,
  words: ReadonlyMap<number, string>,
  { calendar, today, t }: Voice,
): Reply => {
  const rows = issue.published?.rows ?? [];
  const kinds = listKinds.filter((kind) => only === null || kind === only);
  return [
    ...heading(t('list.title', { name: issueName(issue, t), only: only ?? 'both' })),
    // Of a list with corrections only what holds is a picture: pictures are passed on.
    ...listPictures(issue, { rows: holding(issue), only, names }, { calendar, t }),
    ...kinds.flatMap((kind) => kindBlocks(rowsOf(rows, kind), kind, names, t)),
    ...correctionBlocks(issue, { only, names }, words, { today, t }),
    ...toned(
      'quiet',
      [
        t('list.published-on', {
          on: minuteWords(issue.published?.on ?? issue.draftedOn, today, t),
          signer: signer ?? '',
          named: signer === null ? 'no' : 'yes',
        }),
        listFooter(issue, calendar, t),
      ].join('\n'),
    ),
  ];
};

/** What goes into the groups: number and topics of the warning list, its units only where that was approved. */
export const groupPost = (issue: Issue, { calendar, t }: Omit<Voice, 'today'>): Reply => {
  const { rows = [], isNamed = false } = issue.published ?? {};
  return [
    ...heading(t('list.title', { name: issueName(issue, t), only: 'both' })),
    ...listPictures(issue, { rows, only: null, names: isNamed }, { calendar, t }),
    ...listKinds.flatMap((kind) => kindBlocks(rowsOf(rows, kind), kind, isNamed, t)),
    ...toned(
      'quiet',
      [t('list.error-hint', { label: issueLabel(issue.number) }), listFooter(issue, calendar, t)].join('\n'),
    ),
  ];
};

/** To leaders, privately: the units that the group is not told. */
export const leadersPost = (issue: Issue, { calendar, t }: Omit<Voice, 'today'>): Reply => {
  const rows = rowsOf(issue.published?.rows ?? [], 'warning');
  return [
    ...toned('warning', t('list.leaders-title', { name: issueName(issue, t), count: rows.length })),
    ...list(rows.map((row) => rowWords(row, t))),
    ...toned('quiet', [t('list.leaders-note'), listFooter(issue, calendar, t)].join('\n')),
  ];
};

/** Into the same chats, when an error of fact was found: what was wrong, and what is right. */
export const correctionPost = (issue: Issue, reason: string, { calendar, t }: Omit<Voice, 'today'>): Reply => {
  const isNamed = issue.published?.isNamed ?? false;
  const last = issue.corrections.at(-1);
  const wrong = (issue.published?.rows ?? []).find(({ unit }) => unit === last?.unit);
  return [
    ...heading(t('list.correction-title', { name: issueName(issue, t) })),
    ...toned('warning', wrongWords(wrong ?? null, isNamed, reason, t)),
    ...text(t('list.correction-now')),
    ...listPictures(issue, { rows: holding(issue), only: null, names: isNamed }, { calendar, t }),
    ...listKinds.flatMap((kind) => kindBlocks(rowsOf(holding(issue), kind), kind, isNamed, t)),
    ...toned('quiet', listFooter(issue, calendar, t)),
  ];
};

const wrongWords = (row: ListRow | null, names: boolean, reason: string, t: Translate): string =>
  t('list.correction-wrong', {
    kind: row === null ? 'none' : row.kind,
    names: row?.kind === 'warning' && !names ? 'no' : 'yes',
    unit: row?.name ?? '',
    reason,
  });

const kindBlocks = (rows: readonly ListRow[], kind: ListKind, names: boolean, t: Translate): Block[] => {
  if (kind === 'honour')
    return rows.length === 0
      ? [...text(t('list.empty', { kind }))]
      : [
          ...heading(t('list.heading', { kind, count: rows.length })),
          {
            kind: 'table',
            columns: [t('board.rank'), t('board.unit'), t('board.score')],
            rows: rows.map(({ rank, name, score }) => [`${rank ?? ''}`, name, inTenths(score ?? 0)]),
          },
        ];
  const lines = rows.map((row) => rowWords(row, t));
  if (names || rows.length === 0) return listBlocks(rows, kind, lines, t);
  return [...text(t('list.warning-unnamed', { count: rows.length }))];
};

const correctionBlocks = (
  issue: Issue,
  { only, names }: Pick<PublishedView, 'only' | 'names'>,
  words: ReadonlyMap<number, string>,
  { today, t }: Pick<Voice, 'today' | 't'>,
): Block[] => {
  if (issue.corrections.length === 0) return [];
  const kinds = listKinds.filter((kind) => only === null || kind === only);
  const lines = correctionLines(issue, names, words, { today, t });
  return [
    ...text(t('list.corrected', { label: issueLabel(issue.number) })),
    ...list(lines),
    ...text(t('list.correction-now')),
    ...kinds.flatMap((kind) => kindBlocks(rowsOf(holding(issue), kind), kind, names, t)),
  ];
};

/** What was put right since, a line each. */
export const correctionLines = (
  issue: Issue,
  names: boolean,
  words: ReadonlyMap<number, string>,
  { today, t }: Pick<Voice, 'today' | 't'>,
): string[] =>
  issue.corrections.map(({ on, unit, step }) => {
    const row = (issue.published?.rows ?? []).find((one) => one.unit === unit) ?? null;
    const said = wrongWords(row, names, words.get(step) ?? t('item.erased'), t);
    return t('list.corrected-line', { on: minuteWords(on, today, t), said });
  });
