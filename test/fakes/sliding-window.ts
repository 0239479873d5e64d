/** Counts what happened within the last `lengthMs`, for each key: as platforms do, at any moment, not by the clock. */
export const windowCounter = (lengthMs: number, most: number) => {
  const times = new Map<string, number[]>();
  const within = (key: string, now: number) => (times.get(key) ?? []).filter((at) => at > now - lengthMs);
  return {
    isFull: (key: string, now: number) => within(key, now).length >= most,
    count(key: string, now: number) {
      times.set(key, [...within(key, now), now]);
    },
  };
};

/** Remembers when everything happened; never forgets, so that a test can ask afterwards. */
export const arrivals = () => {
  const times = new Map<string, number[]>();
  return {
    note(key: string, at: number) {
      const all = times.get(key);
      if (all) all.push(at);
      else times.set(key, [at]);
    },

    /** The most that ever happened to one key within any `lengthMs`; `prefix`: only keys that begin so. */
    worst: (lengthMs: number, prefix = ''): number =>
      Math.max(0, ...[...times].filter(([key]) => key.startsWith(prefix)).map(([, all]) => densest(all, lengthMs))),
  };
};
export type Arrivals = ReturnType<typeof arrivals>;

const densest = (unsorted: readonly number[], lengthMs: number): number => {
  const times = unsorted.toSorted((a, b) => a - b);
  let first = 0;
  let most = 0;
  for (const [last, at] of times.entries()) {
    while ((times[first] ?? at) <= at - lengthMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
};
