/** Published lists as sheets: what stood there, and what was put right. */
import type { Calendar, Day } from '../domain/calendar.ts';
import { readLists } from '../domain/list-text.ts';
import { holding, type Issue, issueLabel, type ListKind, type ListRow, redDaysOf, rowsOf } from '../domain/lists.ts';
import { echoed } from '../domain/names.ts';
import type { Member } from '../domain/organisation.ts';
import { fullLabel } from '../domain/people.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import type { Directory, IssueBrief, ListStore, Sheet } from '../ports.ts';
import { mayReadWarned } from './list-people.ts';
import { correctionLines } from './list-published.ts';
import { issueName, listFooter, minuteWords, periodWords } from './list-words.ts';

type Sources = {
  readonly lists: ListStore;
  readonly directory: Directory;
  readonly member: Member | null;
  readonly calendar: Calendar;
  readonly today: Day;
  readonly t: Translate;
};

/** An issue that was published: the newest, that of a period, or one by its number. Of others nothing is told. */
export const listSheets = async (words: string, sources: Sources): Promise<{ name: string; sheets: Sheet[] }> => {
  const { lists, t } = sources;
  const number = meant(words, await lists.all(), sources);
  const issue = number === null ? null : await lists.issue(number);
  if (!issue?.published) throw new UserError('list.none-yet');
  const sheets = [honourSheet(issue, t), warningSheet(issue, sources)];
  const ending = await endingOf(issue, sources);
  return {
    name: t('export.lists-file', { name: issueName(issue, t) }),
    sheets: sheets.map((sheet) => ({ ...sheet, footer: [...(sheet.footer ?? []), ...ending] })),
  };
};

const isOut = ({ state }: IssueBrief): boolean => state === 'published' || state === 'corrected';

const meant = (words: string, all: readonly IssueBrief[], { today, t }: Sources): number | null => {
  const said = readLists(words, today);
  const out = all.filter(isOut);
  if (said.kind === 'newest') return out.at(-1)?.number ?? null;
  if (said.kind === 'issue') {
    if (out.some(({ number }) => number === said.number)) return said.number;
    throw new UserError('list.unknown', { label: issueLabel(said.number) });
  }
  if (said.kind !== 'period') throw new UserError('export.lists-what', { text: echoed(words) });
  const [from, to] = [said.period.from.toString(), said.period.to.toString()];
  const found = out.find((one) => one.from === from && one.to === to);
  if (found) return found.number;
  const time = from > today.toString() ? 'future' : to >= today.toString() ? 'running' : 'past';
  throw new UserError('list.no-period', { period: periodWords(said.period, t), time });
};

/** Whether a published row still holds: a correction takes it off and leaves it to be read. */
const stateOf = (issue: Issue, row: ListRow, t: Translate): string =>
  t('export.list-state', { holds: holding(issue).includes(row) ? 'yes' : 'no' });

const listName = (only: ListKind, t: Translate): string => t('list.title', { name: '', only });

const honourSheet = (issue: Issue, t: Translate): Sheet => ({
  name: listName('honour', t),
  columns: [
    { title: t('board.rank'), width: 8 },
    { title: t('board.unit'), width: 40 },
    { title: t('board.score'), width: 8 },
    { title: t('export.state'), width: 12 },
  ],
  rows: rowsOf(issue.published?.rows ?? [], 'honour').map((row) => [
    ...[row.rank, row.name, row.score === null ? null : row.score / 10, stateOf(issue, row, t)],
  ]),
  footer: emptyNote(issue, 'honour', t),
});

/** Which units it names is for those to read who may read it privately. */
const warningSheet = (issue: Issue, { member, t }: Sources): Sheet => {
  const rows = rowsOf(issue.published?.rows ?? [], 'warning');
  const isNamed = issue.published?.isNamed || mayReadWarned(member);
  return {
    name: listName('warning', t),
    columns: [
      { title: t('board.unit'), width: 40 },
      { title: t('export.reds'), width: 14 },
      { title: t('export.red-days'), width: 14 },
      { title: t('export.state'), width: 12 },
    ],
    rows: isNamed ? rows.map((row) => [row.name, row.reds.length, redDaysOf(row), stateOf(issue, row, t)]) : [],
    footer:
      isNamed || rows.length === 0
        ? emptyNote(issue, 'warning', t)
        : [t('list.warning-unnamed', { count: rows.length })],
  };
};

const emptyNote = (issue: Issue, kind: ListKind, t: Translate): readonly string[] =>
  rowsOf(issue.published?.rows ?? [], kind).length === 0 ? [t('list.empty', { kind })] : [];

const endingOf = async (
  issue: Issue,
  { lists, directory, member, calendar, today, t }: Sources,
): Promise<readonly string[]> => {
  const isNamed = issue.published?.isNamed || mayReadWarned(member);
  const signer = issue.signedBy === null ? null : await directory.member(issue.signedBy);
  return [
    issueName(issue, t),
    t('list.published-on', {
      on: minuteWords(issue.published?.on ?? issue.draftedOn, today, t),
      signer: signer ? (signer.name ?? fullLabel(signer)) : '',
      named: signer ? 'yes' : 'no',
    }),
    ...correctionLines(issue, isNamed, await lists.words(issue.number), { today, t }),
    t('export.hash', { hash: issue.hash }),
    ...listFooter(issue, calendar, t).split('\n'),
  ];
};
