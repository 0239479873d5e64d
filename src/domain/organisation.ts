import type { FormerCadence } from './cadence.ts';
import type { Day } from './calendar.ts';
import type { Exception } from './exception.ts';
import { echoed, nameKey } from './names.ts';
import type { Grant } from './roles.ts';
import type { Settings } from './settings.ts';

/**
 * Short and our own, such as `u3`: never an outside id. The number is the order of creation, which boards use for ties.
 */
export type UnitId = string;

/** Lifts the unit's quiet hours. `until` in ms since 1970. */
export type Emergency = { readonly until: number; readonly reason: string };

/** A node of the organisation's tree. */
export type Unit = {
  readonly id: UnitId;
  readonly name: string;
  readonly parent: UnitId | null;
  /** What differs from the defaults. */
  readonly settings: Partial<Settings>;
  /** The group chats bound to it, as `chatKey` spells them, first bound first. */
  readonly chats: readonly string[];
  /** How often it reported before, oldest first. */
  readonly formerCadences?: readonly FormerCadence[];
  /** The hours at which members have asked to be reminded, `HH:MM`, in order; nobody may want some of them any more. */
  readonly ownNudges?: readonly string[];
  /** The last one that was declared; `emergencyAt` in quiet.ts says whether it is in force. */
  readonly emergency?: Emergency;
  /** What was approved beside the rules; those that have ended are among them. See exception.ts. */
  readonly exceptions?: readonly Exception[];
};

/** A unit that somebody has left: `until` is the day of leaving. `since` as the member had it there. */
export type FormerHome = { readonly unit: UnitId; readonly since: Day | null; readonly until: Day };

/** `platform:userId`. */
export type Member = {
  readonly id: string;
  /** For display only; null until the platform or the person tells it. */
  readonly name: string | null;
  readonly unit: UnitId | null;
  /** The day the member joined the unit: owes reports from the next workday. */
  readonly since: Day | null;
  readonly roles: readonly Grant[];
  /** Private messages were refused by the platform: the person has to open the chat with the bot first. */
  readonly unreachable: boolean;
  /** When the member wants to be reminded, `HH:MM`, or `off`; as the unit has it when there is none. */
  readonly nudgeAt?: string;
  /** Where the person belonged before, oldest first: what was filed there stays the person's own. */
  readonly homes?: readonly FormerHome[];
  /** The unit before this one, and when the person left it (ms of real time): a message may come again from before. */
  readonly formerly?: { readonly unit: UnitId; readonly until: number };
  /** The day on which the person was taken off the roster: does not come back by filing, but by checking in. */
  readonly left?: Day;
  /** A second identity: this member is the one meant. Such a record has no unit and no roles of its own. */
  readonly mergedInto?: string;
  /** The identities that were merged into this one: what they filed counts as this member's. */
  readonly merged?: readonly string[];
};

/** Somebody the bot meets for the first time, with the name that the platform tells. */
export const newcomer = (id: string, name: string | null): Member => ({
  id,
  name: echoed(name ?? '') || null,
  unit: null,
  since: null,
  roles: [],
  unreachable: false,
});

/** The person as a member of `unit`, who owes from the workday after `today`. */
export const joining = ({ left: _, ...person }: Member, unit: UnitId, today: Day): Member => ({
  ...person,
  ...(person.unit !== unit && leftHome(person, today)),
  unit,
  since: today,
});

/** The person taken off the roster: owes nothing from `today` on, and comes back only by checking in. */
export const leaving = (person: Member, today: Day): Member => ({
  ...person,
  ...leftHome(person, today),
  unit: null,
  since: null,
  left: today,
});

const leftHome = ({ unit, since, homes = [] }: Member, until: Day): Pick<Member, 'homes'> =>
  unit === null ? {} : { homes: [...homes, { unit, since, until }] };

/** Every unit in which the member belongs or has belonged, the present one first. */
export const unitsOf = ({ unit, homes = [], formerly }: Member): readonly UnitId[] => [
  ...new Set([unit, formerly?.unit, ...homes.map((home) => home.unit)].filter((id) => id != null)),
];

/** The unit and what is below it. */
export const subtree = (units: readonly Unit[], root: UnitId): readonly Unit[] => {
  const top = units.filter(({ id }) => id === root);
  const found = [...top];
  // Level by level, each in one pass: thousands of units may lie below one.
  for (let level = new Set([root]); level.size > 0; ) {
    const above = level;
    const next = units.filter(({ parent }) => parent !== null && above.has(parent));
    found.push(...next);
    level = new Set(next.map(({ id }) => id));
  }
  const children = Map.groupBy(found, ({ parent }) => parent);
  const below = (id: UnitId): Unit[] => (children.get(id) ?? []).flatMap((unit) => [unit, ...below(unit.id)]);
  return [...top, ...below(root)];
};

/**
 * The units that a person's `role` covers, in order of creation: a leader's and a unit head's reach goes down the tree,
 * a coordinator's does not.
 */
export const reach = (
  member: Pick<Member, 'roles'> | null,
  role: 'coordinator' | 'leader' | 'unitHead',
  units: readonly Unit[],
): readonly Unit[] => {
  const own = new Set(member?.roles.filter((grant) => grant.role === role).map(({ unit }) => unit));
  const heads = units.filter(({ id }) => own.has(id));
  if (role === 'coordinator') return heads;
  const below = new Set(heads.flatMap(({ id }) => subtree(units, id)));
  return units.filter((unit) => below.has(unit));
};

/** In order of creation. */
export const byUnitCode = (a: { readonly id: UnitId }, b: { readonly id: UnitId }): number =>
  Number(a.id.slice(1)) - Number(b.id.slice(1));

/** The names from the root of the tree down to the unit. */
export const pathOf = (units: readonly Unit[], unit: Unit): readonly string[] => {
  const parent = units.find(({ id }) => id === unit.parent);
  return parent ? [...pathOf(units, parent), unit.name] : [unit.name];
};

/** How a unit is called where others are too: by its name, or by its path when another one has the same name. */
export const unitLabel = (units: readonly Unit[], unit: Unit): string => {
  const isSame = sameNameAs(unit.name);
  const isAlone = units.every((other) => other.id === unit.id || !isSame(other.name));
  return isAlone ? unit.name : pathOf(units, unit).join('/');
};

/** Names of these characters alone are what they are: among thousands, most need no closer look. */
const EVEN = /^[0-9\u4e00-\u9fff]*$/;

const sameNameAs = (name: string) => {
  const [key, isEven] = [nameKey(name), EVEN.test(name)];
  return (other: string): boolean => other === name || (!(isEven && EVEN.test(other)) && nameKey(other) === key);
};

/** Units under the names by which they can be told from all others. */
export const labelled = (units: readonly Unit[], some: readonly Unit[]): readonly Unit[] => {
  const [only, second] = some;
  if (only && !second) return [{ ...only, name: unitLabel(units, only) }];
  const alike = Map.groupBy(units, ({ name }) => nameKey(name));
  return some.map((unit) =>
    alike.get(nameKey(unit.name))?.some(({ id }) => id !== unit.id)
      ? { ...unit, name: pathOf(units, unit).join('/') }
      : unit,
  );
};

/** The names in `云岭县/城关镇`, in any width; empty ones are left out. */
export const readPath = (typed: string): readonly string[] =>
  typed
    .split(/[/／]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** The units that a path, whole or only its end, may mean; one alone when it is some unit's whole path. */
export const unitsNamed = (units: readonly Unit[], path: readonly string[]): readonly Unit[] => {
  const wanted = path.map(nameKey);
  const keys = (unit: Unit) => pathOf(units, unit).map(nameKey);
  const matching = units.filter((unit) => wanted.length > 0 && endsWith(keys(unit), wanted));
  const whole = matching.filter((unit) => keys(unit).length === wanted.length);
  return whole.length === 1 ? whole : matching;
};

const endsWith = (all: readonly string[], end: readonly string[]): boolean =>
  end.every((name, i) => all[all.length - end.length + i] === name);
