import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { defineCommand, MOST_TYPED } from '../../src/command.ts';
import type { Unit } from '../../src/domain/organisation.ts';
import { unitLabel } from '../../src/domain/organisation.ts';
import { changeSetting, readSettings, unitToSet } from '../../src/domain/setting-change.ts';
import { type SettingName, settingNames, settingRules } from '../../src/domain/setting-rules.ts';
import { defaults, type Settings, settingsOf } from '../../src/domain/settings.ts';
import type { Translate } from '../../src/i18n.ts';
import { type Reply, text } from '../../src/message.ts';
import { cadenceEffect, cadenceWords } from '../../src/wording/cadence.ts';
import { emergencyLine } from '../../src/wording/emergency.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';

/** `/设置` shows what the unit has set, `/设置 截止 18:30` changes one, `/设置 城关镇 截止 18:30` that of a named unit. */
export const settings = defineCommand({
  name: '设置',
  aliases: ['settings'],
  help: { line: 'help.settings', examples: 'help.settings.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(readSettings),

  async run({ unit: named, name, value }, { me, member, chatUnit, directory, cause, now: sentAt, today, t }) {
    const unitIn = (units: readonly Unit[], person: typeof member) =>
      unlessRefused(unitToSet(units, person, named, chatUnit), (rule) => `settings.${rule}`, t);
    if (!name || value === '') {
      const units = await directory.units();
      const unit = unitIn(units, member);
      return [...shown(units, unit, name, t), ...emergencyNote(unit, sentAt, t)];
    }
    const facts = await directory.change(
      'settings',
      [me],
      (now) => {
        const unit = unitIn(now.units, now.member(me));
        return unlessRefused(
          changeSetting(now.units, unit, { name, value }, sentAt.toPlainDateTime()),
          (rule) => `settings.${rule}`,
          t,
        );
      },
      cause,
    );
    const told = {
      unit: facts.unit,
      name: t(`settings.said.${facts.name}`),
      value: wordedValue(facts.name, facts.settings, t),
    };
    const said = t(`settings.${facts.outcome}`, told);
    return text(
      facts.since === null
        ? said
        : said + cadenceEffect(facts.settings.cadence, Temporal.PlainDate.from(facts.since), today, t),
    );
  },
});

const nameOf = (name: SettingName, t: Translate): string => t(`settings.name.${name}`);
const wordedValue = (name: SettingName, all: Settings, t: Translate): string =>
  name === 'cadence' ? cadenceWords(all.cadence, t) : t(`settings.value.${name}`, settingRules[name].value(all));

const emergencyNote = (unit: Unit, now: Temporal.ZonedDateTime, t: Translate): Reply => {
  const line = emergencyLine(unit, now, t);
  return line === null ? [] : text(line);
};

/** A cadence that nobody has chosen yet is marked: set-up asks for it. */
const nowValue = (name: SettingName, unit: Unit, t: Translate): string => {
  const value = wordedValue(name, settingsOf(unit), t);
  return name === 'cadence' && unit.settings.cadence === undefined ? t('settings.unconfirmed', { value }) : value;
};

/** Value, default and range of each, or of the one that was named. */
const shown = (units: readonly Unit[], unit: Unit, only: SettingName | null, t: Translate): Reply => {
  const label = unitLabel(units, unit);
  return [
    { kind: 'text', text: t('settings.title', { unit: label }) },
    {
      kind: 'table',
      columns: [
        t('settings.column.name'),
        t('settings.column.value'),
        t('settings.column.default'),
        t('settings.column.range'),
      ],
      rows: (only ? [only] : settingNames).map((name) => [
        nameOf(name, t),
        nowValue(name, unit, t),
        wordedValue(name, defaults, t),
        t(`settings.within.${name}`, settingRules[name].range),
      ]),
    },
    { kind: 'text', text: t('settings.who') },
  ];
};
