/** A board as a sheet: each row with the figures that made it. */
import { aroundOf, type BoardRow, topOf } from '../domain/board.ts';
import { ratesOf } from '../domain/score.ts';
import type { Sheet } from '../ports.ts';
import { askedBoard, type BoardAsking } from './asked-board.ts';
import { boardNotes } from './board.ts';
import { specialColumns } from './export-specials.ts';
import { footer } from './figures.ts';
import { goesOn, periodName } from './period.ts';
import type { Board } from './read-board.ts';

/** What the asker sees of the board in private: all that is covered, else the own unit with its neighbours, else the top. */
export const boardSheet = async (words: string, asking: BoardAsking): Promise<{ name: string; sheet: Sheet }> => {
  const { calendar, now, t } = asking;
  const today = now.toPlainDate();
  const { own, covered, isIn, made } = await askedBoard(words, asking);
  const board = await made();
  const period = periodName(board.period, today, t);
  const running = goesOn(board.period, today);
  const rows = seenRows(board, covered, isIn ? (own?.id ?? null) : null);
  const special = specialColumns(rows, board.rule, t);
  return {
    name: t('export.board-file', { period }),
    sheet: {
      name: t('export.board'),
      columns: [...columns.map(([key, width]) => ({ title: t(`export.col.${key}`), width })), ...special.columns],
      rows: rows.map((row) => [...cells(row, board), ...special.cells(row)]),
      footer: [
        t('board.title', { period, running }),
        ...(rows.length === 0 ? [t('board.none')] : []),
        ...boardNotes(board, calendar, t),
        footer(t, board.rule),
      ],
    },
  };
};

const seenRows = (
  board: Board,
  covered: Awaited<ReturnType<typeof askedBoard>>['covered'],
  own: string | null,
): readonly BoardRow[] => {
  if (covered !== null) return board.rows.filter(({ figures }) => covered === 'all' || covered.has(figures.unit));
  const mine = own === null ? [] : aroundOf(board.rows, own, board.rule);
  return mine.length > 0 ? mine : topOf(board.rows, board.rule).rows;
};

const columns = [
  ['rank', 8],
  ['unit', 40],
  ['score', 8],
  ['on-time-rate', 10],
  ['cleared-rate', 10],
  ['expected', 8],
  ['on-time', 8],
  ['late', 8],
  ['missing', 8],
  ['leave', 8],
  ['named', 8],
  ['cleared', 8],
  ['carried', 8],
  ['waiting', 8],
  ['members', 8],
  ['places', 10],
  ['points', 10],
  ['rule', 20],
] as const;

const tenths = (value: number | null | undefined): number | null => (value == null ? null : value / 10);

const cells = ({ figures, rank, score, change }: BoardRow, { rule }: Board) => {
  const { onTimeReport, cleared } = ratesOf(figures);
  const { expected, onTime, late } = figures;
  return [
    ...[rank, figures.name, tenths(score), onTimeReport ?? null, cleared ?? null],
    ...[expected, onTime, late, expected - onTime - late, figures.leave],
    ...[figures.named, figures.cleared, figures.carried, figures.waiting, figures.members],
    ...[change?.places ?? null, tenths(change?.tenths), rule.version],
  ];
};
