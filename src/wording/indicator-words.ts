/** Indicators in words: what they weigh, what was reported, how it counts. */
import { decimal } from '../domain/decimal.ts';
import { readPath, type Unit, type UnitId, unitLabel, unitsNamed } from '../domain/organisation.ts';
import { shareTenths } from '../domain/ratio.ts';
import { inTenths } from '../domain/score.ts';
import { chosenUnit } from '../domain/setting-change.ts';
import type { Indicator, Measured, Sheet } from '../domain/sheet.ts';
import { targetFor } from '../domain/sheet.ts';
import { monthShare } from '../domain/specials.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';

/** `2026-11` → `2026 年 11 月`. */
export const monthWords = (month: string, t: Translate): string =>
  t('indicator.month', { year: month.slice(0, 4), month: Number(month.slice(5)) });

/** As it is typed in a command: `2026年11月`. */
export const monthTyped = (month: string, t: Translate): string =>
  t('indicator.month-typed', { year: month.slice(0, 4), month: Number(month.slice(5)) });

/** `基础 70、亩均税收 20、营商环境 10` */
export const weightsLine = ({ base, items }: Pick<Sheet, 'base' | 'items'>, t: Translate): string =>
  [{ name: t('why.base-name'), weight: base }, ...items]
    .map(({ name, weight }) => `${name} ${weight}`)
    .join(t('list.and'));

/** `12.3万元，目标 12，完成 100.0%` */
export const valueWords = (
  item: Indicator,
  value: Pick<Measured, 'value' | 'unit' | 'month'>,
  t: Translate,
): string => {
  const target = targetFor(item, value.unit);
  const percent = inTenths(shareTenths(monthShare({ month: value.month, value: value.value, target }, item.better)));
  return t('indicator.value', { value: decimal(value.value), unit: item.unit, target: decimal(target), percent });
};

/** Splits what was typed into the unit that it begins with and the rest; no name of a unit is the shortest of all. */
export const unitFirst = (
  head: string,
  units: readonly Unit[],
): { readonly named: readonly string[]; readonly rest: string } => {
  const words = head.split(' ').filter((word) => word !== '');
  for (let count = Math.min(words.length, 4); count > 0; count -= 1) {
    const named = readPath(words.slice(0, count).join(' '));
    if (unitsNamed(units, named).length > 0) return { named, rest: words.slice(count).join(' ') };
  }
  return { named: [], rest: head };
};

export const labelOf = (units: readonly Unit[], id: UnitId): string => {
  const unit = units.find((one) => one.id === id);
  return unit ? unitLabel(units, unit) : id;
};

/** What is measured under an id, by the newest sheet that has it. */
export const itemOf = (sheets: readonly Sheet[], id: number): Indicator | null =>
  sheets.flatMap(({ items }) => items).findLast((item) => item.id === id) ?? null;

/** What somebody wants to do with a unit's indicators. */
export type Act = 'set' | 'report' | 'verify' | 'see';

/** The one of `own` that is named, else `here`, else the only one; throws the sentence that says what to do. */
export const unitChosen = (
  units: readonly Unit[],
  own: readonly Unit[],
  { named, here = null, act }: { readonly named: readonly string[]; readonly here?: Unit | null; readonly act: Act },
  t: Translate,
): Unit => {
  const chosen = chosenUnit(units, own, named, here);
  if (!('refused' in chosen)) return chosen;
  const { unit = '', units: some = '', example = '', words = '' } = chosen.values;
  const names = typeof some === 'object' ? some.slice(0, 8).join(t('list.and')) : `${some}`;
  throw new UserError(`indicator.choose-${chosen.refused}`, {
    act,
    unit: `${unit || words}`,
    units: names,
    example: `${example}`,
  });
};
