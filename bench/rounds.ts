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
 * Runs contestants in turn, A B A B …: what slows the machine slows all. `redisCpu`: seconds that Redis has used so
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
    // Each goes first in turn: whoever follows pays for what another one left to be collected or written.
    const from = round % contestants.length;
    for (const { act, of } of [...entered.slice(from), ...entered.slice(0, from)]) {
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
