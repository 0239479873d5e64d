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
