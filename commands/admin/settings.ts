import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { defineCommand, MOST_TYPED } from '../../src/command.ts';
import { readApproval } from '../../src/domain/approval-text.ts';
import { isBelowCounty } from '../../src/domain/house-settings.ts';
import type { Unit } from '../../src/domain/organisation.ts';
import { unitLabel } from '../../src/domain/organisation.ts';
import { changeSetting, unitToSet } from '../../src/domain/setting-change.ts';
import { type SettingName, settingRules } from '../../src/domain/setting-rules.ts';
import { readSettings } from '../../src/domain/setting-text.ts';
import type { Translate } from '../../src/i18n.ts';
import { type Reply, text } from '../../src/message.ts';
import { cadenceEffect } from '../../src/wording/cadence.ts';
import { emergencyLine } from '../../src/wording/emergency.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';
import {
  exceptionWords,
  settingsChanges,
  settingsTable,
  settingValue,
  withSettingName,
} from '../../src/wording/settings.ts';

/** As many as a phone shows at once. */
const MOST_CHANGES = 10;

/**
 * `/设置` shows what the unit has set, `/设置 截止 18:30` changes one, `/设置 城关镇 截止 18:30` that of a named unit;
 * `/设置 记录` says who changed what. What goes beside the rules names who approved it, on what basis and until when:
 * `/设置 按时权重 30 批准：李书记 依据：县委办〔2026〕5号 至：2026-12-31`.
 */
export const settings = defineCommand({
  name: '设置',
  aliases: ['settings'],
  help: { line: 'help.settings', examples: 'help.settings.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long'),

  async run(typed, { me, member, chatUnit, directory, cause, now: sentAt, today, t }) {
    const { rest, approval } = isText(readSettings(typed).name)
      ? { rest: typed, approval: null }
      : readApproval(typed, today, (text) => readSettings(text).name !== null);
    const { unit: named, name, value, changes } = readSettings(rest);
    const unitIn = (units: readonly Unit[], person: typeof member) =>
      unlessRefused(unitToSet(units, person, named, placeOf(name, units) ?? chatUnit), (rule) => `settings.${rule}`, t);
    if (!name || value === '') {
      const units = await directory.units();
      const unit = unitIn(units, member);
      if (changes) {
        const found = await directory.history('settings', unit.id, MOST_CHANGES);
        const people = await Promise.all([...new Set(found.map(({ by }) => by))].map(directory.member));
        const known = people.filter((one) => one !== null);
        return settingsChanges(found, { label: unitLabel(units, unit), only: name, people: known, now: sentAt }, t);
      }
      return [
        ...settingsTable(unit, unitLabel(units, unit), { only: name, now: sentAt }, t),
        ...emergencyNote(unit, sentAt, t),
      ];
    }
    const typist = member?.name ?? null;
    const facts = await directory.change(
      'settings',
      [me],
      (now) => {
        const unit = unitIn(now.units, now.member(me));
        return unlessRefused(
          withSettingName(
            changeSetting(now.units, unit, { name, value, approval }, { by: { id: me, name: typist }, now: sentAt }),
            t,
          ),
          (rule) => `settings.${rule}`,
          t,
        );
      },
      cause,
    );
    const told = {
      unit: facts.unit,
      name: t(`settings.said.${facts.name}`),
      value: settingValue(facts.name, facts.settings, t),
    };
    const said = t(`settings.${facts.outcome}`, told) + exceptionWords(facts.exception, 'said', t);
    if (facts.name === 'level' && isBelowCounty(facts.settings.level)) {
      return [...text(said), ...text(t('level.below-county', { platform: facts.settings.platform || 'none' }))];
    }
    return text(
      facts.since === null
        ? said
        : said + cadenceEffect(facts.settings.cadence, Temporal.PlainDate.from(facts.since), today, t),
    );
  },
});

/** What is the organisation's belongs to its only topmost unit, wherever it is said. */
const placeOf = (name: SettingName | null, units: readonly Unit[]): Unit | null => {
  const [top, second] = units.filter(({ parent }) => parent === null);
  return name !== null && settingRules[name].isOrganisations && top && !second ? top : null;
};

/** Free text is read as it stands: it may speak of a basis and an end of its own. */
const isText = (name: SettingName | null): boolean => name !== null && settingRules[name].isText === true;

const emergencyNote = (unit: Unit, now: Temporal.ZonedDateTime, t: Translate): Reply => {
  const line = emergencyLine(unit, now, t);
  return line === null ? [] : text(line);
};
