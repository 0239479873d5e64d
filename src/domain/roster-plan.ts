/** What a roster changes about people. It adds and moves; whom it does not name, and what they hold, it leaves alone. */
import { Temporal } from 'temporal-polyfill';
import { compareDays, type Day } from './calendar.ts';
import { joining, type Member, newcomer, type UnitId } from './organisation.ts';
import { fullLabel } from './people.ts';
import { type Grant, holds, type Role, unitRoles } from './roles.ts';
import type { RosterRow, RowFault } from './roster-rows.ts';
import { type Placement, pathKey, type UnitFault } from './roster-units.ts';

export type PlanFault = UnitFault | 'id-twice' | 'second-identity' | 'coordinator-taken' | 'admin-reads-no-complaints';

/** One person who is to change. */
export type PersonChange = {
  readonly row: number;
  readonly after: Member;
  readonly isNew: boolean;
  readonly joins: boolean;
  /** The unit that the person leaves for another. */
  readonly from: UnitId | null;
  readonly isRenamed: boolean;
  readonly given: readonly Grant[];
};

export type Planning = {
  readonly officers: readonly Member[];
  readonly placement: Placement;
  /** Ids that stand in several rows: which of them is right is nothing we could know. */
  readonly repeated: ReadonlySet<string>;
  readonly today: Day;
};
export type Planned = {
  readonly changes: readonly PersonChange[];
  readonly faults: readonly RowFault<PlanFault>[];
};

/** Plans row after row. `known`: the member that an id means now. */
export const planner = ({ officers, placement, repeated, today }: Planning) => {
  /** Who is the coordinator of a unit: there is one alone. */
  const coordinators = new Map(
    officers.flatMap((one) =>
      one.roles.flatMap(({ role, unit }) => (role === 'coordinator' && unit !== null ? [[unit, one] as const] : [])),
    ),
  );

  const planRow = (row: RosterRow, known: Member | null): PersonChange | RowFault<PlanFault> | null => {
    const faulty = (fault: PlanFault, value: string) => ({ row: row.row, fault, value });
    if (repeated.has(row.id)) return faulty('id-twice', row.id.slice(row.id.indexOf(':') + 1));
    if (known && known.id !== row.id) return faulty('second-identity', fullLabel(known));
    const unit = placement.at.get(pathKey(row.path));
    if (unit === undefined) throw new RangeError('a path that was not placed');
    if (typeof unit !== 'string') return faulty(unit.fault, row.path.join('/'));

    const before = known ?? newcomer(row.id, null);
    const given = row.roles.map((role) => grantOf(role, unit)).filter((grant) => !has(before, grant));
    const roles = [...before.roles, ...given];
    if (holds({ roles }, 'admin', null) && holds({ roles }, 'intakeOfficer', null) && given.length > 0)
      return faulty('admin-reads-no-complaints', fullLabel({ id: row.id, name: row.name }));
    const holder = coordinators.get(unit);
    if (given.some(({ role }) => role === 'coordinator') && holder)
      return faulty('coordinator-taken', fullLabel(holder));

    const joins = before.unit !== unit;
    const isRenamed = row.name !== null && row.name !== before.name;
    if (!joins && !isRenamed && given.length === 0) return null;
    const placed = joins ? joining(before, unit, laterOf(row.since, today)) : before;
    const after = { ...placed, name: row.name ?? before.name, roles };
    if (given.some(({ role }) => role === 'coordinator')) coordinators.set(unit, after);
    return {
      row: row.row,
      after,
      isNew: known === null,
      joins,
      from: joins ? before.unit : null,
      isRenamed: isRenamed && before.name !== null,
      given,
    };
  };

  return (rows: readonly RosterRow[], known: (id: string) => Member | null): Planned => {
    const changes: PersonChange[] = [];
    const faults: RowFault<PlanFault>[] = [];
    for (const row of rows) {
      const planned = planRow(row, known(row.id));
      if (planned && 'fault' in planned) faults.push(planned);
      else if (planned) changes.push(planned);
    }
    return { changes, faults };
  };
};

/** Nobody owes for days on which the bot did not know the person: an earlier day of joining counts from today. */
const laterOf = (since: string | null, today: Day): Day => {
  const day = since === null ? today : Temporal.PlainDate.from(since);
  return compareDays(day, today) > 0 ? day : today;
};

const grantOf = (role: Role, unit: UnitId): Grant => ({ role, unit: unitRoles.includes(role) ? unit : null });
const has = ({ roles }: Member, grant: Grant): boolean =>
  roles.some(({ role, unit }) => role === grant.role && unit === grant.unit);
