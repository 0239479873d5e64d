/** Gives and takes roles. Rights hang on the member id; what is decided here is who then holds what, and why not. */
import type { Day } from './calendar.ts';
import { echoed } from './names.ts';
import { joining, leaving, type Member, type Unit, type UnitId, unitLabel, unitsNamed } from './organisation.ts';
import { fullLabel } from './people.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type Grant, holds, type Role, unitRoles } from './roles.ts';

export type Appointment = {
  readonly person: Member;
  readonly role: Role;
  readonly take: boolean;
  /** The unit as it was named; empty when none was. */
  readonly unit: readonly string[];
  /** The unit of the group in which this was said. */
  readonly here: Unit | null;
  readonly today: Day;
};

export type AppointingRule =
  | 'unit-unknown'
  | 'unit-ambiguous'
  | 'unit-needed'
  | 'unit-unfit'
  | 'last-admin'
  | 'admin-reads-no-complaints';

/** What the answer is worded from. */
export type AppointingFacts = {
  readonly outcome: 'given' | 'taken' | 'already' | 'not-held' | 'joined' | 'left';
  readonly who: string;
  readonly role: Role;
  readonly unit: string | null;
  /** The coordinator whose place was taken. */
  readonly replaced: string | null;
  /** The unit that a new member comes from. */
  readonly from: string | null;
  /** Whose records go along, from one unit to the other, when the person had a unit before. */
  readonly moved: { readonly id: string; readonly from: UnitId; readonly to: UnitId } | null;
};

type State = { readonly units: readonly Unit[]; readonly officers: readonly Member[] };
type Appointed = { readonly members: readonly Member[]; readonly facts: AppointingFacts } | Refusal<AppointingRule>;

export const decideAppointment = (state: State, order: Appointment): Appointed => {
  const { role, take, person } = order;
  const isOfUnit = role === 'member' || unitRoles.includes(role);
  if (!isOfUnit && order.unit.length > 0) return refuse('unit-unfit', { unit: echoed(order.unit.join('/')) });
  const unit = isOfUnit ? unitMeant(state.units, order) : null;
  if (unit && 'refused' in unit) return unit;

  const facts: AppointingFacts = {
    outcome: take ? 'taken' : 'given',
    who: fullLabel(person),
    role,
    unit: unit && unitLabel(state.units, unit),
    replaced: null,
    from: null,
    moved: null,
  };
  if (role === 'member' && unit) return place(state.units, order, unit, facts);
  return take ? takeRole(state, order, unit, facts) : giveRole(state, order, unit, facts);
};

const giveRole = (
  { officers }: State,
  { person, role }: Appointment,
  unit: Unit | null,
  facts: AppointingFacts,
): Appointed => {
  const grant: Grant = { role, unit: unit?.id ?? null };
  if (has(person, grant)) return { members: [], facts: { ...facts, outcome: 'already' } };
  const other = role === 'admin' ? 'intakeOfficer' : role === 'intakeOfficer' ? 'admin' : null;
  if (other && holds(person, other, null)) return refuse('admin-reads-no-complaints', { who: fullLabel(person) });

  const given = { ...person, roles: [...person.roles, grant] };
  // A unit has one coordinator: the only one who gets its missing list.
  const before = role === 'coordinator' ? officers.filter((officer) => has(officer, grant)) : [];
  return {
    members: [given, ...before.map((officer) => without(officer, grant))],
    facts: { ...facts, replaced: before.map(fullLabel)[0] ?? null },
  };
};

const takeRole = (
  { officers }: State,
  { person, role }: Appointment,
  unit: Unit | null,
  facts: AppointingFacts,
): Appointed => {
  const grant: Grant = { role, unit: unit?.id ?? null };
  if (!has(person, grant)) return { members: [], facts: { ...facts, outcome: 'not-held' } };
  const isLast = role === 'admin' && officers.filter((officer) => holds(officer, 'admin', null)).length === 1;
  if (isLast) return refuse('last-admin', { who: fullLabel(person) });
  return { members: [without(person, grant)], facts };
};

/** Puts a person into a unit, or out of it. Who joins owes from the next workday; roles stay as they are. */
const place = (
  units: readonly Unit[],
  { person, take, today }: Appointment,
  unit: Unit,
  facts: AppointingFacts,
): Appointed => {
  const isIn = person.unit === unit.id;
  if (isIn !== take) return { members: [], facts: { ...facts, outcome: take ? 'not-held' : 'already' } };
  if (take) return { members: [leaving(person, today)], facts: { ...facts, outcome: 'left' } };
  const from = units.find(({ id }) => id === person.unit);
  return {
    members: [joining(person, unit.id, today)],
    facts: {
      ...facts,
      outcome: 'joined',
      from: from ? unitLabel(units, from) : null,
      moved: from ? { id: person.id, from: from.id, to: unit.id } : null,
    },
  };
};

const isSame = (a: Grant, b: Grant): boolean => a.role === b.role && a.unit === b.unit;
const has = ({ roles }: Member, grant: Grant): boolean => roles.some((held) => isSame(held, grant));
const without = (member: Member, grant: Grant): Member => ({
  ...member,
  roles: member.roles.filter((held) => !isSame(held, grant)),
});

/** The unit that was named, else the group's, else the person's own. What is taken is looked for where it is held. */
const unitMeant = (
  units: readonly Unit[],
  { person, role, take, unit, here }: Appointment,
): Unit | Refusal<AppointingRule> => {
  if (unit.length > 0) {
    const [first, second] = unitsNamed(units, unit);
    if (!first) return refuse('unit-unknown', { unit: echoed(unit.join('/')) });
    if (!second) return first;
    return refuse('unit-ambiguous', {
      unit: unit.join('/'),
      units: unitsNamed(units, unit).map((each) => unitLabel(units, each)),
    });
  }
  const home = units.find(({ id }) => id === person.unit) ?? null;
  const held = take && role !== 'member' ? units.filter(({ id }) => has(person, { role, unit: id })) : [];
  if (held.length > 0 && !held.some(({ id }) => id === here?.id)) {
    const [only, second] = held;
    if (only && !second) return only;
    return refuse('unit-ambiguous', { unit: '', units: held.map((each) => unitLabel(units, each)) });
  }
  const meant = (take && role === 'member' ? home : null) ?? here ?? home;
  return meant ?? refuse('unit-needed', { who: fullLabel(person) });
};
