/** /指标 新建, 权重, 目标, 停: what is measured and how it weighs. */
import { decimal, readDecimal } from '../domain/decimal.ts';
import { type IndicatorText, readWeight, readWeights } from '../domain/indicator-text.ts';
import { cleanName, echoed } from '../domain/names.ts';
import type { Unit } from '../domain/organisation.ts';
import type { Refusal } from '../domain/refusal.ts';
import { type Sheet, sheetFor } from '../domain/sheet.ts';
import {
  addIndicator,
  hasOwnSheet,
  indicatorNamed,
  type NextSheet,
  type SheetRule,
  setTarget,
  setWeights,
  stopIndicator,
} from '../domain/sheet-change.ts';
import { measurable, topmost } from '../domain/sheet-rights.ts';
import { monthName } from '../domain/specials.ts';
import { UserError } from '../errors.ts';
import { type Reply, text } from '../message.ts';
import type { IndicatorContext } from './indicator-context.ts';
import { labelOf, monthWords, unitChosen, unitFirst, weightsLine } from './indicator-words.ts';
import { unlessRefused } from './refusals.ts';

/** The unit whose sheet is meant: the one named, else the topmost of those that the person decides about. */
const unitMeant = async (head: string, { directory, member, t }: IndicatorContext) => {
  const units = await directory.units();
  const own = measurable(member, units);
  if (own.length === 0) throw new UserError('indicator.not-yours-to-set');
  const { named, rest } = unitFirst(head, units);
  const top = named.length === 0 ? topmost(own) : null;
  const unit = top ?? unitChosen(units, own, { named, act: 'set' }, t);
  return { units, own, unit, rest };
};

/** As it is called on the sheet, whatever part of it was typed. */
const nameIn = ({ items }: Sheet, typed: string): string => {
  const found = indicatorNamed(items, typed);
  return 'refused' in found ? typed : found.name;
};

type Decide = (sheets: readonly Sheet[], nextId: number) => NextSheet | Refusal<SheetRule>;

const reshaped = async (decide: Decide, { indicators, cause, t }: IndicatorContext): Promise<Sheet> =>
  unlessRefused(await indicators.reshape(decide, cause), (rule) => `indicator.${rule}`, t);

/** Who approved that results weigh, and on what basis; null unless both are said. */
const approvalIn = ({ fields: { approver = '', source = '' } }: IndicatorText) =>
  approver === '' || source === '' ? null : { approver: cleanName(approver), basis: cleanName(source) };

const numberIn = (typed: string | undefined): number | null =>
  typed === undefined ? null : (readDecimal(typed)?.value ?? null);

const facts = (sheet: Sheet, units: readonly Unit[], { t }: IndicatorContext) => ({
  of: labelOf(units, sheet.unit),
  weights: weightsLine(sheet, t),
  month: monthWords(sheet.from, t),
});

export const defineIndicator = async (said: IndicatorText, context: IndicatorContext): Promise<Reply> => {
  const { t, today, indicators } = context;
  const { units, unit, rest } = await unitMeant(said.head, context);
  const { measure = '', target, weight } = said.fields;
  const weighs = weight === undefined ? 0 : readWeight(weight);
  if (weighs === null) throw new UserError('indicator.bad-weight', { name: echoed(rest) });
  const wanted = { name: rest, measure, target: numberIn(target), weight: weighs, better: said.better };
  const wasOwn = hasOwnSheet(await indicators.sheets(), unit.id);
  const sheet = await reshaped(
    (sheets, nextId) =>
      addIndicator(sheets, { unit: unit.id, month: monthName(today), nextId }, wanted, approvalIn(said)),
    context,
  );
  const item = sheet.items.at(-1);
  if (!item) throw new TypeError(`sheet ${sheet.revision} has no items`);
  const isFirst = !wasOwn && unit.parent !== null && sheet.items.length === 1;
  return text(
    t('indicator.defined', {
      ...facts(sheet, units, context),
      ...{ name: item.name, unit: item.unit, target: decimal(item.target), better: item.better },
      ...{ weight: item.weight, first: isFirst ? 'yes' : 'no' },
    }),
  );
};

export const weighIndicators = async (said: IndicatorText, context: IndicatorContext): Promise<Reply> => {
  const { t, today } = context;
  const { units, unit, rest } = await unitMeant(said.head, context);
  const weights = readWeights(rest);
  if (!weights) throw new UserError('indicator.weights-what', { text: echoed(rest) });
  const sheet = await reshaped(
    (sheets) => setWeights(sheets, { unit: unit.id, month: monthName(today) }, weights, approvalIn(said)),
    context,
  );
  return text(t('indicator.weighed', facts(sheet, units, context)));
};

export const retarget = async (said: IndicatorText, context: IndicatorContext): Promise<Reply> => {
  const { t, today, indicators } = context;
  const { units, own, unit, rest } = await unitMeant(said.head, context);
  const month = monthName(today);
  const byId = new Map(units.map((one) => [one.id, one]));
  const sheets = await indicators.sheets();
  const owner = byId.get(sheetFor(sheets, byId, unit.id, month)?.unit ?? unit.id) ?? unit;
  if (!own.includes(owner))
    throw new UserError('indicator.choose-not-yours', { act: 'set', unit: labelOf(units, owner.id) });
  const [, name = '', value = ''] = /^(.*?)\s+(\S+)$/u.exec(rest) ?? [];
  if (name === '') throw new UserError('indicator.target-what', { text: echoed(rest) });
  const target = numberIn(value);
  const sheet = await reshaped((now) => setTarget(now, { unit: owner.id, month, of: unit.id }, name, target), context);
  return text(
    t('indicator.targeted', {
      ...facts(sheet, units, context),
      ...{
        name: nameIn(sheet, name),
        target: decimal(target ?? 0),
        unit: labelOf(units, unit.id),
        own: owner.id === unit.id ? 'no' : 'yes',
      },
    }),
  );
};

export const stopMeasuring = async (said: IndicatorText, context: IndicatorContext): Promise<Reply> => {
  const { t, today, indicators } = context;
  const { units, unit, rest } = await unitMeant(said.head, context);
  const sheet = await reshaped(
    (sheets) => stopIndicator(sheets, { unit: unit.id, month: monthName(today) }, rest),
    context,
  );
  // As the sheet before called it: it is not on this one any more.
  const all = await indicators.sheets();
  const before = all.findLast((one) => one.unit === unit.id && one.revision < sheet.revision);
  const name = before ? nameIn(before, rest) : rest;
  return text(t('indicator.stopped', { ...facts(sheet, units, context), name: echoed(name) }));
};
