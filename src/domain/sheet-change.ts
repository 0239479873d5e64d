/** How sheets of indicators change. Whatever happens, base and indicators weigh 100 together. */
import { type ForbiddenKind, forbiddenKind } from './indicator-names.ts';
import { nameFault, nameKey, sameName } from './names.ts';
import type { UnitId } from './organisation.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type Indicator, ownSheet, type Sheet, type SheetApproval } from './sheet.ts';
import type { Better } from './specials.ts';

export type SheetRule =
  | `forbidden-${ForbiddenKind}`
  | 'bad-name'
  | 'no-unit'
  | 'no-target'
  | 'same-name'
  | 'bad-weight'
  | 'base-too-small'
  | 'no-approval'
  | 'sum'
  | 'not-all'
  | 'too-many'
  | 'no-sheet'
  | 'unknown'
  | 'which';

const MOST_NAME = 20;
const MOST_UNIT = 10;
/** More than a phone shows at once, and than anybody steers by. */
export const MOST_ITEMS = 10;
/** Below this the base would be no base. */
export const LEAST_BASE = 20;

/** What the base is called where weights are given. */
export const baseWords: readonly string[] = ['基础', '基础分', '基础指标', 'base'];

export type NewIndicator = {
  readonly name: string;
  /** Measured in. */
  readonly measure: string;
  readonly target: number | null;
  readonly weight: number | null;
  readonly better: Better;
};

/** A sheet as it is to be; its revision is given when it is stored. */
export type NextSheet = Omit<Sheet, 'revision'>;

/** The sheet with which a change of the unit's begins: the newest, or an empty one. */
const before = (sheets: readonly Sheet[], unit: UnitId): Omit<NextSheet, 'from'> =>
  sheets.findLast((one) => one.unit === unit) ?? { unit, base: 100, items: [], approval: null };

export const addIndicator = (
  sheets: readonly Sheet[],
  { unit, month, nextId }: { readonly unit: UnitId; readonly month: string; readonly nextId: number },
  wanted: NewIndicator,
  approval: SheetApproval | null,
): NextSheet | Refusal<SheetRule> => {
  const { name, measure, target, better } = wanted;
  const weight = wanted.weight ?? 0;
  const kind = forbiddenKind(name, measure);
  if (kind !== null) return refuse(`forbidden-${kind}`, { name });
  if (nameFault(name, MOST_NAME) !== null || baseWords.includes(nameKey(name))) return refuse('bad-name', { name });
  if (measure === '' || [...measure].length > MOST_UNIT) return refuse('no-unit', { name });
  if (target === null || target <= 0) return refuse('no-target', { name });
  const sheet = before(sheets, unit);
  const same = sheet.items.find((item) => sameName(item.name, name));
  if (same) return refuse('same-name', { name: same.name });
  if (sheet.items.length >= MOST_ITEMS) return refuse('too-many', { most: MOST_ITEMS });
  if (!isWeight(weight)) return refuse('bad-weight', { name });
  const base = sheet.base - weight;
  if (base < LEAST_BASE) return refuse('base-too-small', { name, base: sheet.base, weight, least: LEAST_BASE });
  const allowed = sheet.approval ?? approval;
  if (weight > 0 && allowed === null) return refuse('no-approval', { name });
  const item: Indicator = { id: nextId, name, unit: measure, better, target, targets: {}, weight };
  return { ...sheet, from: month, base, items: [...sheet.items, item], approval: allowed };
};

/** A whole number of 0 to 100. */
const isWeight = (weight: number): boolean => Number.isInteger(weight) && weight >= 0 && weight <= 100;

export type NamedWeight = { readonly name: string; readonly weight: number };

/** All weights at once: one for the base and each indicator, 100 together. */
export const setWeights = (
  sheets: readonly Sheet[],
  { unit, month }: { readonly unit: UnitId; readonly month: string },
  weights: readonly NamedWeight[],
  approval: SheetApproval | null,
): NextSheet | Refusal<SheetRule> => {
  const sheet = before(sheets, unit);
  if (sheet.items.length === 0) return refuse('no-sheet');
  const given = new Map<number | 'base', number>();
  for (const { name, weight } of weights) {
    if (!isWeight(weight)) return refuse('bad-weight', { name });
    const found = baseWords.includes(nameKey(name)) ? 'base' : indicatorNamed(sheet.items, name);
    if (found !== 'base' && 'refused' in found) return found;
    given.set(found === 'base' ? found : found.id, weight);
  }
  const all = [{ id: 'base' as const, name: baseWords[0] ?? '' }, ...sheet.items];
  const missing = all.filter(({ id }) => !given.has(id)).map(({ name }) => name);
  if (missing.length > 0 || given.size !== weights.length) return refuse('not-all', { names: missing });
  const sum = [...given.values()].reduce((total, weight) => total + weight, 0);
  if (sum !== 100) return refuse('sum', { sum });
  const base = given.get('base') ?? 0;
  if (base < LEAST_BASE) return refuse('base-too-small', { name: '', base, weight: 0, least: LEAST_BASE });
  const allowed = sheet.approval ?? approval;
  if (base < 100 && allowed === null) return refuse('no-approval', { name: '' });
  const items = sheet.items.map((item) => ({ ...item, weight: given.get(item.id) ?? 0 }));
  return { ...sheet, from: month, base, items, approval: allowed };
};

/** Another target; `of`: for that unit alone, where it is not the sheet's own. */
export const setTarget = (
  sheets: readonly Sheet[],
  { unit, month, of }: { readonly unit: UnitId; readonly month: string; readonly of: UnitId },
  name: string,
  target: number | null,
): NextSheet | Refusal<SheetRule> => {
  const sheet = before(sheets, unit);
  const found = indicatorNamed(sheet.items, name);
  if ('refused' in found) return found;
  if (target === null || target <= 0) return refuse('no-target', { name: found.name });
  const changed: Indicator =
    of === unit ? { ...found, target } : { ...found, targets: { ...found.targets, [of]: target } };
  const items = sheet.items.map((item) => (item.id === found.id ? changed : item));
  return { ...sheet, from: month, items };
};

/** Takes an indicator off the sheet; the base gets its weight back. Its values stay. */
export const stopIndicator = (
  sheets: readonly Sheet[],
  { unit, month }: { readonly unit: UnitId; readonly month: string },
  name: string,
): NextSheet | Refusal<SheetRule> => {
  const sheet = before(sheets, unit);
  const found = indicatorNamed(sheet.items, name);
  if ('refused' in found) return found;
  const items = sheet.items.filter(({ id }) => id !== found.id);
  return { ...sheet, from: month, base: sheet.base + found.weight, items };
};

/** The one that `name`, whole or in part, means. */
export const indicatorNamed = (
  items: readonly Indicator[],
  name: string,
): Indicator | Refusal<'unknown' | 'which' | 'no-sheet'> => {
  if (items.length === 0) return refuse('no-sheet');
  const key = nameKey(name);
  const whole = items.filter((item) => nameKey(item.name) === key);
  const found = whole.length > 0 || key === '' ? whole : items.filter((item) => nameKey(item.name).includes(key));
  const [only, second] = found;
  if (!only) return refuse('unknown', { text: name, names: items.map((item) => item.name) });
  return second ? refuse('which', { text: name, names: found.map((item) => item.name) }) : only;
};

/** Whether the newest sheet of a unit has anything on it. */
export const hasOwnSheet = (sheets: readonly Sheet[], unit: UnitId): boolean =>
  ownSheet(sheets, unit, '9999-12') !== null;
