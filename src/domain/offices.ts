/** Who is written to for a unit's sake. */
import { byUnitCode, type Member, reach, type Unit, type UnitId } from './organisation.ts';

/** The unit's own coordinators: nobody else learns who is missing in it. */
export const coordinatorsOf = (officers: readonly Member[], unit: UnitId): readonly Member[] =>
  officers.filter(({ roles }) => roles.some((grant) => grant.role === 'coordinator' && grant.unit === unit));

/**
 * The leaders who get their digest at the hour of `unit`, with all the units they answer for. Somebody with several
 * offices gets one digest, at the hour of the first unit among them.
 */
export const leadersAt = (
  officers: readonly Member[],
  units: readonly Unit[],
  unit: UnitId,
): readonly { readonly leader: Member; readonly reach: readonly Unit[] }[] =>
  officers.flatMap((leader) => {
    const offices = leader.roles.flatMap(({ role, unit: of }) =>
      (role === 'leader' || role === 'unitHead') && of !== null ? [{ id: of }] : [],
    );
    // Most have nothing to do with this unit: the whole tree is looked through for the few who have.
    if (!offices.some(({ id }) => id === unit)) return [];
    const [first] = offices.filter(({ id }) => units.some((one) => one.id === id)).sort(byUnitCode);
    if (first?.id !== unit) return [];
    const covered = new Set([...reach(leader, 'leader', units), ...reach(leader, 'unitHead', units)]);
    return [{ leader, reach: [...covered].sort(byUnitCode) }];
  });
