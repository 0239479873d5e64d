/** How alike two days of work are told, by the pairs of letters they share; the order of items does not count. */
import { canonical } from './item-text.ts';
import { characters } from './visible.ts';

/** Less is said honestly on many days: 走访3户企业 alone tells nothing about where it came from. */
export const LEAST_COMPARED = 10;

/** Pairs of letters with how often each occurs. */
export type Pairs = { readonly total: number; readonly counts: ReadonlyMap<string, number> };

/** The pairs of all items; null when there is too little to compare. */
export const pairsOf = (items: readonly string[]): Pairs | null => {
  const plain = items.map(canonical);
  if (plain.reduce((sum, item) => sum + characters(item), 0) < LEAST_COMPARED) return null;
  const counts = new Map<string, number>();
  let total = 0;
  for (const letters of plain.map((item) => [...item])) {
    for (let i = 0; i + 1 < letters.length; i += 1) {
      const pair = `${letters[i]}${letters[i + 1]}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
      total += 1;
    }
  }
  return total === 0 ? null : { total, counts };
};

/** How many pairs `pairsOf` would find. Most texts are told apart by that. */
export const pairCount = (items: readonly string[]): number =>
  items.reduce((sum, item) => sum + Math.max(0, characters(canonical(item)) - 1), 0);

/** Whether texts of so many pairs can be `percent` alike at all. */
export const mayBeAlike = (a: number, b: number, percent: number): boolean => 200 * Math.min(a, b) >= percent * (a + b);

/** In whole percent, rounded down: 100 only when every pair is shared. */
export const likeness = (a: Pairs, b: Pairs): number => {
  const [few, many] = a.counts.size < b.counts.size ? [a, b] : [b, a];
  let shared = 0;
  for (const [pair, count] of few.counts) shared += Math.min(count, many.counts.get(pair) ?? 0);
  return Math.floor((200 * shared) / (a.total + b.total));
};

/** Whether they are at least `percent` alike. */
export const isAlike = (a: Pairs, b: Pairs, percent: number): boolean =>
  mayBeAlike(a.total, b.total, percent) && likeness(a, b) >= percent;
