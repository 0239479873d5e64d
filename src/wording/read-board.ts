import type { Temporal } from 'temporal-polyfill';
import { type BoardRow, type BoardRule, boardOf, isUnderWay, rankedOf, ruleOn } from '../domain/board.ts';
import type { Calendar, Day } from '../domain/calendar.ts';
import type { Unit } from '../domain/organisation.ts';
import { isRunning, type Period, periodBefore, periodProblem, type Span, weekPeriodOf } from '../domain/period.ts';
import type { PeriodRead } from '../domain/period-words.ts';
import { UserError } from '../errors.ts';
import { turns } from '../gate.ts';
import type { Translate } from '../i18n.ts';
import type { BoardStore } from '../ports.ts';
import { periodName, periodWords } from './period.ts';

/** A period's board, with the period that it is compared with. */
export type Board = {
  readonly period: Period;
  readonly before: Period;
  readonly rows: readonly BoardRow[];
  readonly beforeRows: readonly BoardRow[];
  readonly rule: BoardRule;
  /** What is shown of a board of which only these rows are at hand. */
  readonly part?: BoardPart;
  /** The day on which a closed period was frozen: what is corrected since is not in it. */
  readonly frozenOn?: Day;
  /** How many have a place, where not all rows are at hand. */
  readonly ranked?: number;
};

/** The rows that are shown, with what is to be said of them. */
export type BoardPart = {
  readonly rows: readonly BoardRow[];
  readonly notes: readonly string[];
  readonly pages: number;
};

export type BoardSources = {
  readonly boards: BoardStore;
  readonly calendar: Calendar;
  readonly now: Temporal.ZonedDateTime;
};

/** A period; or the running week once its rows can be ranked, else the last one, if that can. */
export type WhichPeriod = Period | 'either';

/** The board of `units` as it stands now, under `rule`. */
export const readBoard = async (
  units: readonly Unit[],
  which: WhichPeriod,
  rule: BoardRule,
  { boards, calendar, now }: BoardSources,
): Promise<Board> => {
  const turn = turns();
  const figures = ({ from, to }: Span) => boards.units(units, from, to, now);
  const whole = async (period: Period): Promise<Board> => {
    const before = periodBefore(period, calendar);
    const [now, earlier] = await Promise.all([figures(period), figures(before)]);
    const beforeRows = boardOf(earlier, [], rule);
    // To rank a large city takes its time as well.
    await turn();
    return { period, before, rule: ruleOn(rule, now), rows: boardOf(now, earlier, rule), beforeRows };
  };
  if (which !== 'either') return whole(which);
  const running = await whole(weekPeriodOf(now.toPlainDate()));
  const isShown = isUnderWay(running.rows, running.beforeRows) || rankedOf(running.beforeRows).length === 0;
  return isShown ? running : whole(running.before);
};

type Asking = { readonly today: Day; readonly calendar: Calendar; readonly t: Translate };

/** The period that was asked for; throws the sentence that says why there is nothing to rank in it. */
export const askedPeriod = ({ period, odd }: PeriodRead, { today, calendar, t }: Asking): WhichPeriod => {
  if (odd !== null) throw new UserError('period.odd', { text: odd });
  if (!period) return 'either';
  const problem = periodProblem(period, today, calendar);
  const named = { period: periodName(period, today, t) };
  if (problem === 'to-come') throw new UserError('period.to-come', named);
  if (problem === 'no-workdays') {
    throw new UserError('period.no-workdays', {
      ...named,
      before: periodWords(periodBefore(period, calendar), today, t),
    });
  }
  return period;
};

/** Throws where nobody is there to be ranked, or nobody was to report yet in a period that is over. */
export const refuseEmpty = ({ rows, period }: Board, { today, t }: Omit<Asking, 'calendar'>): void => {
  if (rows.every(({ figures }) => figures.members === 0)) {
    throw new UserError('board.no-members', { unit: rows[0]?.figures.name ?? '', count: rows.length });
  }
  const hadAnything = rows.some(
    ({ figures: { expected, pending, provisional, leave, named } }) =>
      expected + pending + provisional + leave + named > 0,
  );
  const hadAnybody = hadAnything || rows.every(({ figures: { joining } }) => joining === 0);
  if (!hadAnybody && !isRunning(period, today)) {
    throw new UserError('period.nothing', { period: periodName(period, today, t) });
  }
};
