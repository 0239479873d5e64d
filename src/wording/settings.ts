/** A unit's settings in words: as they stand, and how they came about. */
import type { Temporal } from 'temporal-polyfill';
import type { Member, Unit } from '../domain/organisation.ts';
import { labels } from '../domain/people.ts';
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
  boards: ['top', 'around', 'least', 'on-time-weight', 'cleared-weight'],
} as const satisfies Record<string, readonly SettingName[]>;

/** Value, default and range of each, or of the one that was named; below, who may change them. */
export const settingsTable = (unit: Unit, label: string, only: SettingName | null, t: Translate): Reply => {
  if (only) return [...text(t('settings.title', { unit: label })), table(unit, [only], t), ...text(t('settings.who'))];
  const named: readonly SettingName[] = Object.values(groups).flat();
  const others = settingNames.filter((name) => !named.includes(name));
  return [
    { kind: 'text', text: t('settings.title', { unit: label }) },
    ...(Object.keys(groups) as (keyof typeof groups)[]).flatMap((group): Block[] => [
      { kind: 'text', text: t('settings.group', { group }) },
      table(unit, [...groups[group], ...(group === 'reporting' ? others : [])], t),
    ]),
    { kind: 'text', text: t('settings.who') },
  ];
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
  const lines = changes.flatMap(({ by, at, before, after }) => {
    const when = at.toZonedDateTimeISO(now.timeZoneId);
    return changedSettings(before, after)
      .filter((name) => only === null || name === only)
      .map((name) =>
        t('settings.change', {
          day: when.year === now.year ? shortDay(when.toPlainDate(), t) : when.toPlainDate().toString(),
          time: when.toPlainTime().toString({ smallestUnit: 'minute' }),
          who: names.get(by) ?? by,
          name: t(`settings.said.${name}`),
          from: valueIn(before, name, t),
          to: valueIn(after, name, t),
        }),
      );
  });
  if (lines.length === 0) return text(t('settings.no-changes', { unit: label }));
  return [...text(t('settings.changes', { unit: label })), ...list(lines)];
};
