/** What a roster would change, in words. */
import { echoed } from '../domain/names.ts';
import { type Unit, unitLabel } from '../domain/organisation.ts';
import { fullLabel } from '../domain/people.ts';
import type { FaultGroup, FaultTally } from '../domain/roster-faults.ts';
import type { Translate } from '../i18n.ts';
import { list, type Reply, text } from '../message.ts';
import { changesNothing, type Outline, type RosterPlan } from './roster-work.ts';

/** Stretches of rows that one line of a chat names; the operator's command names all. */
const MOST_STRETCHES = 30;
const MOST_UNITS = 8;

export const previewOf = (plan: RosterPlan, units: readonly Unit[], t: Translate): Reply => {
  const faulty = countOf(plan.faults);
  const isNothing = changesNothing(plan);
  return [
    ...text(t('import.read', { rows: plan.outline.rows, faulty })),
    ...(isNothing ? [] : [...text(t('import.will')), ...list(changeLines(plan, units, t))]),
    ...(faulty === 0
      ? []
      : [...text(t('import.faulty', { count: faulty })), ...list(faultLines(plan.faults, MOST_STRETCHES, t))]),
    ...(plan.absent === 0 ? [] : text(t('import.absent', { count: plan.absent }))),
    ...text(t(isNothing ? 'import.nothing' : 'import.not-yet')),
    ...(isNothing ? [] : [confirming(t)]),
  ];
};

const confirming = (t: Translate): Reply[number] => ({
  kind: 'buttons',
  buttons: [{ text: t('import.confirm-button'), command: t('import.confirm-command') }],
});

const countOf = (faults: FaultTally): number => faults.reduce((sum, { count }) => sum + count, 0);

/** One line for each kind of change, with the first names. */
export const changeLines = (plan: RosterPlan, units: readonly Unit[], t: Translate): readonly string[] => {
  const { outline, placement, shown } = plan;
  const after = [
    ...units.filter(({ id }) => !placement.hung.some((unit) => unit.id === id)),
    ...placement.hung,
    ...placement.made,
  ];
  const label = (id: string | null) => {
    const unit = after.find((each) => each.id === id);
    return unit ? unitLabel(after, unit) : '';
  };
  const named = (some: readonly Unit[]) => some.slice(0, MOST_UNITS).map((unit) => label(unit.id));
  const shownOf = (names: readonly string[], count: number) =>
    names.join(t('list.and')) + (names.length < count ? '…' : '');
  const lines: readonly [number, () => string][] = [
    [
      outline.units,
      () => t('import.units', { count: outline.units, names: shownOf(named(placement.made), outline.units) }),
    ],
    [
      outline.hung,
      () => t('import.hung', { count: outline.hung, names: shownOf(named(placement.hung), outline.hung) }),
    ],
    [outline.people, () => t('import.people', { count: outline.people })],
    [outline.joined, () => t('import.joined', { count: outline.joined })],
    [
      outline.moved,
      () => {
        const moves = shown.moved.map(({ after: one, from }) =>
          t('import.move', { who: fullLabel(one), from: label(from), to: label(one.unit) }),
        );
        return t('import.moved', { count: outline.moved, names: shownOf(moves, outline.moved) });
      },
    ],
    [
      outline.renamed,
      () =>
        t('import.renamed', {
          count: outline.renamed,
          names: shownOf(
            shown.renamed.map(({ after: one }) => fullLabel(one)),
            outline.renamed,
          ),
        }),
    ],
    [
      outline.given,
      () => {
        const grants = shown.given.flatMap(({ after: one, given }) =>
          given.map(({ role, unit }) =>
            t('import.grant', { who: fullLabel(one), unit: label(unit), role: t(`appoint.role.${role}`) }),
          ),
        );
        return t('import.given', { count: outline.given, names: shownOf(grants, outline.given) });
      },
    ],
  ];
  return lines.flatMap(([count, line]) => (count > 0 ? [line()] : []));
};

/** One line for each reason, naming its rows. */
export const faultLines = (faults: FaultTally, most: number, t: Translate): readonly string[] =>
  faults
    .toSorted((a, b) => (a.rows[0]?.[0] ?? 0) - (b.rows[0]?.[0] ?? 0))
    .map((group) => t('import.fault', { rows: rowsOf(group, most, t), why: why(group, t) }));

const rowsOf = ({ rows, count }: FaultGroup, most: number, t: Translate): string => {
  const shown = rows.slice(0, most).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return t('import.rows', { rows: shown.join(t('list.and')), more: rows.length > most ? 'yes' : 'no', count });
};

const why = ({ fault, value }: FaultGroup, t: Translate): string =>
  t(`import.fault.${fault}`, { value: echoed(value) });

/** What was entered. */
export const entered = (outline: Outline, t: Translate): string => t('import.done', { ...outline });
