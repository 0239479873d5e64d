import type { Unit } from './organisation.ts';
import { type SettingName, settingNames, settingRules } from './setting-rules.ts';

/** What stands where somebody asks for the changes instead of a value. */
export const asksForChanges = (word: string): boolean =>
  ['记录', '改动', '变更', '历史', '日志', 'log', 'history', 'changes'].includes(word);

/** The settings that two states of one unit differ in; one that somebody decided to be as the default is among them. */
export const changedSettings = (before: Unit, after: Unit): readonly SettingName[] =>
  settingNames.filter(
    (name) =>
      settingRules[name].fields.some((field) => before.settings[field] !== after.settings[field]) ||
      approvalIn(before, name) !== approvalIn(after, name),
  );

const approvalIn = ({ exceptions = [] }: Unit, name: SettingName): string =>
  JSON.stringify(exceptions.find((one) => one.name === name) ?? null);
