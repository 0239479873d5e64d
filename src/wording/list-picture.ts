/** The published lists as pictures: the same rows and facts as the text beside them. */
import type { Calendar } from '../domain/calendar.ts';
import { type Issue, type ListKind, type ListRow, listKinds, redDaysOf, rowsOf } from '../domain/lists.ts';
import type { PictureRow } from '../domain/picture.ts';
import { inTenths } from '../domain/score.ts';
import type { Translate } from '../i18n.ts';
import type { Block } from '../message.ts';
import { bare } from './board-picture.ts';
import { issueName, listFooter } from './list-words.ts';

/** `rows`: what was published, or what of it still holds. `names`: whether the reader may read who is warned. */
type Shown = {
  readonly rows: readonly ListRow[];
  readonly only: ListKind | null;
  readonly names: boolean;
};

/** One picture a list. Where no names may be said, the warned units are counted only. */
export const listPictures = (
  issue: Issue,
  { rows, only, names }: Shown,
  { calendar, t }: { readonly calendar: Calendar; readonly t: Translate },
): Block[] => {
  const isCorrected = issue.corrections.length > 0 ? 'yes' : 'no';
  const said = {
    period: t('picture.issue', { name: issueName(issue, t), corrected: isCorrected }),
    footer: listFooter(issue, calendar, t).split('\n'),
  };
  return listKinds
    .filter((kind) => only === null || kind === only)
    .map((kind) => listPicture(rowsOf(rows, kind), kind, { ...said, isNamed: kind === 'honour' || names }, t));
};

type Said = { readonly period: string; readonly footer: readonly string[]; readonly isNamed: boolean };

const listPicture = (
  rows: readonly ListRow[],
  kind: ListKind,
  { period, footer, isNamed }: Said,
  t: Translate,
): Block => {
  const title = t('picture.list', { kind });
  return {
    kind: 'picture',
    picture: {
      kind,
      title,
      subtitle: period,
      columns: { name: t('board.unit'), value: kind === 'honour' ? t('board.score') : '', movement: '' },
      rows: isNamed ? rows.map((row) => (kind === 'honour' ? honoured(row) : warned(row, t))) : [],
      empty: rows.length === 0 ? t('picture.list-none') : t('picture.list-unnamed', { count: rows.length }),
      notes: [],
      footer,
      alt: t('picture.alt', { title, period, count: rows.length }),
    },
  };
};

const honoured = ({ rank, name, score }: ListRow): PictureRow => ({
  ...bare,
  rank: rank === null ? '' : `${rank}`,
  name,
  value: inTenths(score ?? 0),
  bar: score,
});

const warned = (row: ListRow, t: Translate): PictureRow => ({
  ...bare,
  name: row.name,
  value: t('picture.list-open', { count: row.reds.length }),
  lamp: { colour: 'red', letter: t('picture.lamp', { lamp: 'red' }) },
  note: t('picture.list-days', { days: redDaysOf(row) }),
});
