/** Where a unit stands in the organisation's tree: found, hung in, or made. No two below one parent share a name. */
import { sameName } from './names.ts';
import { subtree, type Unit, type UnitId, unitLabel, unitsNamed } from './organisation.ts';
import { type Refusal, refuse } from './refusal.ts';

type Tree = readonly Unit[];

/** The tree as it is to be, and the unit that was named. */
export type Placed = { readonly tree: Tree; readonly unit: Unit };
export type PlacingRule = 'below-itself' | 'ambiguous' | 'name-taken';

/**
 * Walks down the path from its first name. Each next name is the child of that name, else a unit that can be hung in
 * here, else a new one. `own` is the unit of the group in which this is said: it is meant before others of its name.
 */
export const placeAlong = (units: Tree, path: readonly string[], own: Unit | null): Placed | Refusal<PlacingRule> => {
  let placed: { readonly tree: Tree; readonly unit: Unit | null } = { tree: units, unit: null };
  for (const [i, name] of path.entries()) {
    const next = step(placed.tree, placed.unit, name, i === path.length - 1 ? own : null);
    if ('refused' in next) return next;
    placed = next;
  }
  const { tree, unit } = placed;
  if (!unit) throw new RangeError('a path has at least one name');
  return { tree, unit };
};

const step = (tree: Tree, above: Unit | null, name: string, own: Unit | null): Placed | Refusal<PlacingRule> => {
  const found = above ? (childOf(tree, above.id, name) ?? adoptable(tree, name, own)) : anywhere(tree, name, own);
  if (!found) {
    const unit = { id: nextId(tree), name, parent: above?.id ?? null, settings: {}, chats: [] };
    return { tree: [...tree, unit], unit };
  }
  if ('refused' in found) return found;
  if (!above || found.parent === above.id) return { tree, unit: found };
  if (subtree(tree, found.id).includes(above)) return refuse('below-itself', { unit: name });
  const unit = { ...found, parent: above.id };
  return { tree: tree.map((each) => (each.id === unit.id ? unit : each)), unit };
};

/** The unit of that name at the top of the tree, taken there if need be. */
export const placeAtTop = (units: Tree, name: string, own: Unit | null): Placed | Refusal<PlacingRule> => {
  const found = anywhere(units, name, own);
  if (found && 'refused' in found) return found;
  if (!found) return placeAlong(units, [name], own);
  const isTaken = units.some((unit) => unit.id !== found.id && unit.parent === null && sameName(unit.name, name));
  if (isTaken) return refuse('name-taken', { unit: name });
  const unit = found.parent === null ? found : { ...found, parent: null };
  return { tree: units.map((each) => (each.id === unit.id ? unit : each)), unit };
};

/** The unit that a name alone means: the group's own, else the only one of that name. */
const anywhere = (units: Tree, name: string, own: Unit | null): Unit | null | Refusal<PlacingRule> => {
  if (own && sameName(own.name, name)) return own;
  const [first, second] = unitsNamed(units, [name]);
  if (!second) return first ?? null;
  const all = unitsNamed(units, [name]).map((unit) => unitLabel(units, unit));
  return refuse('ambiguous', { unit: name, units: all, example: all[0] ?? '' });
};

const childOf = (units: Tree, parent: UnitId, name: string): Unit | undefined =>
  units.find((unit) => unit.parent === parent && sameName(unit.name, name));

/**
 * A unit that has no parent yet may be given one; so may the group's own unit, which is how a wrong parent is put
 * right.
 */
const adoptable = (units: Tree, name: string, own: Unit | null): Unit | null => {
  if (own && sameName(own.name, name)) return own;
  return units.find((unit) => unit.parent === null && sameName(unit.name, name)) ?? null;
};

const nextId = (units: Tree): UnitId => `u${Math.max(0, ...units.map(({ id }) => Number(id.slice(1)))) + 1}`;
