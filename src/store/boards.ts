import { Temporal } from 'temporal-polyfill';
import type { Calendar, Day } from '../domain/calendar.ts';
import { figuresOf, planFor } from '../domain/figures.ts';
import { byUnitCode, type Member, type Unit } from '../domain/organisation.ts';
import { factsOf, type Reckoning, reckoningOf } from '../domain/owing.ts';
import type { Span } from '../domain/period.ts';
import { type MemberFigures, sumOf } from '../domain/score.ts';
import { specialsOf } from '../domain/sheet.ts';
import { monthsWithin } from '../domain/specials.ts';
import { gate } from '../gate.ts';
import type { BoardStore, Directory, FrozenBoards, IndicatorStore, ReportStore } from '../ports.ts';

type Deps = {
  readonly reports: Pick<ReportStore, 'period' | 'newest'>;
  readonly directory: Pick<Directory, 'membersOf' | 'units'>;
  readonly indicators: Pick<IndicatorStore, 'sheets' | 'values'>;
  readonly frozen: FrozenBoards;
  readonly calendar: Calendar;
};

/**
 * Of a whole city's units, asked for together, the last would outlast a read's patience; and all that come in at the same
 * moment are counted before anything else is done.
 */
const UNITS_AT_ONCE = 8;

/**
 * Figures made from what is stored now. Those who have left a unit, and what they filed there, are not in its figures.
 * At the hour of the weekly board every group asks for all units at once: what is being read is read once.
 */
export const storedBoards = ({ reports, directory, indicators, frozen, calendar }: Deps): BoardStore => {
  const plans = planning();
  const inHand = new Map<string, Promise<readonly MemberFigures[]>>();

  /** A month of a whole organisation is asked again and again: what has not changed is not counted again. */
  const counted = new Map<string, Counted>();

  const read = async (
    unit: Unit,
    { from, to }: Span,
    reckoning: Reckoning,
    asked: string,
  ): Promise<readonly MemberFigures[]> => {
    // The log first: what is written while the rest is read makes the next board read again.
    const [people, newest] = await Promise.all([directory.membersOf(unit.id), reports.newest(unit.id)]);
    const known = counted.get(asked);
    if (known && known.people === people && known.newest === newest) return known.figures;
    const period = await reports.period(unit.id, from, to);
    const plan = plans(unit, { from, to }, reckoning);
    const figures = people.map((member) => ({
      member: member.id,
      name: member.name,
      ...figuresOf(factsOf(member, period), { from, to }, reckoning, plan),
    }));
    if (counted.size >= MOST_COUNTED) counted.clear();
    counted.set(asked, { people, newest, figures });
    return figures;
  };

  const members: BoardStore['members'] = (unit, from, to, now) => {
    const reckoning = reckoningOf(unit, calendar, now.toPlainDateTime());
    const asked = JSON.stringify([unit.id, from, to, rulesIn(unit), hourIn(reckoning)]);
    const found = inHand.get(asked) ?? read(unit, { from, to }, reckoning, asked).finally(() => inHand.delete(asked));
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
    frozen,
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

/** What of a unit decides which reports are expected, and until when. */
const rulesIn = ({ settings: { cadence, deadline, weekDueAt }, formerCadences }: Unit) => [
  cadence,
  deadline,
  weekDueAt,
  formerCadences,
];

/** Figures change by themselves at midnight and when a deadline passes, and at no other time. */
const hourIn = ({ now, deadline, weekDueAt = 'last' }: Reckoning) => {
  const isPast = (hour: string) => Temporal.PlainTime.compare(now.toPlainTime(), Temporal.PlainTime.from(hour)) > 0;
  return [now.toPlainDate(), isPast(deadline), weekDueAt !== 'last' && isPast(weekDueAt)];
};

/** What was counted of a unit's people, from which log and of whom. */
type Counted = {
  readonly people: readonly Member[];
  readonly newest: string;
  readonly figures: readonly MemberFigures[];
};

/** In spans of units: two periods of a large city, each with the one before. */
const MOST_COUNTED = 8_000;

/** What the rules ask on each day is the same for all units of the same rules: the newest few are kept. */
const planning = () => {
  const kept = new Map<string, ReturnType<typeof planFor>>();
  return (unit: Unit, span: Span, reckoning: Reckoning): ReturnType<typeof planFor> => {
    const of = JSON.stringify([rulesIn(unit), span.from, span.to, hourIn(reckoning)]);
    const known = kept.get(of);
    if (known) return known;
    if (kept.size >= MOST_PLANS) kept.clear();
    const plan = planFor(span, reckoning);
    kept.set(of, plan);
    return plan;
  };
};
const MOST_PLANS = 100;
