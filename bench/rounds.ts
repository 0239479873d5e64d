/** `call`: the how-manieth of all that this contestant makes, from 0. */
export type Contestant = { readonly name: string; act(call: number): Promise<unknown> };

export type Course = {
  readonly warmUps: number;
  readonly rounds: number;
  /** In each round. */
  readonly calls: number;
  readonly inFlight: number;
};

/** One contestant's rounds. Times are µs a call. */
export type Figures = {
  readonly name: string;
  readonly wall: readonly number[];
  /** CPU of this process. */
  readonly ours: readonly number[];
  /** CPU of Redis. */
  readonly redis: readonly number[];
};

/**
 * Runs contestants in turn, round by round: what slows the machine slows all. `redisCpu`: seconds that Redis has used so
 * far.
 */
export const race = async (
  contestants: readonly Contestant[],
  course: Course,
  redisCpu: () => Promise<number>,
): Promise<readonly Figures[]> => {
  const entered = contestants.map(({ name, act }) => {
    const of = { name, wall: [] as number[], ours: [] as number[], redis: [] as number[] };
    return { act, of };
  });
  const { warmUps, rounds, calls } = course;
  for (let round = 0; round < warmUps + rounds; round += 1) {
    for (const { act, of } of orderIn(round, entered.length).flatMap((i) => entered[i] ?? [])) {
      const [cpu, redis, start] = [process.cpuUsage(), await redisCpu(), performance.now()];
      await inFlight(calls, course.inFlight, (n) => act(round * calls + n));
      const wall = performance.now() - start;
      const { user, system } = process.cpuUsage(cpu);
      if (round < warmUps) continue;
      of.wall.push((wall * 1e3) / calls);
      of.ours.push((user + system) / calls);
      of.redis.push((((await redisCpu()) - redis) * 1e6) / calls);
    }
  }
  return entered.map(({ of }) => of);
};

/**
 * The order in a round: over `count` rounds, twice as many for an odd count, each follows each other one as often. Who
 * follows pays for what the one before left to be collected or written.
 */
const orderIn = (round: number, count: number): readonly number[] => {
  // 0, 1, last, 2, last but one, …: all differences between neighbours differ (E. J. Williams, 1949).
  const zigzag = Array.from({ length: count }, (_, i) => (i % 2 === 1 ? (i + 1) / 2 : (count - i / 2) % count));
  const order = zigzag.map((at) => (at + round) % count);
  return Math.floor(round / count) % 2 === 0 ? order : order.toReversed();
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** The median of the rounds' own ratios: contestants of one round met the same weather. */
export const ratio = (of: readonly number[], to: readonly number[]): number =>
  median(of.map((value, round) => value / (to[round] ?? Number.NaN)));

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

/** One line of figures. */
export const told = ({ name, wall, ours, redis }: Figures): string =>
  `     ${name}: ${(1e6 / median(wall)).toFixed(0)}/s, ${median(ours).toFixed(0)} µs of our CPU, ${median(redis).toFixed(0)} µs of Redis’ each`;

/** One line: a ratio, what it should reach, and whether it does. */
export const judged = (what: string, ratio: number, wanted: string, isMet: boolean): string =>
  `${isMet ? 'ok  ' : 'MISS'} ${what}: ${ratio.toFixed(2)} (wanted ${wanted})`;
