/** Issues of the lists in words: their rows, dates and names. */
import { Temporal } from 'temporal-polyfill';
import type { Calendar, Day } from '../domain/calendar.ts';
import { type Issue, issueLabel, type ListKind, type ListRow, redDaysOf, rowsOf, standingOf } from '../domain/lists.ts';
import { inTenths, scoreRule } from '../domain/score.ts';
import type { Translate } from '../i18n.ts';
import { type Block, list, text } from '../message.ts';
import { dayName } from './day.ts';
import { footer, provisionalNote } from './figures.ts';
import type { RedFacts } from './read-lists.ts';
import { shortDay } from './week.ts';

/** `2026年11月`, `2026年第四季度`. */
export const periodWords = ({ from, to }: Issue['period'], t: Translate): string =>
  t('list.period', {
    kind: from.month === to.month ? 'month' : 'quarter',
    year: `${from.year}`,
    month: from.month,
    quarter: Math.ceil(from.month / 3),
  });

/** `L-03（2026年11月）` */
export const issueName = ({ number, period }: Pick<Issue, 'number' | 'period'>, t: Translate): string =>
  t('list.name', { label: issueLabel(number), period: periodWords(period, t) });

/** `12月3日（周四）18:00` of the local minute `2026-12-03T18:00`. */
export const minuteWords = (minute: string, today: Day, t: Translate): string => {
  const at = Temporal.PlainDateTime.from(minute);
  return t('list.minute', { day: dayName(at.toPlainDate(), today, t), time: minute.slice(11, 16) });
};

export const rowWords = (row: ListRow, t: Translate): string =>
  row.kind === 'honour'
    ? t('list.honour-row', { unit: row.name, score: inTenths(row.score ?? 0), rank: row.rank ?? 0 })
    : t('list.warning-row', { unit: row.name, count: row.reds.length, days: redDaysOf(row) });

/** The heading of a list and its rows; 本期无 is a good result. */
export const listBlocks = (
  rows: readonly ListRow[],
  kind: ListKind,
  lines: readonly string[],
  t: Translate,
): Block[] =>
  rows.length === 0
    ? [...text(t('list.empty', { kind }))]
    : [...text(t('list.heading', { kind, count: rows.length })), ...list(lines)];

/** Both lists with their facts and what has become of each row. */
export const factBlocks = (issue: Issue, words: ReadonlyMap<number, string>, t: Translate): Block[] =>
  (['honour', 'warning'] as const).flatMap((kind) => {
    const rows = rowsOf(issue.rows, kind);
    const lines = rows.map((row) => {
      const standing = standingOf(issue, row.unit);
      const said = rowWords(row, t);
      if (standing === 'listed') return said;
      return t('list.row-standing', { row: said, standing, reason: reasonOf(issue, row, words) });
    });
    return listBlocks(rows, kind, lines, t);
  });

/** Why the reviewer took a row off, in the words of the last step that did. */
const reasonOf = (issue: Issue, row: ListRow, words: ReadonlyMap<number, string>): string => {
  const step = issue.struckAt[row.unit];
  return (step !== undefined && words.get(step)) || '';
};

/** The red items of the unit itself: what, by when, how long overdue. Whose they are is not said. */
export const redLines = (reds: readonly RedFacts[], t: Translate): string[] =>
  reds.map(({ text, due, over }) => t('list.red-item', { text, due: shortDay(due, t), over }));

/** The rule, the snapshot and the line that ends every list. */
export const listFooter = (issue: Issue, calendar: Calendar, t: Translate): string =>
  [
    ...provisionalNote(issue.period, calendar, t),
    t('list.snapshot', { hash: issue.hash.slice(0, 12), on: issue.draftedOn.replace('T', ' ') }),
    footer(t, { ...scoreRule, version: issue.ruleVersion }),
  ].join('\n');
