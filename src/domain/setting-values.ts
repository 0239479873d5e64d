/** How the value of a setting is read and shown. Hours compare as text, since all are `HH:MM`. */
import { readHour } from './hours.ts';
import type { Settings } from './settings.ts';
import { plain } from './spoken.ts';

type Values = Readonly<Record<string, string | number>>;

export type SettingRule = {
  /** What people call it; the first word is printed. */
  readonly words: readonly string[];
  /** Where the value is kept. */
  readonly fields: readonly (keyof Settings)[];
  /** Both ends belong to it. Printed in the table and in a refusal. */
  readonly range: Values;
  /** What was typed as a change; null when it is no value of this setting or outside the range. */
  readonly read: (typed: string) => Partial<Settings> | null;
  /** The value as its sentence takes it. */
  readonly value: (settings: Settings) => Values;
  /** It is the organisation's: set on the topmost unit alone. */
  readonly isOrganisations?: true;
  /** Its value is free text. */
  readonly isText?: true;
  /** Whether going from one to the other needs a named approver, a basis and an end: see exception.ts. */
  readonly needsApproval?: (after: Settings, before: Settings) => boolean;
};

/** An hour within the range, both ends included, or null. */
export const hourWithin = (
  typed: string,
  { from, to }: { readonly from: string; readonly to: string },
): string | null => {
  const hour = readHour(typed);
  return hour !== null && hour >= from && hour <= to ? hour : null;
};

/** A whole number within the range, with or without its unit, or null. */
export const countWithin = (
  typed: string,
  { from, to }: { readonly from: number; readonly to: number },
): number | null => {
  const digits = /^(\d{1,3})\s*(?:个?工作日|天|日|个|条|分钟|分|%|名|份|days?|workdays?|minutes?|min)?$/u.exec(
    plain(typed),
  )?.[1];
  const count = digits === undefined ? null : Number(digits);
  return count !== null && count >= from && count <= to ? count : null;
};

/** As `countWithin`, in halves: `1.5`, `半个工作日`. */
export const halvesWithin = (
  typed: string,
  { from, to }: { readonly from: number; readonly to: number },
): number | null => {
  const said = /^(\d?)(\.[05]|个?半|半)?(?:个?工作日|天|日|\s*(?:work)?days?)?$/u.exec(
    plain(typed).replace('半个', '半'),
  );
  const half = said?.[2] !== undefined && said[2] !== '.0' ? 0.5 : 0;
  const count = said && (said[1] !== '' || half > 0) ? Number(said[1]) + half : null;
  return count !== null && count >= from && count <= to ? count : null;
};

/** On or off, or null. */
export const switchRead = (typed: string): 'on' | 'off' | null => {
  const said = plain(typed);
  if (['开', '开启', '打开', '要', '需要', '是', 'on', 'yes'].includes(said)) return 'on';
  return ['关', '关闭', '不要', '不需要', '不用', '否', 'off', 'no'].includes(said) ? 'off' : null;
};

/** Whether it says that something is not wanted at all. */
export const isOff = (typed: string): boolean => ['关', '关闭', '停', '停用', 'off'].includes(plain(typed));

/** The change that sets one field; none when there is no value for it. */
export const change = <Name extends keyof Settings>(
  name: Name,
  value: Settings[Name] | null,
): Partial<Settings> | null => (value === null ? null : ({ [name]: value } as Partial<Settings>));

type Counted = { [Name in keyof Settings]: Settings[Name] extends number ? Name : never }[keyof Settings];

/** A setting that is one number within a range. */
export const counted = (
  field: Counted,
  range: { readonly from: number; readonly to: number },
  words: readonly string[],
): SettingRule => ({
  words,
  fields: [field],
  range,
  read: (typed) => change(field, countWithin(typed, range)),
  value: (settings) => ({ value: settings[field] }),
});
