/** Boards of units: which rows are seen where, and how they are said. */
import { aroundOf, type BoardRow, rankedOf, topOf } from '../domain/board.ts';
import type { Calendar, Day } from '../domain/calendar.ts';
import type { UnitId } from '../domain/organisation.ts';
import { inTenths, ratesOf } from '../domain/score.ts';
import type { Covered } from '../domain/sight.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import type { Block, Reply } from '../message.ts';
import { alonePicture, boardPicture } from './board-picture.ts';
import { footer, frozenNote, provisionalNote, rateName, rateWords } from './figures.ts';
import { goesOn, periodName, periodWords } from './period.ts';
import type { Board, BoardPart } from './read-board.ts';

/** Whose eyes: a group's, a unit's own people in private, or somebody's who looks from above. */
export type View = 'group' | 'own' | 'above';

/** Where the board is shown: `own` is the unit of the group, or of the person; null for somebody without one. */
export type Seen = {
  readonly view: View;
  readonly own: UnitId | null;
  readonly today: Day;
  readonly calendar: Calendar;
  readonly t: Translate;
  /** From above: which rows, all where it is not said; and which page of them, from 1. */
  readonly covered?: Covered;
  readonly page?: number;
  /** Whether the board is that of the whole organisation: buttons have to say so. */
  readonly isWhole?: boolean;
};

/** What fits on a phone twice over. */
export const ROWS_A_PAGE = 20;
const MOST_NAMES = 5;

/** The board in words. One unit alone is shown against its period before. The last line is the one of C04, always. */
export const boardReply = (board: Board, seen: Seen): Reply =>
  board.rows.length === 1 && !board.part ? aloneReply(board, seen) : rankedReply(board, seen);

const partOf = (board: Board, { view, own, covered = 'all', page = 1, t }: Seen): BoardPart => {
  if (board.part) return board.part;
  if (view === 'above') {
    const isCovered = ({ figures }: BoardRow) => covered === 'all' || (covered?.has(figures.unit) ?? false);
    const ranked = rankedOf(board.rows).filter(isCovered);
    const pages = Math.max(1, Math.ceil(ranked.length / ROWS_A_PAGE));
    if (page > pages) throw new UserError('board.no-page', { page, pages });
    const rows = ranked.slice((page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE);
    return { rows, pages, notes: pages > 1 ? [t('board.page', { page, pages, count: ranked.length })] : [] };
  }
  const mine = board.rows.find(({ figures }) => figures.unit === own);
  const around = view === 'own' && own !== null ? aroundOf(board.rows, own, board.rule) : [];
  if (mine && around.length > 0) {
    const notes = isScoreless(board) ? [] : [t('board.place', placeOf(mine, board))];
    return { rows: around, pages: 1, notes };
  }
  const { rows, tied } = topOf(board.rows, board.rule);
  const notes = tied > 0 ? [t('board.tied', { rank: rows.at(-1)?.rank ?? 1, count: tied })] : [];
  return { rows, pages: 1, notes };
};

const rankedReply = (board: Board, seen: Seen): Reply => {
  const { view, own, today, calendar, t } = seen;
  const part = partOf(board, seen);
  const { rows } = part;
  const mark = view === 'group' ? null : own;
  const notes = [...part.notes, ...boardNotes(board, calendar, t)];
  // Where nobody had a place before, there is nothing to compare with.
  const isCompared = rankedOf(board.rows).some((row) => row.change !== null);
  const change = isCompared ? t('board.change-title', { kind: board.period.kind }) : '';
  const table: Block[] =
    rows.length === 0
      ? [{ kind: 'text', text: t('board.none') }]
      : [
          boardPicture(rows, { ...said(board, t('picture.board'), notes, seen), change }, { own: mark, t }),
          {
            kind: 'table',
            columns: [t('board.rank'), t('board.unit'), t('board.score'), ...(isCompared ? [change] : [])],
            rows: rows.map((row) => cells(row, mark, t).slice(0, isCompared ? 4 : 3)),
          },
        ];
  const title = { period: periodName(board.period, today, t), running: goesOn(board.period, today) };
  const isOwn = ({ figures }: BoardRow) => figures.unit === own;
  // From above the page that is shown is asked about.
  const asked = rows.find(isOwn) ?? (view === 'above' ? undefined : board.rows.find(isOwn)) ?? rows[0];
  return [
    { kind: 'text', text: t('board.title', title), as: 'heading' },
    ...table,
    ...buttons(rows.length > 0 ? asked : undefined, board, { ...seen, pages: part.pages }),
    { kind: 'text', text: [...notes, footer(t, board.rule)].join('\n'), as: 'quiet' },
  ];
};

const cells = ({ figures, rank, score, change }: BoardRow, own: UnitId | null, t: Translate): string[] => [
  `${rank}`,
  figures.unit === own ? t('board.own', { unit: figures.name }) : figures.name,
  inTenths(score ?? 0),
  change ? changeWords(change, t) : t('board.new'),
];

/** `↑1（+2.3）`; people read an arrow faster than a word. */
const changeWords = ({ places, tenths }: NonNullable<BoardRow['change']>, t: Translate): string =>
  t('board.change', {
    move: places > 0 ? 'up' : places < 0 ? 'down' : tenths === 0 ? 'none' : 'same',
    places: Math.abs(places),
    points: `${tenths < 0 ? '' : '+'}${inTenths(tenths)}`,
  });

const placeOf = ({ figures, rank }: BoardRow, { rows }: Board) => ({
  unit: figures.name,
  rank: rank ?? 0,
  count: rankedOf(rows).length,
});

/**
 * Who is ranked without a verified value of an indicator that weighs: it takes its weight with it, and that is seen.
 */
const unverifiedNote = ({ rows }: Board, t: Translate): string[] => {
  const found = rankedOf(rows).flatMap(({ figures }) => {
    const names = (figures.specials?.items ?? []).filter(({ weight, months }) => weight > 0 && months.length === 0);
    const items = names.map(({ name }) => name).join(t('list.and'));
    return names.length === 0 ? [] : [t('board.unverified-unit', { unit: figures.name, items })];
  });
  if (found.length === 0) return [];
  const units = found.slice(0, MOST_NAMES).join(t('list.and'));
  return [t('board.unverified', { units, more: Math.max(0, found.length - MOST_NAMES), count: found.length })];
};

/** What has to be known of a board, wherever it stands. */
export const boardNotes = (board: Board, calendar: Calendar, t: Translate): string[] => [
  ...(isScoreless(board) ? [t('board.all-zero')] : []),
  ...unrankedNote(board, t),
  ...unverifiedNote(board, t),
  ...frozenNote(board.frozenOn, t),
  ...provisionalNote(board.period, calendar, t),
];

/** A first place without a point is no distinction. */
const isScoreless = ({ rows }: Board): boolean => {
  const ranked = rankedOf(rows);
  return ranked.length > 1 && ranked.every(({ score }) => score === 0);
};

/** Units without anybody in them, or of whom nothing was asked, are not waited for. */
const unrankedNote = ({ rows, rule }: Board, t: Translate): string[] => {
  const names = rows
    .filter(({ rank, figures }) => rank === null && figures.members > 0 && figures.expected + figures.pending > 0)
    .map(({ figures }) => t('board.unranked-unit', { unit: figures.name, expected: figures.expected }));
  if (names.length === 0) return [];
  const shown = names.slice(0, MOST_NAMES).join(t('list.and'));
  return [
    t('board.unranked', {
      least: rule.least,
      units: shown,
      more: Math.max(0, names.length - MOST_NAMES),
      count: names.length,
    }),
  ];
};

const aloneReply = (board: Board, seen: Seen): Reply => {
  const { today, calendar, t } = seen;
  const rows = [board.rows[0], board.beforeRows[0]];
  const rates = rows.map((row) => (row ? ratesOf(row.figures) : {}));
  const line = (title: string, values: readonly string[]) => [title, ...values];
  const [now] = rows;
  const notes = [
    ...unrankedNote(board, t),
    ...frozenNote(board.frozenOn, t),
    ...provisionalNote(board.period, calendar, t),
  ];
  return [
    { kind: 'text', text: t('board.alone', { unit: now?.figures.name ?? '', kind: board.period.kind }), as: 'heading' },
    ...(now
      ? [alonePicture(now, rows[1], said(board, t('picture.alone', { unit: now.figures.name }), notes, seen), t)]
      : []),
    {
      kind: 'table',
      columns: ['', periodName(board.period, today, t), periodName(board.before, today, t)],
      rows: [
        line(
          t('board.score'),
          rows.map((row) => (row?.score == null ? t('board.too-few') : inTenths(row.score))),
        ),
        line(
          rateName('onTimeReport', t),
          rates.map(({ onTimeReport }) => rateWords(onTimeReport, t)),
        ),
        line(
          rateName('cleared', t),
          rates.map(({ cleared }) => rateWords(cleared, t)),
        ),
      ],
    },
    ...buttons(now, board, { ...seen, pages: 1 }),
    { kind: 'text', text: [...notes, footer(t, board.rule)].join('\n'), as: 'quiet' },
  ];
};

/** What stands around the rows of a board's picture. */
const said = (board: Board, title: string, notes: readonly string[], { today, t }: Seen) => ({
  title,
  period: t('picture.period', { period: periodName(board.period, today, t), running: goesOn(board.period, today) }),
  change: t('board.change-title', { kind: board.period.kind }),
  notes,
  footer: footer(t, board.rule),
});

/** How the row of the asker, or the first one, came about; and the pages beside this one. */
const buttons = (
  asked: BoardRow | undefined,
  { period }: Board,
  { view, page = 1, pages, isWhole = false, today, t }: Seen & { readonly pages: number },
): Block[] => {
  const words = { period: periodWords(period, today, t), scope: isWhole ? 'all' : 'near' };
  const turn = (to: number, text: string) => ({ text, command: t('board.page-command', { ...words, page: to }) });
  const all = [
    ...(asked
      ? [
          {
            text: t('board.why', { unit: asked.figures.name }),
            command: t('board.why-command', { ...words, unit: asked.figures.name }),
          },
        ]
      : []),
    ...(view === 'above' && page > 1 ? [turn(page - 1, t('board.page-before'))] : []),
    ...(view === 'above' && page < pages ? [turn(page + 1, t('board.page-next'))] : []),
  ];
  return all.length === 0 ? [] : [{ kind: 'buttons', buttons: all, stays: true }];
};
