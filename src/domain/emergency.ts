/** An emergency lifts a unit's quiet hours until an end that was said beforehand. */
import { Temporal } from 'temporal-polyfill';
import { cleanName, echoed } from './names.ts';
import { type Member, reach, readPath, subtree, type Unit, unitLabel, unitsNamed } from './organisation.ts';
import { emergencyAt } from './quiet.ts';
import { type Refusal, refuse } from './refusal.ts';
import { holds } from './roles.ts';
import { chosenUnit, type UnitRule } from './setting-change.ts';
import { characters, saysSomething } from './visible.ts';

/** Whoever needs longer says so again, with a reason: a group is no 24-hour medium. */
export const LONGEST_HOURS = 24;
const LONGEST_REASON = 40;

/** The units for which somebody may declare one: an administrator all, a unit head the own ones and what is below. */
export const commandedBy = (person: Pick<Member, 'roles'> | null, units: readonly Unit[]): readonly Unit[] =>
  holds(person, 'admin', null) ? units : reach(person, 'unitHead', units);

/** Who asks, and in whose group. */
type Whose = {
  readonly units: readonly Unit[];
  readonly person: Pick<Member, 'roles'> | null;
  readonly here: Unit | null;
};

/** Before other words, what is called so is meant to be a unit. */
const LIKE_A_UNIT = /(?:省|市|县|区|镇|乡|街道|村|社区|局|委|办|厅|院|中心|科|处|站|所|公司)$/u;

/** The unit that is meant, and the words that do not name it. */
export const unitIn = (
  words: readonly string[],
  { units, person, here }: Whose,
): { readonly unit: Unit; readonly rest: readonly string[] } | Refusal<UnitRule> => {
  const lengths = words.map((_, i) => words.length - i);
  const named = lengths.find((n) => unitsNamed(units, readPath(words.slice(0, n).join(' '))).length > 0) ?? 0;
  const [first = ''] = words;
  if (named === 0 && words.length > 1 && LIKE_A_UNIT.test(first)) return refuse('unknown', { words: echoed(first) });
  const reached = commandedBy(person, units);
  // Of all that lies below it, a unit head who names none means the own unit.
  const offices = reached.filter(({ id }) =>
    person?.roles.some(({ role, unit }) => role === 'unitHead' && unit === id),
  );
  const own = named > 0 || here || offices.length === 0 ? reached : offices;
  const unit = chosenUnit(units, own, readPath(words.slice(0, named).join(' ')), here);
  return 'refused' in unit ? unit : { unit, rest: words.slice(named) };
};

export type EmergencyRule = 'no-end' | 'past' | 'too-long' | 'no-reason' | 'reason-too-long' | 'none';

/** What the answer is worded from; `below`: how many units below it are meant too. */
export type EmergencyFacts = {
  readonly unit: string;
  readonly below: number;
  readonly until: number;
  readonly reason: string;
};
type Decided = { readonly units: readonly Unit[]; readonly facts: EmergencyFacts };

/** The unit that the words name and nothing else; without a word as `unitIn` has it. */
export const unitAlone = (words: readonly string[], whose: Whose): Unit | Refusal<UnitRule> => {
  const found = unitIn(words, whose);
  if ('refused' in found) return found;
  return found.rest.length > 0 ? refuse('unknown', { words: echoed(found.rest.join(' ')) }) : found.unit;
};

/** Declares it for the unit and all below, in place of one that is in force. */
export const declareEmergency = (
  units: readonly Unit[],
  unit: Unit,
  { until, words }: { readonly until: Temporal.ZonedDateTime | null; readonly words: readonly string[] },
  now: Temporal.ZonedDateTime,
): Decided | Refusal<EmergencyRule> => {
  if (!until) return refuse('no-end', { maximum: LONGEST_HOURS });
  if (Temporal.ZonedDateTime.compare(until, now) <= 0) return refuse('past');
  if (until.epochMilliseconds - now.epochMilliseconds > LONGEST_HOURS * 3_600_000) {
    return refuse('too-long', { maximum: LONGEST_HOURS });
  }
  const reason = cleanName(words.join(' '));
  if (!saysSomething(reason)) return refuse('no-reason', { unit: unitLabel(units, unit) });
  if (characters(reason) > LONGEST_REASON) return refuse('reason-too-long', { maximum: LONGEST_REASON });
  const emergency = { until: until.epochMilliseconds, reason };
  const meant = subtree(units, unit.id);
  return {
    units: meant.map((one) => ({ ...one, emergency })),
    facts: { unit: unitLabel(units, unit), below: meant.length - 1, until: emergency.until, reason },
  };
};

/** Ends what is in force for the unit and all below. */
export const endEmergency = (
  units: readonly Unit[],
  unit: Unit,
  now: Temporal.Instant,
): Decided | Refusal<EmergencyRule> => {
  const inForce = subtree(units, unit.id).filter((one) => emergencyAt(one, now));
  if (inForce.length === 0) return refuse('none', { unit: unitLabel(units, unit) });
  const without = ({ emergency: _, ...one }: Unit): Unit => one;
  const below = inForce.filter(({ id }) => id !== unit.id).length;
  return {
    units: inForce.map(without),
    facts: { unit: unitLabel(units, unit), below, until: now.epochMilliseconds, reason: '' },
  };
};
