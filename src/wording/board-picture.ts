/** Boards as pictures: the same rows and words as the table beside them. */
import type { BoardRow } from '../domain/board.ts';
import type { UnitId } from '../domain/organisation.ts';
import type { Movement, Picture, PictureRow } from '../domain/picture.ts';
import { inTenths, perMille, type Rate, rateNames, ratesOf } from '../domain/score.ts';
import type { Translate } from '../i18n.ts';
import type { Block } from '../message.ts';
import { rateName, rateWords } from './figures.ts';

type Said = {
  readonly title: string;
  readonly period: string;
  /** With what it is compared: 较前一周; '' for nothing. */
  readonly change: string;
  readonly notes: readonly string[];
  /** The rule and the line of C04, a line each. */
  readonly footer: string;
};

/** A ranking, with the rows that the reader may see. `own`: the reader's unit, where that is shown. */
export const boardPicture = (
  rows: readonly BoardRow[],
  said: Said,
  { own, t }: { readonly own: UnitId | null; readonly t: Translate },
): Block =>
  pictureOf(
    rows.map((row) => ({ ...boardRow(row, own, t), ...(said.change === '' && { movement: null }) })),
    said,
    { columns: { name: t('picture.ranked-unit'), value: t('board.score'), movement: said.change }, t },
  );

/** The first of a unit's people, by names that tell them apart. */
export const peoplePicture = (
  rows: readonly { readonly rank: number | null; readonly score: number | null; readonly name: string }[],
  said: Omit<Said, 'change'>,
  t: Translate,
): Block =>
  pictureOf(
    rows.map(({ rank, score, name }) => ({
      ...bare,
      rank: `${rank ?? ''}`,
      name,
      value: inTenths(score ?? 0),
      bar: score,
    })),
    { ...said, change: '' },
    { columns: { name: t('people.name'), value: t('board.score'), movement: '' }, t },
  );

/** One unit alone, its score and rates, against the period before. */
export const alonePicture = (now: BoardRow, before: BoardRow | undefined, said: Said, t: Translate): Block => {
  const [rates, earlier] = [ratesOf(now.figures), before ? ratesOf(before.figures) : {}];
  const score = (row: BoardRow | undefined) => (row?.score == null ? t('board.too-few') : inTenths(row.score));
  const present = rateNames.filter((name) => rates[name] ?? earlier[name]);
  return pictureOf(
    [
      measure(t('board.score'), [now.score, before?.score ?? null], [score(now), score(before)], t),
      ...present.map((name) =>
        measure(
          rateName(name, t),
          [inThousand(rates[name]), inThousand(earlier[name])],
          [rateWords(rates[name], t), rateWords(earlier[name], t)],
          t,
        ),
      ),
    ],
    said,
    { columns: { name: '', value: '', movement: said.change }, t },
  );
};

const inThousand = (rate: Rate | undefined): number | null => (rate ? perMille(rate) : null);

type Pair<Value> = readonly [now: Value, before: Value];

const measure = (name: string, [now, before]: Pair<number | null>, said: Pair<string>, t: Translate): PictureRow => ({
  ...bare,
  name,
  value: said[0],
  bar: now,
  movement:
    before === null
      ? null
      : { direction: direction((now ?? before) - before), words: t('picture.before', { value: inTenths(before) }) },
});

const direction = (difference: number): Movement => (difference > 0 ? 'up' : difference < 0 ? 'down' : 'same');

export const bare: PictureRow = {
  rank: '',
  name: '',
  note: '',
  value: '',
  bar: null,
  lamp: null,
  movement: null,
  isOwn: false,
};

const pictureOf = (
  rows: readonly PictureRow[],
  { title, period, notes, footer }: Said,
  { columns, t }: { readonly columns: Picture['columns']; readonly t: Translate },
): Block => ({
  kind: 'picture',
  picture: {
    kind: 'board',
    title,
    // In English a period may begin small, after the board's name.
    subtitle: period.charAt(0).toUpperCase() + period.slice(1),
    columns,
    rows,
    empty: t('board.none'),
    notes,
    footer: footer.split('\n'),
    alt: t('picture.alt', { title, period, count: rows.length }),
  },
});

const boardRow = ({ figures, rank, score, change }: BoardRow, own: UnitId | null, t: Translate): PictureRow => ({
  ...bare,
  rank: rank === null ? '' : `${rank}`,
  name: figures.unit === own ? t('board.own', { unit: figures.name }) : figures.name,
  value: score === null ? t('board.too-few') : inTenths(score),
  bar: score,
  movement: change ? moved(change, t) : { direction: 'new', words: t('board.new') },
  isOwn: figures.unit === own,
});

const moved = ({ places, tenths }: NonNullable<BoardRow['change']>, t: Translate): PictureRow['movement'] => {
  const move = places > 0 ? 'up' : places < 0 ? 'down' : tenths === 0 ? 'none' : 'same';
  const points = `${tenths < 0 ? '' : '+'}${inTenths(tenths)}`;
  return {
    direction: move === 'none' ? 'same' : move,
    words: t('picture.move', { move, places: Math.abs(places), points }),
  };
};
