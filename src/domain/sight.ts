/** Who looks at a board from above. */
import { type Member, reach, type Unit, type UnitId } from './organisation.ts';
import { holds } from './roles.ts';

/** Rows that somebody sees whatever their places: all, some, or (null) none beyond what every unit sees. */
export type Covered = 'all' | ReadonlySet<UnitId> | null;

/**
 * Inspectors, reviewers and admins see the whole board; leaders all units that they answer for, once those are more than
 * one: a unit's own leader sees it as the unit does.
 */
export const coveredOf = (
  member: Pick<Member, 'roles'> | null,
  units: readonly Unit[],
  shown: readonly Unit[],
): Covered => {
  if ((['inspector', 'reviewer', 'admin'] as const).some((role) => holds(member, role, null))) return 'all';
  const led = new Set(
    (['leader', 'unitHead'] as const).flatMap((role) => reach(member, role, units).map(({ id }) => id)),
  );
  const covered = shown.filter(({ id }) => led.has(id));
  if (covered.length < 2) return null;
  return covered.length === shown.length ? 'all' : new Set(covered.map(({ id }) => id));
};
