/** The special indicators of a board as columns: what was measured, against what, and what it weighs. */
import type { BoardRow } from '../domain/board.ts';
import { decimal } from '../domain/decimal.ts';
import { ratesOf, type ScoreRule, scoreOf } from '../domain/score.ts';
import { type MonthValue, PARTS, type Special, specialShare } from '../domain/specials.ts';
import type { Translate } from '../i18n.ts';
import type { Cell, Sheet } from '../ports.ts';

type Columns = {
  readonly columns: Sheet['columns'];
  readonly cells: (row: BoardRow) => readonly Cell[];
};

/** None where no indicator weighs on this board. Whoever is not measured by one has empty cells there. */
export const specialColumns = (rows: readonly BoardRow[], rule: ScoreRule, t: Translate): Columns => {
  const all = new Map(rows.flatMap(({ figures }) => figures.specials?.items ?? []).map((item) => [item.id, item]));
  const items = [...all.values()].sort((a, b) => a.id - b.id);
  if (items.length === 0) return { columns: [], cells: () => [] };
  const titles = [
    t('export.col.base-weight'),
    t('export.col.base-score'),
    ...items.flatMap(({ name, unit }) => [
      t('export.special.value', { name, unit }),
      t('export.special.target', { name, unit }),
      t('export.special.share', { name }),
      t('export.special.weight', { name }),
    ]),
  ];
  return {
    columns: titles.map((title) => ({ title, width: WIDTH })),
    cells: ({ figures }) => {
      const base = scoreOf(ratesOf(figures), rule);
      const own = figures.specials;
      return [
        own?.base ?? null,
        base === null ? null : base / 10,
        ...items.flatMap(({ id }) =>
          cellsOf(
            own?.items.find((item) => item.id === id),
            t,
          ),
        ),
      ];
    },
  };
};

const WIDTH = 14;
const TWICE = BigInt(2 * PARTS);

const cellsOf = (item: Special | undefined, t: Translate): readonly Cell[] => {
  if (!item) return [null, null, null, null];
  const { months, weight } = item;
  const share = specialShare(item);
  // As /为什么 shows it: to a hundredth of a percent, half up.
  const rate = share && { part: Number((share.part * TWICE + share.whole) / (2n * share.whole)), whole: PARTS };
  return [monthly(months, 'value', t), monthly(months, 'target', t), rate, weight];
};

/** One month’s as a number; of several each with its month. */
const monthly = (months: readonly MonthValue[], which: 'value' | 'target', t: Translate): Cell => {
  const [first, second] = months;
  if (!first) return null;
  if (!second) return first[which] / PARTS;
  const each = months.map((one) => t('export.special.month', { month: one.month, value: decimal(one[which]) }));
  return each.join(t('list.semicolon'));
};
