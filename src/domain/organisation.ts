import type { Day } from './calendar.ts';
import type { Grant } from './roles.ts';
import type { Settings } from './settings.ts';

/** Short and our own, such as `u3`: never an outside id. The number is the order of creation, which boards use for ties. */
export type UnitId = string;

/** A node of the organisation's tree. */
export type Unit = {
  readonly id: UnitId;
  readonly name: string;
  readonly parent: UnitId | null;
  /** What differs from the defaults. */
  readonly settings: Partial<Settings>;
  /** The group chats bound to it, as `chatKey` spells them, first bound first. */
  readonly chats: readonly string[];
};

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
};

/** The unit and what is below it. */
export const subtree = (units: readonly Unit[], root: UnitId): readonly Unit[] => {
  const below = (id: UnitId): Unit[] => units.filter(({ parent }) => parent === id).flatMap((u) => [u, ...below(u.id)]);
  return [...units.filter(({ id }) => id === root), ...below(root)];
};

/** In order of creation. */
export const byUnitCode = (a: { readonly id: UnitId }, b: { readonly id: UnitId }): number =>
  Number(a.id.slice(1)) - Number(b.id.slice(1));
