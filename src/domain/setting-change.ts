/** Finds the unit whose setting is meant, whether the person may change it, and changes it. */
import type { Temporal } from 'temporal-polyfill';
import type { ApprovalText } from './approval-text.ts';
import { type ApprovalRule, approve, type Typing } from './approving.ts';
import { formerWhen } from './cadence.ts';
import type { Day } from './calendar.ts';
import { type Exception, exceptionFor, inForceAt } from './exception.ts';
import { echoed } from './names.ts';
import { nearest } from './nearest.ts';
import { type Member, reach, type Unit, unitLabel, unitsNamed } from './organisation.ts';
import { isOver } from './owing.ts';
import { type Refusal, refuse } from './refusal.ts';
import { holds } from './roles.ts';
import { type ConflictRule, conflictIn } from './setting-conflicts.ts';
import { type SettingName, settingNames, settingRules } from './setting-rules.ts';
import { type Settings, settingsOf } from './settings.ts';
import { plain } from './spoken.ts';

export type UnitRule = 'unknown' | 'unit-ambiguous' | 'unit-needed' | 'not-yours';

/**
 * The unit that is meant: the one named, else the group's, else the only one in which the person may change settings.
 */
export const unitToSet = (
  units: readonly Unit[],
  person: Pick<Member, 'roles'> | null,
  named: readonly string[],
  here: Unit | null,
): Unit | Refusal<UnitRule> => {
  const unit = chosenUnit(units, settableBy(person, units), named, here);
  if (!('refused' in unit) || unit.refused !== 'unknown') return unit;
  return refuse('unknown', { ...unit.values, nearest: settingNear(named) ?? 'none' });
};

/** The setting that one of these words was probably meant to name: 截至 18:30 is 截止. */
const settingNear = (words: readonly string[]): string | null => {
  const known = settingNames.flatMap((name) => settingRules[name].words);
  const typed = words.flatMap((word) => plain(word).slice(0, MOST_TYPED).split(' '));
  return typed.map((word) => nearest(word, known)).find((name) => name !== null) ?? null;
};
/** Longer is no slip in a name. */
const MOST_TYPED = 60;

/** The one of a person's `own` units that is named, else the group's, else the only one. */
export const chosenUnit = (
  units: readonly Unit[],
  own: readonly Unit[],
  named: readonly string[],
  here: Unit | null,
): Unit | Refusal<UnitRule> => {
  const labels = (some: readonly Unit[]) => some.map((unit) => unitLabel(units, unit));
  const matching = named.length > 0 ? unitsNamed(units, named) : here ? units.filter(({ id }) => id === here.id) : own;
  const mine = matching.filter(({ id }) => own.some((unit) => unit.id === id));
  const [unit, second] = mine;
  if (unit && !second) return unit;
  if (named.length === 0 && !here)
    return refuse('unit-needed', { count: own.length, units: labels(own), example: labels(own)[0] ?? '' });
  if (second) return refuse('unit-ambiguous', { units: labels(mine), example: labels(mine)[0] ?? '' });
  const [other] = matching;
  if (other) return refuse('not-yours', { unit: unitLabel(units, other) });
  return refuse('unknown', { words: echoed(named.join('/')) });
};

const settableBy = (person: Pick<Member, 'roles'> | null, units: readonly Unit[]): readonly Unit[] => {
  if (holds(person, 'admin', null)) return units;
  const covered = new Set(
    (['coordinator', 'leader', 'unitHead'] as const).flatMap((role) => reach(person, role, units)),
  );
  return units.filter((unit) => covered.has(unit));
};

export type ValueRule = ConflictRule | ApprovalRule | 'top-only' | `range-${SettingName}`;

/** What the answer is worded from. */
export type SettingFacts = {
  readonly outcome: 'changed' | 'same';
  readonly unit: string;
  readonly name: SettingName;
  readonly settings: Settings;
  /** The first day on which a new cadence is in force, ISO; null where that is not the question. */
  readonly since: string | null;
  /** What was approved beside the rules, and is in force for this setting now. */
  readonly exception: Exception | null;
};

type Wanted = {
  readonly name: SettingName;
  readonly value: string;
  /** What was said of who approved it; null: nothing. */
  readonly approval?: ApprovalText | null;
};

/** Changes one setting of `unit`; `默认` gives it back to the default. What needs approval is kept as an exception. */
export const changeSetting = (
  units: readonly Unit[],
  unit: Unit,
  { name, value, approval = null }: Wanted,
  { by, now }: Typing,
): { readonly units: readonly Unit[]; readonly facts: SettingFacts } | Refusal<ValueRule> => {
  const { read, fields, range, needsApproval, isOrganisations } = settingRules[name];
  const top = isOrganisations ? topOf(units, unit) : unit;
  if (top !== unit) return refuse('top-only', { name, unit: unitLabel(units, top), value: echoed(value) });
  const isReset = ['默认', 'default'].includes(plain(value));
  const change = isReset ? {} : read(value);
  if (!change) return refuse(`range-${name}`, { value: echoed(value), ...range });

  const label = unitLabel(units, unit);
  const ms = now.epochMilliseconds;
  const standing = exceptionFor(unit, name, ms);
  const before = inForceAt(unit, ms);
  const wanted = withFields(before.settings, fields, change);
  const isNeeded = needsApproval?.(settingsOf({ settings: wanted }), settingsOf(before)) ?? false;
  if (approval && !needsApproval) return refuse('approval-unneeded', { unit: label, name, value: echoed(value) });
  const isKept = isNeeded && standing !== null && !approval && isAlike(fields, wanted, before.settings);
  const approved =
    isNeeded && !isKept ? approve({ unit: label, name, value, values: change }, approval, { by, now }) : null;
  if (approved && 'refused' in approved) return approved;

  // What is approved stands beside what is set at rest, which has to fit together too.
  const settings = isNeeded ? unit.settings : withFields(unit.settings, fields, change);
  const conflict = conflictIn({ settings: wanted }) ?? conflictIn({ settings });
  if (conflict) return conflict;

  const exception = isKept ? standing : approved;
  // An answer that happens to be the default is recorded all the same: somebody has decided.
  const isSame = isKept || (!approved && !standing && isAlike(fields, settings, unit.settings));
  const today = now.toPlainDateTime();
  const facts: SettingFacts = {
    outcome: isSame ? 'same' : 'changed',
    unit: label,
    name,
    settings: settingsOf({ settings: wanted }),
    since: name === 'cadence' ? firstDay(unit, today).toString() : null,
    exception,
  };
  if (isSame) return { units: [], facts };
  const formerCadences = formerWhen(unit, settingsOf({ settings }).cadence, firstDay(unit, today));
  const { exceptions: former = [], ...rest } = unit;
  const exceptions = [...former.filter((one) => one.name !== name), ...(exception ? [exception] : [])];
  return {
    units: [
      {
        ...rest,
        settings,
        ...(exceptions.length > 0 && { exceptions }),
        ...(name === 'cadence' && { formerCadences }),
      },
    ],
    facts,
  };
};

/** The unit at the top of the tree in which `unit` stands. */
const topOf = (units: readonly Unit[], unit: Unit): Unit => {
  const above = units.find(({ id }) => id === unit.parent);
  return above ? topOf(units, above) : unit;
};

const withFields = (
  settings: Partial<Settings>,
  fields: readonly (keyof Settings)[],
  change: Partial<Settings>,
): Partial<Settings> => {
  const others = Object.entries(settings).filter(([field]) => !fields.some((own) => own === field));
  return { ...Object.fromEntries(others), ...change };
};

const isAlike = (fields: readonly (keyof Settings)[], a: Partial<Settings>, b: Partial<Settings>): boolean =>
  fields.every((field) => a[field] === b[field]);

/** A new cadence is in force from today on; once today's reports were due, from tomorrow. */
const firstDay = (unit: Unit, now: Temporal.PlainDateTime): Day => {
  const today = now.toPlainDate();
  return isOver(today, settingsOf(unit).deadline, now) ? today.add({ days: 1 }) : today;
};
