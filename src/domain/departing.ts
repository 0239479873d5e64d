/** Takes somebody off the roster: he owes nothing any more, his offices end, and what he filed stays. */
import type { Day } from './calendar.ts';
import { leaving, type Member, type Unit, unitLabel } from './organisation.ts';
import { fullLabel } from './people.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type Grant, holds, type Role } from './roles.ts';

export type Departure = {
  readonly person: Member;
  /** Who says so. */
  readonly by: Member | null;
  readonly today: Day;
};

export type DepartingRule = 'last-admin' | 'not-yours' | 'holds-more';

/** What the answer is worded from. `ended`: the roles that ended, each with its unit, null for the organisation's. */
export type DepartingFacts = {
  readonly outcome: 'departed' | 'nothing';
  readonly who: string;
  readonly unit: string | null;
  readonly ended: readonly { readonly role: Role; readonly unit: string | null }[];
};

type State = { readonly units: readonly Unit[]; readonly officers: readonly Member[] };

/** An administrator takes off anybody, with every role; a coordinator members of the own unit, but none who leads it or
 * holds a role elsewhere: those were given by an administrator. */
export const decideDeparture = (
  { units, officers }: State,
  { person, by, today }: Departure,
): { readonly members: readonly Member[]; readonly facts: DepartingFacts } | Refusal<DepartingRule> => {
  const who = fullLabel(person);
  const isAdmin = holds(by, 'admin', null);
  if (!isAdmin && (person.unit === null || !holds(by, 'coordinator', person.unit))) return refuse('not-yours', { who });
  if (person.unit === null && person.roles.length === 0)
    return { members: [], facts: { outcome: 'nothing', who, unit: null, ended: [] } };
  const isMore = ({ role, unit }: Grant) => role !== 'coordinator' || unit !== person.unit;
  if (!isAdmin && person.roles.some(isMore)) return refuse('holds-more', { who });
  if (isLastAdmin(person, officers)) return refuse('last-admin', { who });

  const label = (id: string | null) => {
    const unit = units.find((each) => each.id === id);
    return unit ? unitLabel(units, unit) : null;
  };
  const ended = person.roles.map(({ role, unit }) => ({ role, unit: label(unit) }));
  return {
    members: [{ ...leaving(person, today), roles: [] }],
    facts: { outcome: 'departed', who, unit: label(person.unit), ended },
  };
};

/** Without this person nobody could administer any more. */
export const isLastAdmin = (person: Member, officers: readonly Member[]): boolean =>
  holds(person, 'admin', null) &&
  officers.every(({ id, roles }) => id === person.id || !holds({ roles }, 'admin', null));
