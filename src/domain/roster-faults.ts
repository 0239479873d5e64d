/** Faulty rows, grouped by what is wrong with them: small however many there are, and still naming each. */
import type { PlanFault } from './roster-plan.ts';
import type { RowFault, rowFaults } from './roster-rows.ts';

export type AnyFault = (typeof rowFaults)[number] | PlanFault;

/** `value`: what stands in these rows, `…` for many things. `rows`: from and to, both inclusive, in order. */
export type FaultGroup = {
  readonly fault: AnyFault;
  readonly value: string;
  readonly count: number;
  readonly rows: readonly (readonly [from: number, to: number])[];
};
export type FaultTally = readonly FaultGroup[];

/** So many stretches of rows are named for one reason; a file with more has another trouble. */
const MOST_STRETCHES = 2_000;

/** So many groups are kept apart by what stands in the cells; beyond, by their reason alone. */
const MOST_GROUPS = 25;

/** Rows are told of in order. */
export const faultTally = () => {
  const groups = new Map<string, { fault: AnyFault; value: string; count: number; rows: [number, number][] }>();
  return {
    add({ row, fault, value }: RowFault<AnyFault>): void {
      const own = `${fault}\n${value}`;
      const isOwn = groups.has(own) || groups.size < MOST_GROUPS;
      const key = isOwn ? own : fault;
      const group = groups.get(key) ?? { fault, value: isOwn ? value : '…', count: 0, rows: [] };
      groups.set(key, group);
      group.count += 1;
      const last = group.rows.at(-1);
      if (last && last[1] === row - 1) last[1] = row;
      else if (group.rows.length < MOST_STRETCHES) group.rows.push([row, row]);
    },
    all: (): FaultTally => [...groups.values()],
  };
};
