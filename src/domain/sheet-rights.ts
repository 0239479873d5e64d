/** Who may decide, report and verify what is measured. */
import { type Member, reach, type Unit } from './organisation.ts';
import { holds } from './roles.ts';

type Person = Pick<Member, 'roles'> | null;

/**
 * The units whose sheets a person may change: administrators all, heads those below their own, and a head of the topmost
 * that too. Nobody says by what the own unit is measured beside its sisters.
 */
export const measurable = (person: Person, units: readonly Unit[]): readonly Unit[] => {
  if (holds(person, 'admin', null)) return units;
  const headed = new Set(person?.roles.filter(({ role }) => role === 'unitHead').map(({ unit }) => unit));
  const covered = reach(person, 'unitHead', units);
  const ids = new Set(covered.map(({ id }) => id));
  return covered.filter(({ id, parent }) => parent === null || !headed.has(id) || ids.has(parent));
};

/** The units whose values a person may verify: leaders and heads in their reach, inspectors all. */
export const verifiable = (person: Person, units: readonly Unit[]): readonly Unit[] => {
  if (holds(person, 'inspector', null)) return units;
  const led = new Set([...reach(person, 'leader', units), ...reach(person, 'unitHead', units)]);
  return units.filter((unit) => led.has(unit));
};

/** The units whose sheet and values a person may see. */
export const inSight = (person: (Person & Pick<Member, 'unit'>) | null, units: readonly Unit[]): readonly Unit[] => {
  if (holds(person, 'admin', null) || holds(person, 'reviewer', null)) return units;
  const some = new Set([...verifiable(person, units), ...reach(person, 'coordinator', units)]);
  return units.filter((unit) => some.has(unit) || unit.id === person?.unit);
};

/** The one unit above all the others of `some`; null when there are several such, or none. */
export const topmost = (some: readonly Unit[]): Unit | null => {
  const ids = new Set(some.map(({ id }) => id));
  const [top, second] = some.filter(({ parent }) => parent === null || !ids.has(parent));
  return top && !second ? top : null;
};
