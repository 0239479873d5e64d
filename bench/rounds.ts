/** Runs contestants in turn, A B A B …, so that a machine that slows down slows all of them; compares medians. */
export type Contestant = { readonly name: string; run(round: number): Promise<void> };

export type Figure = {
  readonly name: string;
  /** Operations per second of real time, median over the rounds. */
  readonly perSecond: number;
  /** CPU of this process per operation in µs, median. */
  readonly cpuMicros: number;
  /** CPU of Redis per operation in µs, median. */
  readonly redisMicros: number;
};

/** `redisCpu` answers the seconds of CPU that Redis has used so far. */
export const rounds = async (
  contestants: readonly Contestant[],
  operations: number,
  times: number,
  redisCpu: () => Promise<number>,
): Promise<readonly Figure[]> => {
  const taken = contestants.map(() => ({ seconds: [] as number[], cpu: [] as number[], redis: [] as number[] }));
  for (const contestant of contestants) await contestant.run(-1); // warm-up
  for (let round = 0; round < times; round += 1) {
    for (const [i, contestant] of contestants.entries()) {
      const [cpu, redis, start] = [process.cpuUsage(), await redisCpu(), performance.now()];
      await contestant.run(round);
      const seconds = (performance.now() - start) / 1000;
      const used = process.cpuUsage(cpu);
      taken[i]?.seconds.push(seconds);
      taken[i]?.cpu.push((used.user + used.system) / operations);
      taken[i]?.redis.push((((await redisCpu()) - redis) * 1e6) / operations);
    }
  }
  return contestants.map(({ name }, i) => ({
    name,
    perSecond: operations / median(taken[i]?.seconds ?? []),
    cpuMicros: median(taken[i]?.cpu ?? []),
    redisMicros: median(taken[i]?.redis ?? []),
  }));
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Calls `act` for 0 … count-1 with `width` calls in flight. */
export const inFlight = async (count: number, width: number, act: (i: number) => Promise<unknown>): Promise<void> => {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const i = next;
      next += 1;
      await act(i);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
};

/** One line: a ratio, what it should reach, and whether it does. */
export const judged = (what: string, ratio: number, wanted: string, isMet: boolean): string =>
  `${isMet ? 'ok  ' : 'MISS'} ${what}: ${ratio.toFixed(2)} (wanted ${wanted})`;
