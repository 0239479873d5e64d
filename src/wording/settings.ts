/** A unit's settings in words: as they stand, and how they came about. */
import type { Temporal } from 'temporal-polyfill';
import { type Exception, exceptionFor, inForceAt, isInForce } from '../domain/exception.ts';
import { houseSettingNames } from '../domain/house-settings.ts';
import { listSettingNames } from '../domain/list-settings.ts';
import type { Member, Unit } from '../domain/organisation.ts';
import { labels } from '../domain/people.ts';
import { personSettingNames } from '../domain/person-settings.ts';
import type { Refusal } from '../domain/refusal.ts';
import { changedSettings } from '../domain/setting-history.ts';
import { type SettingName, settingNames, settingRules } from '../domain/setting-rules.ts';
import { defaults, type Settings, settingsOf } from '../domain/settings.ts';
import type { Translate } from '../i18n.ts';
import { type Block, list, type Reply, text } from '../message.ts';
import type { UnitChange } from '../ports.ts';
import { cadenceWords } from './cadence.ts';
import { shortDay } from './week.ts';

/** What belongs together, so that a phone shows short tables. What is in none of them stands with the first. */
const groups = {
  reporting: ['cadence', 'deadline', 'week', 'late', 'undo', 'approval', 'answer'],
  digests: ['digest', 'digests', 'lines', 'board'],
  messages: ['nudge', 'draft', 'quiet', 'private', 'group', 'copy'],
  lamps: ['soon', 'grace'],
  boards: ['top', 'around', 'least', 'smoothing', 'on-time-weight', 'cleared-weight'],
  persons: [...personSettingNames],
  lists: [...listSettingNames],
  house: [...houseSettingNames],
} as const satisfies Record<string, readonly SettingName[]>;

/** The organisation's own settings are shown where they are set. */
const groupsOf = ({ parent }: Unit) =>
  (Object.keys(groups) as (keyof typeof groups)[]).filter((group) => group !== 'house' || parent === null);

/** Value, default and range of each, or of the one that was named; below, who may change them. */
export const settingsTable = (
  unit: Unit,
  label: string,
  { only, now }: { readonly only: SettingName | null; readonly now: Temporal.ZonedDateTime },
  t: Translate,
): Reply => {
  const approved = exceptionLines(unit, only, now, t);
  if (only) {
    return [
      ...text(t('settings.title', { unit: label })),
      table(unit, [only], t),
      ...approved,
      ...text(t('settings.who')),
    ];
  }
  const named: readonly SettingName[] = Object.values(groups).flat();
  const others = settingNames.filter((name) => !named.includes(name));
  return [
    { kind: 'text', text: t('settings.title', { unit: label }) },
    ...groupsOf(unit).flatMap((group): Block[] => [
      { kind: 'text', text: t('settings.group', { group }) },
      table(unit, [...groups[group], ...(group === 'reporting' ? others : [])], t),
    ]),
    ...approved,
    { kind: 'text', text: t('settings.who') },
  ];
};

/** What is in force beside the rules: who approved it, on what basis, until when. */
const exceptionLines = (unit: Unit, only: SettingName | null, now: Temporal.ZonedDateTime, t: Translate): Block[] => {
  const running = (unit.exceptions ?? []).filter(
    (one) => isInForce(one, now.epochMilliseconds) && (only === null || one.name === only),
  );
  const lines = running.flatMap((one) => {
    const name = knownSetting(one.name);
    if (!name) return [];
    const said = { name: t(`settings.name.${name}`), value: settingValue(name, settingsOf(unit), t) };
    return [t('settings.exception', { ...said, approval: exceptionWords(one, 'line', t) })];
  });
  return lines.length === 0 ? [] : [...text(t('settings.exceptions')), ...list(lines)];
};

/** The setting of which a record speaks; null when there is no such setting any more. */
export const knownSetting = (name: string): SettingName | null => settingNames.find((known) => known === name) ?? null;

/** `李书记批准，依据县委办〔2026〕5号，到 2026-12-31 为止`; empty where nothing was approved. */
export const exceptionWords = (exception: Exception | null, place: 'line' | 'note' | 'said', t: Translate): string => {
  if (!exception) return '';
  const { approver, basis, until } = exception;
  return t('settings.approved', { place, approver, basis, until });
};

/** The setting as its example writes it. */
export const withSettingName = <Decided extends object, Rule extends string>(
  decided: Decided | Refusal<Rule>,
  t: Translate,
): Decided | Refusal<Rule> => {
  if (!('refused' in decided)) return decided;
  const name = knownSetting(String(decided.values.name));
  return name ? { ...decided, values: { ...decided.values, name: t(`settings.name.${name}`) } } : decided;
};

const table = (unit: Unit, names: readonly SettingName[], t: Translate): Block => ({
  kind: 'table',
  columns: [
    t('settings.column.name'),
    t('settings.column.value'),
    t('settings.column.default'),
    t('settings.column.range'),
  ],
  rows: names.map((name) => [
    t(`settings.name.${name}`),
    valueIn(unit, name, t),
    settingValue(name, defaults, t),
    t(`settings.within.${name}`, settingRules[name].range),
  ]),
});

export const settingValue = (name: SettingName, all: Settings, t: Translate): string =>
  name === 'cadence' ? cadenceWords(all.cadence, t) : t(`settings.value.${name}`, settingRules[name].value(all));

/** A cadence that nobody has chosen yet is marked: set-up asks for it. */
const valueIn = (unit: Unit, name: SettingName, t: Translate): string => {
  const value = settingValue(name, settingsOf(unit), t);
  return name === 'cadence' && unit.settings.cadence === undefined ? t('settings.unconfirmed', { value }) : value;
};

type Told = {
  /** The unit's name, among the others. */
  readonly label: string;
  /** Null: of every setting. */
  readonly only: SettingName | null;
  readonly people: readonly Member[];
  readonly now: Temporal.ZonedDateTime;
};

/** `11月23日 09:00，李二：截止时间 20:00 → 18:30`, newest first. */
export const settingsChanges = (
  changes: readonly UnitChange[],
  { label, only, people, now }: Told,
  t: Translate,
): Reply => {
  const names = labels(people);
  const lines = changes.flatMap(({ by, at, before: was, after: is }) => {
    const ms = at.epochMilliseconds;
    const [before, after] = [inForceAt(was, ms), inForceAt(is, ms)];
    const when = at.toZonedDateTimeISO(now.timeZoneId);
    return changedSettings(was, is)
      .filter((name) => only === null || name === only)
      .map((name) =>
        t('settings.change', {
          day: when.year === now.year ? shortDay(when.toPlainDate(), t) : when.toPlainDate().toString(),
          time: when.toPlainTime().toString({ smallestUnit: 'minute' }),
          who: names.get(by) ?? by,
          name: t(`settings.said.${name}`),
          from: valueIn(before, name, t),
          to: valueIn(after, name, t),
          approval: exceptionWords(exceptionFor(is, name, ms), 'note', t),
        }),
      );
  });
  if (lines.length === 0) return text(t('settings.no-changes', { unit: label }));
  return [...text(t('settings.changes', { unit: label })), ...list(lines)];
};
