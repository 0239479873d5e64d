/** /指标: a unit's sheet with the values of a month, how they count, and what waits to be verified. */
import { comparedWith, ruleFor, ruleOn } from '../domain/board.ts';
import { decimal } from '../domain/decimal.ts';
import { type IndicatorText, readMonth } from '../domain/indicator-text.ts';
import { echoed } from '../domain/names.ts';
import type { Unit } from '../domain/organisation.ts';
import { fullLabel } from '../domain/people.ts';
import { noFigures } from '../domain/score.ts';
import {
  countingOf,
  type Indicator,
  type Measured,
  type Sheet,
  sheetFor,
  targetFor,
  waitingOf,
} from '../domain/sheet.ts';
import { inSight, topmost, verifiable } from '../domain/sheet-rights.ts';
import { monthName } from '../domain/specials.ts';
import { UserError } from '../errors.ts';
import { type Block, list, type Reply, text } from '../message.ts';
import { footer } from './figures.ts';
import type { IndicatorContext } from './indicator-context.ts';
import { recentMonths, waitingIn } from './indicator-values.ts';
import {
  itemOf,
  labelOf,
  monthTyped,
  monthWords,
  unitChosen,
  unitFirst,
  valueWords,
  weightsLine,
} from './indicator-words.ts';

const MOST_WAITING = 8;

/** Private: it says who reported and who verified. */
export const showIndicators = async (
  said: IndicatorText,
  context: IndicatorContext,
): Promise<{ readonly privately: Reply }> => {
  const { directory, indicators, member, chatUnit, unit: home, today, t } = context;
  const units = await directory.units();
  const seen = inSight(member, units);
  const { named, rest } = unitFirst(said.head, units);
  const month = rest === '' ? monthName(today) : readMonth(rest, today);
  if (month === null) throw new UserError('indicator.what', { text: echoed(said.head) });
  const here = [chatUnit, home, topmost(seen)].find((one) => one && seen.some(({ id }) => id === one.id)) ?? null;
  const unit = unitChosen(units, seen, { named, here, act: 'see' }, t);

  const sheets = await indicators.sheets();
  const sheet = sheetFor(sheets, new Map(units.map((one) => [one.id, one])), unit.id, month);
  const values = await indicators.values(recentMonths(context));
  const waits = await waitingBlocks(values, { sheets, units }, context);
  const of = labelOf(units, unit.id);
  if (!sheet) return { privately: [...text(t('indicator.none', { of })), ...waits] };
  const shown =
    month === monthName(today) || values.some((one) => one.month === month) ? values : await indicators.values([month]);
  const mine = shown.filter((one) => one.unit === unit.id && one.month === month);
  return {
    privately: [
      { kind: 'text', text: t('indicator.title', { of, month: monthWords(month, t) }), as: 'heading' },
      table(sheet, unit, mine, context),
      ...list(await notes(sheet, mine, units, context)),
      ...waits,
      { kind: 'text', text: footer(t, ruleBy(sheet, unit, units)), as: 'quiet' },
    ],
  };
};

const table = (sheet: Sheet, unit: Unit, mine: readonly Measured[], { t }: IndicatorContext): Block => ({
  kind: 'table',
  columns: [t('indicator.name'), t('indicator.weight'), t('indicator.target'), t('indicator.now')],
  rows: [
    [t('why.base-name'), `${sheet.base}`, t('rate.none'), t('indicator.base')],
    ...sheet.items.map((item) => [
      item.name,
      `${item.weight}`,
      t('indicator.target-cell', { target: decimal(targetFor(item, unit.id)), unit: item.unit, better: item.better }),
      nowCell(
        item,
        mine.filter(({ indicator }) => indicator === item.id),
        { t },
      ),
    ]),
  ],
});

const nowCell = (item: Indicator, values: readonly Measured[], { t }: Pick<IndicatorContext, 't'>): string => {
  const [counting, waiting] = [countingOf(values), waitingOf(values)];
  if (counting) return valueWords(item, counting, t);
  return waiting ? t('indicator.waits', { value: decimal(waiting.value), unit: item.unit }) : t('rate.none');
};

/** The rule of the boards on which the unit stands, with this sheet in its version. */
const ruleBy = ({ revision, base }: Sheet, unit: Unit, units: readonly Unit[]) =>
  ruleOn(ruleFor(units, comparedWith(units, unit)), [{ ...noFigures, specials: { revision, base, items: [] } }]);

/** Where each counting value comes from, who reported it and who verified it; then how it counts. */
const notes = async (
  sheet: Sheet,
  mine: readonly Measured[],
  units: readonly Unit[],
  { indicators, directory, t }: IndicatorContext,
): Promise<string[]> => {
  const counting = sheet.items.flatMap(
    (item) => countingOf(mine.filter(({ indicator }) => indicator === item.id)) ?? [],
  );
  const sources = await indicators.sources(counting);
  const people = await directory.known(counting.flatMap(({ by, verdict }) => [by, ...(verdict ? [verdict.by] : [])]));
  const label = (id: string | undefined) => {
    const person = id === undefined ? undefined : people.get(id);
    return person ? fullLabel(person) : t('indicator.somebody');
  };
  return [
    ...counting.map((value, i) =>
      t('indicator.source', {
        ...{ name: itemOf([sheet], value.indicator)?.name ?? '', source: sources[i] ?? t('indicator.erased') },
        ...{ reporter: label(value.by), verifier: label(value.verdict?.by) },
      }),
    ),
    t('indicator.how', {
      ...{ weights: weightsLine(sheet, t), of: labelOf(units, sheet.unit), month: monthWords(sheet.from, t) },
      ...{ revision: sheet.revision },
    }),
    ...(sheet.approval ? [t('indicator.approved', sheet.approval)] : []),
  ];
};

/** What the asker may verify, each with the button that does it. */
const waitingBlocks = async (
  values: readonly Measured[],
  { sheets, units }: { readonly sheets: readonly Sheet[]; readonly units: readonly Unit[] },
  { member, me, indicators, t }: IndicatorContext,
): Promise<Reply> => {
  const waiting = waitingIn(values, verifiable(member, units)).filter(({ by }) => by !== me);
  if (waiting.length === 0) return [];
  const shown = waiting.slice(0, MOST_WAITING);
  const sources = await indicators.sources(shown);
  const places = shown.map(({ unit, indicator, month }) =>
    t('indicator.place', {
      ...{ of: labelOf(units, unit), name: itemOf(sheets, indicator)?.name ?? '', month: monthTyped(month, t) },
    }),
  );
  const lines = shown.map((value, i) => {
    const item = itemOf(sheets, value.indicator);
    const said = item ? valueWords(item, value, t) : decimal(value.value);
    return t('indicator.waiting', { place: places[i] ?? '', value: said, source: sources[i] ?? t('indicator.erased') });
  });
  const buttons = places.map((place) => ({
    text: t('indicator.verify', { place }),
    command: t('indicator.verify-command', { place }),
  }));
  return [
    ...text(t('indicator.to-verify', { count: waiting.length })),
    ...list(lines),
    { kind: 'buttons', buttons, stays: true },
  ];
};
