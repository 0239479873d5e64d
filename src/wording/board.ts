/** Boards of units: which rows are seen where, and how they are said. */
import { aroundOf, type BoardRow, rankedOf, topOf } from '../domain/board.ts';
import type { Calendar, Day } from '../domain/calendar.ts';
import type { UnitId } from '../domain/organisation.ts';
import { inTenths, ratesOf } from '../domain/score.ts';
import { weekOf } from '../domain/weeks.ts';
import type { Translate } from '../i18n.ts';
import type { Block, Reply } from '../message.ts';
import { alonePicture, boardPicture } from './board-picture.ts';
import { footer, provisionalNote, rateName, rateWords } from './figures.ts';
import type { Board } from './read-board.ts';
import { weekName } from './week.ts';

/** Whose eyes: a group's, a unit's own people in private, or somebody's who looks from above. */
export type View = 'group' | 'own' | 'above';

/** Where the board is shown: `own` is the unit of the group, or of the person; null for somebody without one. */
export type Seen = {
  readonly view: View;
  readonly own: UnitId | null;
  readonly today: Day;
  readonly calendar: Calendar;
  readonly t: Translate;
};

/** More rows than fit on a phone twice over. */
const MOST_ROWS = 40;
const MOST_NAMES = 5;

/** The board in words. One unit alone is shown against its week before. The last line is the one of C04, always. */
export const boardReply = (board: Board, seen: Seen): Reply =>
  board.rows.length === 1 ? aloneReply(board, seen) : rankedReply(board, seen);

const rankedReply = (board: Board, seen: Seen): Reply => {
  const { view, own, today, calendar, t } = seen;
  const mark = view === 'own' ? own : null;
  const top = topOf(board.rows, board.rule);
  const around = own === null ? [] : aroundOf(board.rows, own, board.rule);
  const isOwnSeen = view === 'own' && around.length > 0;
  const rows = view === 'above' ? rankedOf(board.rows).slice(0, MOST_ROWS) : isOwnSeen ? around : top.rows;
  const mine = board.rows.find(({ figures }) => figures.unit === own);

  const notes = [
    ...(rows === top.rows && top.tied > 0 ? [t('board.tied', { rank: rows.at(-1)?.rank ?? 1, count: top.tied })] : []),
    ...(isOwnSeen && mine ? [t('board.place', placeOf(mine, board))] : []),
    ...unrankedNote(board, t),
    ...provisionalNote(board.week, calendar, t),
  ];
  const title = t('board.title', { week: weekName(board.week, today, t), running: isRunning(board, today) });
  const table: Block[] =
    rows.length === 0
      ? [{ kind: 'text', text: t('board.none') }]
      : [{ kind: 'table', columns: columns(t), rows: rows.map((row) => cells(row, mark, t)) }];
  const asked = mine ?? rows[0];
  return [
    { kind: 'text', text: title },
    ...(rows.length === 0 ? [] : [boardPicture(rows, said(board, t('picture.board'), notes, seen), { own: mark, t })]),
    ...table,
    ...(asked && rows.length > 0 ? [whyButton(asked, board, today, t)] : []),
    { kind: 'text', text: [...notes, footer(t, board.rule)].join('\n') },
  ];
};

const columns = (t: Translate) => [t('board.rank'), t('board.unit'), t('board.score'), t('board.change-title')];

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

/** Units without anybody in them are not waited for. */
const unrankedNote = ({ rows, rule }: Board, t: Translate): string[] => {
  const names = rows
    .filter(({ rank, figures }) => rank === null && figures.members > 0)
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
  const notes = [...unrankedNote(board, t), ...provisionalNote(board.week, calendar, t)];
  return [
    { kind: 'text', text: t('board.alone', { unit: now?.figures.name ?? '' }) },
    ...(now
      ? [alonePicture(now, rows[1], said(board, t('picture.alone', { unit: now.figures.name }), notes, seen), t)]
      : []),
    {
      kind: 'table',
      columns: ['', weekName(board.week, today, t), weekName(board.before, today, t)],
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
    ...(now ? [whyButton(now, board, today, t)] : []),
    { kind: 'text', text: [...notes, footer(t, board.rule)].join('\n') },
  ];
};

/** What stands around the rows of a board's picture. */
const said = (board: Board, title: string, notes: readonly string[], { today, t }: Seen) => ({
  title,
  period: t('picture.period', { period: weekName(board.week, today, t), running: isRunning(board, today) }),
  change: t('board.change-title'),
  notes,
  footer: footer(t, board.rule),
});

const isRunning = (board: Board, today: Day) => (board.week.from.equals(weekOf(today).from) ? 'yes' : 'no');

const whyButton = ({ figures }: BoardRow, board: Board, today: Day, t: Translate): Block => {
  const week = isRunning(board, today) === 'yes' ? 'running' : 'last';
  const command = t('board.why-command', { unit: figures.name, week });
  return { kind: 'buttons', buttons: [{ text: t('board.why', { unit: figures.name }), command }] };
};
