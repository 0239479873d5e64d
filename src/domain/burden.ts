/** What the bot has cost people in a month, and what could be switched off. Counts alone: nobody's name, nobody's reading. */
import type { Unit, UnitId } from './organisation.ts';

/**
 * What came of a reminder. answered: a report of that day followed on that day; before: it had been filed already; away:
 * the person was on leave; ignored: nothing followed.
 */
export type NudgeOutcome = 'answered' | 'before' | 'away' | 'ignored';
export type Nudged = {
  readonly unit: UnitId;
  readonly outcome: NudgeOutcome;
  /** From reminder to report; of an answered one alone. */
  readonly minutes: number;
};

const MINUTE_MS = 60_000;

/** `at`: when the reminder went out; `filed`: when the day's report was first filed, `end`: when the day was over; in ms. */
export const nudgeOutcome = (
  at: number,
  { filed, isAway, end }: { readonly filed: number | null; readonly isAway: boolean; readonly end: number },
): Pick<Nudged, 'outcome' | 'minutes'> => {
  if (filed !== null && filed <= at) return { outcome: 'before', minutes: 0 };
  if (filed !== null && filed < end) return { outcome: 'answered', minutes: Math.floor((filed - at) / MINUTE_MS) };
  return { outcome: isAway ? 'away' : 'ignored', minutes: 0 };
};

/** Messages in chats of one sort. */
export type Traffic = { readonly messages: number; readonly chats: number; readonly most: number };

export type Burden = {
  readonly people: Traffic;
  readonly groups: Traffic;
  /** Kind and how many, most first. */
  readonly kinds: readonly (readonly [string, number])[];
  readonly nudges: Readonly<Record<NudgeOutcome, number>>;
  /** Median minutes from reminder to report; null when none was answered. */
  readonly median: number | null;
  /** Units whose reminders lead to nothing. */
  readonly deaf: readonly Unit[];
  /** Units in whose groups nobody has reported for long. */
  readonly silent: readonly Unit[];
};

export type Counted = {
  readonly chats: ReadonlyMap<string, number>;
  readonly kinds: ReadonlyMap<string, number>;
  readonly nudged: readonly Nudged[];
  readonly units: readonly Unit[];
  /** Units with a group in which nothing was reported for `SILENT_DAYS`. */
  readonly silent: ReadonlySet<UnitId>;
};

/** A group that is silent for so long has probably ended; the rule names two months. */
export const SILENT_DAYS = 45;
/** Fewer reminders prove nothing. */
const LEAST_NUDGES = 10;
/** In percent: of a unit's reminders fewer are answered when they lead to nothing. */
const DEAF_PERCENT = 20;

export const burdenOf = ({ chats, kinds, nudged, units, silent }: Counted): Burden => {
  const outcomes = { answered: 0, before: 0, away: 0, ignored: 0 };
  for (const { outcome } of nudged) outcomes[outcome] += 1;
  const byUnit = Map.groupBy(nudged, ({ unit }) => unit);
  const isDeaf = ({ id }: Unit) => {
    const own = byUnit.get(id) ?? [];
    const answered = own.filter(({ outcome }) => outcome === 'answered').length;
    return own.length >= LEAST_NUDGES && answered * 100 < own.length * DEAF_PERCENT;
  };
  return {
    people: trafficOf(chats, ':direct:'),
    groups: trafficOf(chats, ':group:'),
    kinds: [...kinds].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
    nudges: outcomes,
    median: medianOf(nudged.filter(({ outcome }) => outcome === 'answered').map(({ minutes }) => minutes)),
    deaf: units.filter(isDeaf),
    silent: units.filter(({ id }) => silent.has(id)),
  };
};

const trafficOf = (chats: ReadonlyMap<string, number>, sort: string): Traffic => {
  const counts = [...chats].filter(([chat]) => chat.includes(sort)).map(([, count]) => count);
  return {
    messages: counts.reduce((sum, count) => sum + count, 0),
    chats: counts.length,
    most: counts.reduce((a, b) => Math.max(a, b), 0),
  };
};

/** Of an even number the mean of both in the middle, rounded. */
const medianOf = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const [low, high] = [sorted[half - 1], sorted[half]];
  if (high === undefined) return null;
  return sorted.length % 2 === 1 || low === undefined ? high : Math.round((low + high) / 2);
};
