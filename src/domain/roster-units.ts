/** Where the units of a roster stand in the tree: found, hung in, or made. Each name is looked up once. */
import { nameKey } from './names.ts';
import type { Unit, UnitId } from './organisation.ts';

export type UnitFault = 'unit-below-itself' | 'unit-ambiguous' | 'unit-too-deep';
type Path = readonly string[];

/** Deeper than any administration; a longer chain is a slip, or malice. */
const DEEPEST = 20;

/** One spelling of a path, for looking up. */
export const pathKey = (path: Path): string => path.map(nameKey).join('/');

export type Placement = {
  /** By `pathKey`. */
  readonly at: ReadonlyMap<string, UnitId | { readonly fault: UnitFault }>;
  /** Made, in order. */
  readonly made: readonly Unit[];
  /** Without a parent before, and hung below one now. */
  readonly hung: readonly Unit[];
};

/**
 * Places `paths` of a roster in the tree. A path's last name is the unit; a name alone is the unit of that name in the
 * file or in the tree, where there is one alone. A unit that has a parent keeps it.
 */
export const placeUnits = (units: readonly Unit[], paths: Iterable<Path>): Placement => {
  const at = new Map<string, UnitId | { readonly fault: UnitFault }>();
  const current = new Map(units.map((unit) => [unit.id, unit]));
  const named = Map.groupBy(units, ({ name }) => nameKey(name));
  const children = new Map(units.map((unit) => [`${unit.parent ?? ''}/${nameKey(unit.name)}`, unit.id]));
  const made: UnitId[] = [];
  const hung: UnitId[] = [];
  let next = Math.max(0, ...units.map(({ id }) => Number(id.slice(1)))) + 1;

  /** Paths of the file that end in a name and tell more, with those that they run through. */
  const telling = new Map<string, Map<string, Path>>();
  const given = [...paths];
  for (const path of given) {
    for (let end = path.length; end > 1; end -= 1) {
      const part = path.slice(0, end);
      const key = nameKey(part[end - 1] ?? '');
      const known = telling.get(key) ?? new Map<string, Path>();
      telling.set(key, known.set(pathKey(part), part));
    }
  }

  const make = (name: string, parent: UnitId | null): UnitId => {
    const unit: Unit = { id: `u${next}`, name, parent, settings: {}, chats: [] };
    next += 1;
    current.set(unit.id, unit);
    children.set(`${parent ?? ''}/${nameKey(name)}`, unit.id);
    made.push(unit.id);
    return unit.id;
  };

  const isAbove = (id: UnitId, below: UnitId): boolean => {
    for (let each: UnitId | null = below; each !== null; each = current.get(each)?.parent ?? null)
      if (each === id) return true;
    return false;
  };

  const endsAs = (unit: Unit, path: Path): boolean => {
    let each: Unit | undefined = unit;
    for (const name of path.toReversed()) {
      if (!each || nameKey(each.name) !== nameKey(name)) return false;
      each = each.parent === null ? undefined : current.get(each.parent);
    }
    return true;
  };

  const place = (path: Path, depth: number): UnitId | { readonly fault: UnitFault } => {
    const key = pathKey(path);
    const known = at.get(key);
    if (known !== undefined) return known;
    if (depth > DEEPEST) return { fault: 'unit-too-deep' };
    // Whoever comes back here on the way up has gone in a circle.
    at.set(key, { fault: 'unit-below-itself' });
    const found = path.length > 1 ? below(path, depth) : alone(path, depth);
    at.set(key, found);
    return found;
  };

  const below = (path: Path, depth: number): UnitId | { readonly fault: UnitFault } => {
    const [only, second] = (named.get(nameKey(path.at(-1) ?? '')) ?? []).filter((unit) => endsAs(unit, path));
    if (only && !second) return only.id;
    const parent = place(path.slice(0, -1), depth + 1);
    if (typeof parent !== 'string') return parent;
    const name = path.at(-1) ?? '';
    const child = children.get(`${parent}/${nameKey(name)}`);
    if (child !== undefined) return child;
    const top = children.get(`/${nameKey(name)}`);
    const unit = top === undefined ? undefined : current.get(top);
    if (!unit) return make(name, parent);
    if (isAbove(unit.id, parent)) return { fault: 'unit-below-itself' };
    current.set(unit.id, { ...unit, parent });
    children.delete(`/${nameKey(name)}`);
    children.set(`${parent}/${nameKey(name)}`, unit.id);
    hung.push(unit.id);
    return unit.id;
  };

  const alone = ([name = '']: Path, depth: number): UnitId | { readonly fault: UnitFault } => {
    const inFile = [...(telling.get(nameKey(name))?.values() ?? [])].map((path) => place(path, depth + 1));
    const fault = inFile.find((each) => typeof each !== 'string');
    if (fault) return fault;
    const ids = new Set([...(named.get(nameKey(name)) ?? []).map(({ id }) => id), ...(inFile as UnitId[])]);
    const [first, second] = ids;
    if (second === undefined) return first ?? make(name, null);
    // At the top the name is the whole path.
    return children.get(`/${nameKey(name)}`) ?? { fault: 'unit-ambiguous' };
  };

  for (const path of given) place(path, 0);
  const those = (ids: readonly UnitId[]) => ids.flatMap((id) => current.get(id) ?? []);
  return { at, made: those(made), hung: those(hung.filter((id) => !made.includes(id))) };
};
