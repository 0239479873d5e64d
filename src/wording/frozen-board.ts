/** The board of the whole organisation as it was frozen: only the rows that are shown are read. */
import type { Temporal } from 'temporal-polyfill';
import type { BoardRow } from '../domain/board.ts';
import type { Calendar } from '../domain/calendar.ts';
import { frozenName } from '../domain/frozen.ts';
import type { UnitId } from '../domain/organisation.ts';
import { type Period, periodBefore } from '../domain/period.ts';
import type { UnitFigures } from '../domain/score.ts';
import type { Ranked } from '../domain/shared-ranks.ts';
import type { Covered } from '../domain/sight.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import type { BoardStore, FrozenHead } from '../ports.ts';
import { frozenDay } from './closed-board.ts';
import type { Board, BoardPart } from './read-board.ts';

/** Whose eyes, as in board.ts. */
export type FrozenView = {
  readonly view: 'group' | 'own' | 'above';
  readonly own: UnitId | null;
  readonly covered: Covered;
  readonly page: number;
  readonly rowsAPage: number;
};

type Sources = {
  readonly boards: Pick<BoardStore, 'frozen'>;
  readonly calendar: Calendar;
  readonly now: Temporal.ZonedDateTime;
  readonly t: Translate;
};

/** Null while it is not frozen: then it is what the log says now. */
export const frozenBoard = async (period: Period, seen: FrozenView, sources: Sources): Promise<Board | null> => {
  const { frozen } = sources.boards;
  const name = frozenName(period);
  const head = name === null ? null : await frozen.head(name);
  if (name === null || head === null) return null;
  const { places, pages, notes } = await shown(name, head, seen, sources);
  const mine =
    seen.own !== null && !places.some(({ id }) => id === seen.own) ? await frozen.placesOf(name, [seen.own]) : [];
  const ids = [...places, ...mine].map(({ id }) => id);
  const before = periodBefore(period, sources.calendar);
  const [figures, unranked, earlier] = await Promise.all([
    frozen.figures(name, ids),
    frozen.figures(name, head.unranked),
    frozen.placesOf(frozenName(before) ?? '', ids),
  ]);
  const rowOf = (place: Ranked<UnitId>, i: number): BoardRow[] => {
    const found = figures[i];
    const was = earlier.find(({ id }) => id === place.id);
    const change = was ? { places: was.rank - place.rank, tenths: place.tenths - was.tenths } : null;
    return found ? [{ figures: found, score: place.tenths, rank: place.rank, change }] : [];
  };
  const rows = [...places, ...mine].flatMap(rowOf);
  const isThere = (one: UnitFigures | null) => one !== null;
  const rest = unranked
    .filter(isThere)
    .map((one): BoardRow => ({ figures: one, score: null, rank: null, change: null }));
  const part: BoardPart = { rows: rows.slice(0, places.length), pages, notes };
  const frozenOn = frozenDay(head, sources.now);
  return {
    ...{ period, before, rule: head.rule, rows: [...rows, ...rest] },
    ...{ beforeRows: [], part, ranked: head.ranked, frozenOn },
  };
};

type Shown = { readonly places: readonly Ranked<UnitId>[]; readonly pages: number; readonly notes: readonly string[] };

const shown = async (name: string, head: FrozenHead, seen: FrozenView, sources: Sources): Promise<Shown> => {
  const { frozen } = sources.boards;
  const { t } = sources;
  if (seen.view === 'above') return paged(name, head, seen, sources);
  if (seen.view === 'own' && seen.own !== null) {
    const around = await frozen.around(name, seen.own, head.rule.neighbours);
    const mine = around.find(({ id }) => id === seen.own);
    const [figures] = mine ? await frozen.figures(name, [mine.id]) : [];
    if (mine && figures) {
      const note = t('board.place', { unit: figures.name, rank: mine.rank, count: head.ranked });
      return { places: around, pages: 1, notes: [note] };
    }
  }
  const { top } = await frozen.ends(name, head.rule.top);
  const last = top.at(-1);
  const tied = last
    ? (await frozen.sharing(name, last.tenths)) - top.filter(({ rank }) => rank === last.rank).length
    : 0;
  return { places: top, pages: 1, notes: tied > 0 && last ? [t('board.tied', { rank: last.rank, count: tied })] : [] };
};

const paged = async (
  name: string,
  head: FrozenHead,
  { covered, page, rowsAPage }: FrozenView,
  { boards: { frozen }, t }: Sources,
): Promise<Shown> => {
  const some = covered === 'all' || covered === null ? null : await frozen.placesOf(name, [...covered]);
  const count = some ? some.length : head.ranked;
  const pages = Math.max(1, Math.ceil(count / rowsAPage));
  if (page > pages) throw new UserError('board.no-page', { page, pages });
  const ahead = (page - 1) * rowsAPage;
  const places = some
    ? some.toSorted((a, b) => a.rank - b.rank).slice(ahead, ahead + rowsAPage)
    : await frozen.page(name, ahead, rowsAPage);
  return { places, pages, notes: pages > 1 ? [t('board.page', { page, pages, count })] : [] };
};
