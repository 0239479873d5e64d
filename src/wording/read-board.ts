import type { Temporal } from 'temporal-polyfill';
import { type BoardRow, type BoardRule, boardOf, isUnderWay, rankedOf } from '../domain/board.ts';
import type { Calendar } from '../domain/calendar.ts';
import type { Unit } from '../domain/organisation.ts';
import type { UnitFigures } from '../domain/score.ts';
import { type Week, weekBefore, weekOf } from '../domain/weeks.ts';
import type { BoardStore } from '../ports.ts';

/** A week's board, with the week that it is compared with. */
export type Board = {
  readonly week: Week;
  readonly before: Week;
  readonly rows: readonly BoardRow[];
  readonly beforeRows: readonly BoardRow[];
  readonly rule: BoardRule;
};

export type BoardSources = {
  readonly boards: BoardStore;
  readonly calendar: Calendar;
  readonly now: Temporal.ZonedDateTime;
};

/** running, last: that week. either: the running one once its rows can be ranked, else the last, if that can. */
export type WhichWeek = 'running' | 'last' | 'either';

/** The board of `units` as it stands now, under `rule`. The last week is the last one that had a workday. */
export const readBoard = async (
  units: readonly Unit[],
  which: WhichWeek,
  rule: BoardRule,
  { boards, calendar, now }: BoardSources,
): Promise<Board> => {
  const figures = ({ from, to }: Week) => boards.units(units, from, to, now);
  const running = weekOf(now.toPlainDate());
  const last = weekBefore(running, calendar);
  const lastFigures = await figures(last);

  if (which !== 'last') {
    const board = made(running, last, [await figures(running), lastFigures], rule);
    const isShown = which === 'running' || isUnderWay(board.rows, board.beforeRows);
    if (isShown || rankedOf(board.beforeRows).length === 0) return board;
  }
  const before = weekBefore(last, calendar);
  return made(last, before, [lastFigures, await figures(before)], rule);
};

const made = (
  week: Week,
  before: Week,
  [figures, beforeFigures]: readonly [readonly UnitFigures[], readonly UnitFigures[]],
  rule: BoardRule,
): Board => {
  return {
    week,
    before,
    rule,
    rows: boardOf(figures, beforeFigures, rule),
    beforeRows: boardOf(beforeFigures, [], rule),
  };
};
