/** Whose reports somebody may have as a workbook. */
import { compareDays, type Day, epochDay } from '../domain/calendar.ts';
import { spanBeside } from '../domain/export-words.ts';
import { echoed } from '../domain/names.ts';
import { labelled, type Member, reach, readPath, subtree, type Unit, unitsNamed } from '../domain/organisation.ts';
import type { Span } from '../domain/period.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import type { ReadableUnit } from './export-reports.ts';
import { answersFor } from './requests.ts';

/** A leader of a county over a quarter; more would keep everybody waiting. */
const MOST_UNIT_DAYS = 20_000;
const MOST_SHEETS = 200;

type Asking = { readonly member: Member | null; readonly today: Day; readonly t: Translate };

/**
 * `11月 城关镇`: days and units, this month and everything in reach by default. As with /看, leaders and heads read what
 * was said in their units; a coordinator gets the own unit without the words.
 */
export const exportedUnits = (
  typed: string,
  isSplit: boolean,
  units: readonly Unit[],
  { member, today, t }: Asking,
): { readonly span: Span; readonly units: readonly ReadableUnit[] } => {
  const { span, rest } = spanBeside(typed, today);
  const meant = span ?? { from: today.with({ day: 1 }), to: today };
  if (compareDays(meant.from, today) > 0) throw new UserError('export.future');
  const led = new Set(answersFor(member, units).map(({ id }) => id));
  const mine = new Set([...led, ...reach(member, 'coordinator', units).map(({ id }) => id)]);
  if (mine.size === 0) throw new UserError('export.not-leading');

  const wanted = rest === '' ? units : subtree(units, unitNamed(rest, units, t).id);
  const allowed = wanted.filter(({ id }) => mine.has(id));
  if (allowed.length === 0) throw new UserError('export.not-yours', { unit: echoed(rest) });
  const to = compareDays(meant.to, today) < 0 ? meant.to : today;
  const days = epochDay(to) - epochDay(meant.from) + 1;
  if (allowed.length * days > MOST_UNIT_DAYS || (isSplit && allowed.length > MOST_SHEETS)) {
    throw new UserError('export.too-much', { units: allowed.length, days });
  }
  const named = labelled(units, allowed);
  return { span: { from: meant.from, to }, units: named.map((unit) => ({ unit, hasWords: led.has(unit.id) })) };
};

const unitNamed = (typed: string, units: readonly Unit[], t: Translate): Unit => {
  const found = unitsNamed(units, readPath(typed));
  const [unit, second] = found;
  if (!unit) throw new UserError('export.no-unit', { text: echoed(typed) });
  if (second) {
    const names = labelled(units, found).map(({ name }) => name);
    throw new UserError('why.which', { text: echoed(typed), units: names.join(t('list.and')) });
  }
  return unit;
};
