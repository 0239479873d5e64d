/** Who has a part in the lists. */
import type { Issue } from '../domain/lists.ts';
import type { Member, Unit, UnitId } from '../domain/organisation.ts';
import { holds } from '../domain/roles.ts';
import type { Directory } from '../ports.ts';

/** The coordinators, heads and leaders of the unit itself: who is told, and who may appeal. */
export const officersOf = (officers: readonly Member[], unit: UnitId): readonly Member[] =>
  officers.filter((one) => isOfficerOf(one, unit));

export const isOfficerOf = (one: Pick<Member, 'roles'> | null, unit: UnitId): boolean =>
  one?.roles.some(
    ({ role, unit: of }) => of === unit && (role === 'coordinator' || role === 'leader' || role === 'unitHead'),
  ) ?? false;

export const isReachable = ({ unreachable }: Member): boolean => !unreachable;

export const reviewersIn = (officers: readonly Member[]): readonly Member[] =>
  officers.filter((one) => holds(one, 'reviewer', null));

/** Those who may still sign: not the drafter, nobody who has appealed or decided. */
export const signersOf = (issue: Issue, officers: readonly Member[]): readonly Member[] => {
  const hands = [
    ...[issue.draftedBy, ...issue.raised.map(({ by }) => by)],
    ...issue.appeals.flatMap(({ by, decidedBy }) => [by, decidedBy]),
  ];
  return reviewersIn(officers).filter(({ id }) => !hands.includes(id));
};

/** Those who may decide an appeal of `unit`: neither drafter nor reviewer of the issue, nor from the unit itself. */
export const decidersOf = (issue: Issue, unit: UnitId, officers: readonly Member[]): readonly Member[] =>
  officers.filter(
    (one) =>
      holds(one, 'appealDecider', null) &&
      ![issue.draftedBy, ...issue.reviewers].includes(one.id) &&
      !isOf(one, unit) &&
      issue.appeals.every((appeal) => appeal.unit !== unit || appeal.by !== one.id),
  );

/** Belongs to the unit, or holds an office in it: has a stake in its row. */
export const isOf = (one: Pick<Member, 'unit' | 'roles'> | null, unit: UnitId): boolean =>
  one?.unit === unit || isOfficerOf(one, unit);

/** Who is told privately which units a published warning list names. */
export const leadersOf = (units: readonly Unit[], officers: readonly Member[]): readonly Member[] => {
  const ids = new Set(units.map(({ id }) => id));
  return officers.filter(({ roles }) =>
    roles.some(({ role, unit }) => (role === 'leader' || role === 'unitHead') && unit !== null && ids.has(unit)),
  );
};

/** Whether somebody may read which units stand on a published warning list. */
export const mayReadWarned = (one: Member | null): boolean =>
  one?.roles.some(({ role }) =>
    ['leader', 'unitHead', 'inspector', 'reviewer', 'appealDecider', 'admin'].includes(role),
  ) ?? false;

/** Whether somebody works on the lists, and may read one before it is published. */
export const worksOnLists = (one: Member | null): boolean =>
  (['inspector', 'reviewer', 'appealDecider'] as const).some((role) => holds(one, role, null));

/** Everybody who had a hand in an issue, under the id of the person they are now. */
export const handsIn = async (issue: Issue, directory: Pick<Directory, 'known'>): Promise<(id: string) => string> => {
  const ids = [
    issue.draftedBy,
    ...issue.reviewers,
    ...issue.raised.map(({ by }) => by),
    ...issue.appeals.flatMap(({ by, decidedBy }) => (decidedBy === null ? [by] : [by, decidedBy])),
  ].filter((id) => id.includes(':'));
  const known = await directory.known([...new Set(ids)]);
  return (id) => known.get(id)?.id ?? id;
};
