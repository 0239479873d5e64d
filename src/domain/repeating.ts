/**
 * Whose day reads nearly like an earlier one of their own, or like one that a colleague told before them; told to them
 * once. Nothing is kept for it: who was told is worked out again from the days themselves, so that no trace of it stands
 * anywhere. Told is whoever repeats something for the first time; who repeats it on and on has a chore.
 */
import type { Day } from './calendar.ts';
import { isAlike, mayBeAlike, type Pairs, pairCount, pairsOf } from './similar.ts';

/** So many workdays an earlier day is looked for. */
export const WORKDAYS_COMPARED = 20;

/** What one member told of one day: when first (ms), and the items done. */
export type Told = { readonly at: number; readonly items: readonly string[] };
/** member → what was told. */
export type ToldDay = ReadonlyMap<string, Told>;

/** `earlier`: the own day that it is like; null: it is like a colleague's of the same day. */
export type Repeated = { readonly member: string; readonly earlier: Day | null };

/** Somebody who may have repeated something. */
type Suspect = {
  readonly member: string;
  /** What is looked for further back: the day's, or that of the day it was found to be like. */
  readonly pairs: Pairs;
  /** How many of the days before are still to be looked at. */
  readonly left: number;
  /** The latest own day that is like it. */
  readonly earlier: Day | null;
  readonly hasTwin: boolean;
};

export type Search = { readonly suspects: readonly Suspect[]; readonly found: readonly Repeated[] };

/** Begins with the day in question, and with those who told it from `since` up to `until` (ms). */
export const searchFrom = (
  told: ToldDay,
  percent: number,
  { since = 0, until = Number.POSITIVE_INFINITY }: { readonly since?: number; readonly until?: number } = {},
): Search => {
  const isAsked = (moment: number) => since <= moment && moment < until;
  const asked = [...pairsBy(told)].filter(([member]) => isAsked(at(told, member)));
  // Nobody is compared with anybody for days on which nothing was told late.
  const twins: ReadonlySet<string> = asked.length === 0 ? new Set() : withTwins(told, percent);
  const suspects = asked.map(([member, pairs]) => {
    return { member, pairs, left: WORKDAYS_COMPARED, earlier: null, hasTwin: twins.has(member) };
  });
  return { suspects, found: [] };
};

/** Of those searched for, who told nearly the same on another own day: a day filled in late may be like a later one. */
export const likeOn = ({ suspects }: Search, day: Day, told: ToldDay, percent: number): readonly Repeated[] =>
  suspects.flatMap(({ member, pairs }) => {
    const own = pairsOf(told.get(member)?.items ?? []);
    return own && isAlike(pairs, own, percent) ? [{ member, earlier: day }] : [];
  });

/** Goes one workday further back, to `day`. Over when no suspect is left. */
export const searchOn = (search: Search, day: Day, told: ToldDay, percent: number): Search => {
  const likeThen = ({ member, pairs }: Suspect): Pairs | null => {
    const items = told.get(member)?.items;
    const own = items && mayBeAlike(pairs.total, pairCount(items), percent) ? pairsOf(items) : null;
    return own && isAlike(pairs, own, percent) ? own : null;
  };
  // Asked for only where somebody repeats: it compares everybody with everybody.
  let twins: ReadonlySet<string> | null = null;
  const suspects: Suspect[] = [];
  const found: Repeated[] = [...search.found];
  for (const suspect of search.suspects) {
    const own = likeThen(suspect);
    const left = suspect.left - 1;
    if (own) {
      // A second own day before, or a colleague's then: the member was told at that time.
      twins ??= withTwins(told, percent);
      if (suspect.earlier !== null || twins.has(suspect.member)) continue;
      suspects.push({ ...suspect, pairs: own, left: WORKDAYS_COMPARED, earlier: day });
    } else if (left > 0) suspects.push({ ...suspect, left });
    else found.push(...verdict(suspect));
  }
  return { suspects, found };
};

/** What the search comes to when no earlier day is left to be looked at. */
export const repeatedIn = ({ suspects, found }: Search): readonly Repeated[] => [
  ...found,
  ...suspects.flatMap(verdict),
];

const verdict = ({ member, earlier, hasTwin }: Suspect): Repeated[] =>
  earlier !== null || hasTwin ? [{ member, earlier }] : [];

const pairsBy = (told: ToldDay): ReadonlyMap<string, Pairs> =>
  new Map(
    [...told].flatMap(([member, { items }]) => {
      const pairs = pairsOf(items);
      return pairs ? [[member, pairs] as const] : [];
    }),
  );

/** Those whose day is like that of a colleague who told it before them. Counts by shared pairs: few share any. */
const withTwins = (told: ToldDay, percent: number): ReadonlySet<string> => {
  const inOrder = [...pairsBy(told)].sort(([a], [b]) => at(told, a) - at(told, b) || (a < b ? -1 : 1));
  const totals: number[] = [];
  /** pair → who has it, by place in `totals`, and how often */
  const having = new Map<string, { readonly place: number; readonly count: number }[]>();
  const twins = new Set<string>();
  for (const [member, { total, counts }] of inOrder) {
    const shared = new Uint32Array(totals.length);
    for (const [pair, count] of counts) {
      for (const other of having.get(pair) ?? []) {
        shared[other.place] = (shared[other.place] ?? 0) + Math.min(count, other.count);
      }
    }
    const isTwin = totals.some((of, place) => Math.floor((200 * (shared[place] ?? 0)) / (total + of)) >= percent);
    if (isTwin) twins.add(member);
    const place = totals.push(total) - 1;
    for (const [pair, count] of counts) {
      const others = having.get(pair);
      if (others) others.push({ place, count });
      else having.set(pair, [{ place, count }]);
    }
  }
  return twins;
};

const at = (told: ToldDay, member: string): number => told.get(member)?.at ?? 0;
