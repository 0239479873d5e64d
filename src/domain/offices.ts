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
  // Most have nothing to do with this unit: the whole tree is looked through for the few who have.
  officers.filter(leadsIn(unit)).flatMap((leader) => {
    const offices = units.filter(({ id }) => leadsIn(id)(leader));
    if (offices.toSorted(byUnitCode)[0]?.id !== unit) return [];
    const covered = new Set([...reach(leader, 'leader', units), ...reach(leader, 'unitHead', units)]);
    return [{ leader, reach: [...covered].sort(byUnitCode) }];
  });

const leadsIn =
  (unit: UnitId) =>
  ({ roles }: Member): boolean =>
    roles.some((grant) => grant.unit === unit && (grant.role === 'leader' || grant.role === 'unitHead'));
