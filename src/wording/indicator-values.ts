/** /指标 报, 核, 退回: values, with their source, and the second person who looks at it. */
import { type IndicatorText, readValue } from '../domain/indicator-text.ts';
import { echoed, nameKey } from '../domain/names.ts';
import { reach, type Unit } from '../domain/organisation.ts';
import { type Measured, type Sheet, sheetFor, waitingOf } from '../domain/sheet.ts';
import { indicatorNamed } from '../domain/sheet-change.ts';
import { verifiable } from '../domain/sheet-rights.ts';
import { monthName } from '../domain/specials.ts';
import { plain } from '../domain/spoken.ts';
import { characters } from '../domain/visible.ts';
import { UserError } from '../errors.ts';
import { type Reply, text } from '../message.ts';
import type { IndicatorContext } from './indicator-context.ts';
import { itemOf, labelOf, monthTyped, monthWords, unitChosen, unitFirst, valueWords } from './indicator-words.ts';
import { unlessRefused } from './refusals.ts';

const MOST_SOURCE = 100;
/** Months back in which a value may still wait to be verified. */
const MONTHS_BACK = 12;

export const reportValue = async (said: IndicatorText, context: IndicatorContext): Promise<Reply> => {
  const { directory, indicators, member, chatUnit, today, cause, t } = context;
  const units = await directory.units();
  const own = reach(member, 'coordinator', units);
  if (own.length === 0) throw new UserError('indicator.not-coordinator');
  const { named, rest } = unitFirst(said.head, units);
  const here = own.find(({ id }) => id === chatUnit?.id) ?? null;
  const unit = unitChosen(units, own, { named, here, act: 'report' }, t);

  const { name, month: asked, value, measure } = readValue(rest, today);
  const month = asked ?? monthName(today);
  if (month > monthName(today)) throw new UserError('indicator.month-to-come', { month: monthWords(month, t) });
  const byId = new Map(units.map((one) => [one.id, one]));
  const sheet = sheetFor(await indicators.sheets(), byId, unit.id, month);
  if (!sheet) {
    if (asked === null) throw new UserError('indicator.no-sheet');
    throw new UserError('indicator.no-sheet-then', { of: labelOf(units, unit.id), month: monthWords(month, t) });
  }
  const item = unlessRefused(indicatorNamed(sheet.items, name), (rule) => `indicator.${rule}`, t);
  if (value === null) throw new UserError('indicator.no-value', { name: item.name, unit: item.unit });
  if (measure !== '' && plain(measure) !== plain(item.unit)) {
    throw new UserError('indicator.other-unit', { name: item.name, unit: item.unit, typed: echoed(measure) });
  }
  const { source = '' } = said.fields;
  if (source === '') throw new UserError('indicator.no-source', { name: item.name });
  if (characters(source) > MOST_SOURCE) throw new UserError('indicator.long-source', { most: MOST_SOURCE });

  const stored = await indicators.report({ unit: unit.id, indicator: item.id, month }, value, source, cause);
  return text(
    t('indicator.reported', {
      ...{ of: labelOf(units, unit.id), name: item.name, month: monthWords(month, t) },
      ...{ value: valueWords(item, stored.value, t), n: stored.value.n },
    }),
  );
};

/** The months whose values may be meant, oldest first. */
export const recentMonths = ({ today }: Pick<IndicatorContext, 'today'>): readonly string[] =>
  Array.from({ length: MONTHS_BACK + 1 }, (_, i) => monthName(today.subtract({ months: MONTHS_BACK - i })));

/** What waits for somebody else to verify it in these units, oldest month first. */
export const waitingIn = (values: readonly Measured[], some: readonly Unit[]): readonly Measured[] => {
  const ids = new Set(some.map(({ id }) => id));
  const places = Map.groupBy(
    values.filter(({ unit }) => ids.has(unit)),
    ({ unit, indicator, month }) => `${month} ${unit} ${indicator}`,
  );
  return [...places.values()].flatMap((place) => waitingOf(place) ?? []);
};

export const judgeValue = async (
  said: IndicatorText,
  isVerified: boolean,
  context: IndicatorContext,
): Promise<{ readonly privately: Reply }> => {
  const { directory, indicators, member, me, today, cause, tell, t } = context;
  const { why = '' } = said.fields;
  if (!isVerified && why === '') throw new UserError('indicator.no-why', { text: echoed(said.head) });
  const units = await directory.units();
  const own = verifiable(member, units);
  if (own.length === 0) throw new UserError('indicator.not-verifier');
  const { named, rest } = unitFirst(said.head, units);
  const some = named.length === 0 ? own : [unitChosen(units, own, { named, act: 'verify' }, t)];
  const { name, month } = readValue(rest, today);
  const [before, sheets, values] = await Promise.all([
    // Nothing waits any more for a message that comes again.
    indicators.judged(cause),
    indicators.sheets(),
    indicators.values(month ? [month] : recentMonths(context)),
  ]);
  const chosen = before?.value ?? onlyOne(meant(name, sheets, values, some), { sheets, units }, context);
  const item = itemOf(sheets, chosen.indicator);
  if (!item) throw new TypeError(`no indicator ${chosen.indicator}`);

  const about = {
    ...{ of: labelOf(units, chosen.unit), name: item.name, month: monthWords(chosen.month, t) },
    value: valueWords(item, chosen, t),
  };
  const judged = await indicators.judge(chosen, isVerified, isVerified ? null : why, cause);
  unlessRefused(judged, (rule) => `indicator.${rule}`, t);
  if (isVerified) return { privately: text(t('indicator.verified', { ...about, weight: item.weight })) };
  const reporter = await directory.member(chosen.by);
  if (reporter && reporter.id !== me) {
    const reply = text(t('indicator.returned-told', { ...about, why }));
    await tell('indicator', [{ to: reporter, unit: chosen.unit, reply }]);
  }
  return { privately: text(t('indicator.returned', about)) };
};

/** Those that wait under that name. */
const meant = (
  name: string,
  sheets: readonly Sheet[],
  values: readonly Measured[],
  some: readonly Unit[],
): readonly Measured[] => {
  const named = (one: Measured) => nameKey(itemOf(sheets, one.indicator)?.name ?? '').includes(nameKey(name));
  return waitingIn(values, some).filter(named);
};

const onlyOne = (
  found: readonly Measured[],
  { sheets, units }: { readonly sheets: readonly Sheet[]; readonly units: readonly Unit[] },
  { t }: IndicatorContext,
): Measured => {
  const [one, second] = found;
  if (!one) throw new UserError('indicator.nothing-waits');
  if (!second) return one;
  const labels = found.slice(0, 5).map(({ unit, indicator, month }) =>
    t('indicator.place', {
      of: labelOf(units, unit),
      name: itemOf(sheets, indicator)?.name ?? '',
      month: monthTyped(month, t),
    }),
  );
  throw new UserError('indicator.which-waits', {
    count: found.length,
    places: labels.join(t('list.and')),
    example: labels[0] ?? '',
  });
};
