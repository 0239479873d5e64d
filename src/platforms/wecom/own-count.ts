import type { Window } from '../../ports.ts';

/** Keys that are remembered; those that were quiet the longest are forgotten first. */
const MOST_KEYS = 10_000;

/**
 * What this copy itself has taken of each limit: where the shared count is away, people are still told that nothing is
 * confirmed, and the platform's limits are kept all the same. `clock` in ms.
 */
export const ownCount = (clock: () => number = () => performance.now()) => {
  const taken = new Map<string, number[]>();

  const note = (windows: readonly Window[]): void => {
    const now = clock();
    for (const [key, own] of Map.groupBy(windows, (window) => window.key)) {
      const longest = Math.max(...own.map(({ ms }) => ms));
      const moments = taken.get(key) ?? [];
      const over = moments.findIndex((at) => at > now - longest);
      if (over !== 0) moments.splice(0, over === -1 ? moments.length : over);
      moments.push(now);
      // The newest stand last.
      taken.delete(key);
      taken.set(key, moments);
    }
    for (const oldest of taken.keys()) {
      if (taken.size <= MOST_KEYS) break;
      taken.delete(oldest);
    }
  };

  return {
    note,
    /** In how many ms there is room, by this count alone; 0: it was taken. */
    take(windows: readonly Window[]): number {
      const now = clock();
      const waits = windows.map(({ key, ms, most }) => {
        const within = (taken.get(key) ?? []).filter((at) => at > now - ms);
        const first = within.at(-most);
        return first === undefined ? 0 : Math.ceil(first + ms - now);
      });
      const waitMs = Math.max(0, ...waits);
      if (waitMs === 0) note(windows);
      return waitMs;
    },
  };
};
