import { ruleFor } from '../src/domain/board.ts';
import { timesBetween } from '../src/domain/calendar.ts';
import { FROZEN_AT, frozenName, frozenThen } from '../src/domain/frozen.ts';
import { labelled } from '../src/domain/organisation.ts';
import { type Period, periodBefore } from '../src/domain/period.ts';
import type { Job, JobContext } from '../src/job.ts';

/**
 * On the second workday after a month or quarter: keeps the board of the whole organisation as it is then, with its rule
 * and the hash of what it was made from. Nothing is posted; /榜 全市 10月 shows it from then on.
 */
export const freezeBoard: Job = {
  name: 'freeze-board',
  // The day after, what is filed late could have changed it.
  catchUpMinutes: 840,
  expiresMinutes: 840,
  delivery: 'atMostOnce',

  due: ({ unit, calendar }, from, to) =>
    unit.parent !== null
      ? []
      : timesBetween(FROZEN_AT, from, to).filter((at) => frozenThen(at.toPlainDate(), calendar).length > 0),

  async run(context) {
    const { unit, calendar, at, directory } = context;
    // Of several trees, the first one's slot is for all.
    const first = (await directory.units()).find(({ parent }) => parent === null);
    if (first?.id !== unit.id) return [];
    for (const period of frozenThen(at.toPlainDate(), calendar)) {
      // What it is compared with: frozen by itself, but for the first time.
      await freeze(periodBefore(period, calendar), context);
      await freeze(period, context);
    }
    return [];
  },
};

const freeze = async (period: Period, { unit, at, now, directory, boards }: JobContext): Promise<void> => {
  const name = frozenName(period);
  if (name === null || (await boards.frozen.head(name)) !== null) return;
  const units = await directory.units();
  const figures = (await boards.units(labelled(units, units), period.from, period.to, now)).filter(
    ({ members }) => members > 0,
  );
  const ids = new Set(figures.map((one) => one.unit));
  const rule = ruleFor(
    units,
    units.filter(({ id }) => ids.has(id)),
  );
  const cause = { message: `freeze-board/${at}/${unit.id}/${name}`, by: 'freeze-board', at: now.toInstant() };
  await boards.frozen.freeze(name, figures, rule, cause);
};
