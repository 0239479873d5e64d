import type { Calendar, Day } from '../domain/calendar.ts';
import { figuresOf } from '../domain/figures.ts';
import { byUnitCode, type Unit } from '../domain/organisation.ts';
import { factsOf, type Reckoning, reckoningOf } from '../domain/owing.ts';
import { type MemberFigures, sumOf } from '../domain/score.ts';
import { gate } from '../gate.ts';
import type { BoardStore, Directory, ReportStore } from '../ports.ts';

type Deps = {
  readonly reports: Pick<ReportStore, 'period'>;
  readonly directory: Pick<Directory, 'membersOf'>;
  readonly calendar: Calendar;
};

/** Of a whole city's units, asked for together, the last would outlast a read's patience. */
const UNITS_AT_ONCE = 64;

/**
 * Figures made from what is stored now. Those who have left a unit, and what they filed there, are not in its figures.
 * At the hour of the weekly board every group asks for all units at once: what is being read is read once.
 */
export const storedBoards = ({ reports, directory, calendar }: Deps): BoardStore => {
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

  return {
    units: (units, from, to, now) => {
      const inTurn = gate(UNITS_AT_ONCE);
      const all = units.toSorted(byUnitCode).map((unit) =>
        inTurn(async () => {
          const people = await members(unit, from, to, now);
          return { unit: unit.id, name: unit.name, members: people.length, ...sumOf(people) };
        }),
      );
      return Promise.all(all);
    },
    members,
  };
};
