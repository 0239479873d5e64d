import type { Calendar, Day } from '../domain/calendar.ts';
import { figuresOf } from '../domain/figures.ts';
import { byUnitCode, type Unit } from '../domain/organisation.ts';
import { factsOf, type Reckoning, reckoningOf } from '../domain/owing.ts';
import { type MemberFigures, sumOf } from '../domain/score.ts';
import { specialsOf } from '../domain/sheet.ts';
import { monthsWithin } from '../domain/specials.ts';
import { gate } from '../gate.ts';
import type { BoardStore, Directory, IndicatorStore, ReportStore } from '../ports.ts';

type Deps = {
  readonly reports: Pick<ReportStore, 'period'>;
  readonly directory: Pick<Directory, 'membersOf' | 'units'>;
  readonly indicators: Pick<IndicatorStore, 'sheets' | 'values'>;
  readonly calendar: Calendar;
};

/** Of a whole city's units, asked for together, the last would outlast a read's patience. */
const UNITS_AT_ONCE = 64;

/**
 * Figures made from what is stored now. Those who have left a unit, and what they filed there, are not in its figures.
 * At the hour of the weekly board every group asks for all units at once: what is being read is read once.
 */
export const storedBoards = ({ reports, directory, indicators, calendar }: Deps): BoardStore => {
  const inHand = new Map<string, Promise<readonly MemberFigures[]>>();

  const read = async (unit: Unit, from: Day, to: Day, reckoning: Reckoning): Promise<readonly MemberFigures[]> => {
    const [people, period] = await Promise.all([directory.membersOf(unit.id), reports.period(unit.id, from, to)]);
    return people.map((member) => ({
      member: member.id,
      name: member.name,
      ...figuresOf(factsOf(member, period), { from, to }, reckoning),
    }));
  };

  const members: BoardStore['members'] = (unit, from, to, now) => {
    const asked = [unit.id, JSON.stringify([unit.settings, unit.formerCadences]), from, to, now.epochMilliseconds].join(
      '\n',
    );
    const found =
      inHand.get(asked) ??
      read(unit, from, to, reckoningOf(unit, calendar, now.toPlainDateTime())).finally(() => inHand.delete(asked));
    inHand.set(asked, found);
    return found;
  };

  /** What weighs beside the base, by unit. Values are monthly: a week asks for nothing. */
  const specials = async (units: readonly Unit[], from: Day, to: Day): Promise<ReturnType<typeof specialsOf>> => {
    const months = monthsWithin({ from, to });
    const sheets = months.length === 0 ? [] : await indicators.sheets();
    if (sheets.length === 0) return new Map();
    const [all, values] = await Promise.all([directory.units(), indicators.values(months)]);
    const ids = units.map(({ id }) => id);
    return specialsOf(sheets, all, ids, months, values);
  };

  return {
    async units(units, from, to, now) {
      const inTurn = gate(UNITS_AT_ONCE);
      const weighed = specials(units, from, to);
      const all = units.toSorted(byUnitCode).map((unit) =>
        inTurn(async () => {
          const [people, beside] = await Promise.all([members(unit, from, to, now), weighed]);
          const special = beside.get(unit.id);
          const figures = { unit: unit.id, name: unit.name, members: people.length, ...sumOf(people) };
          return special ? { ...figures, specials: special } : figures;
        }),
      );
      return Promise.all(all);
    },
    members,
  };
};
