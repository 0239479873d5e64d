/** Faulty rows, grouped by what is wrong with them: small however many there are, and still naming each. */
import type { PlanFault } from './roster-plan.ts';
import type { RowFault, rowFaults } from './roster-rows.ts';

export type AnyFault = (typeof rowFaults)[number] | PlanFault;

/** `value`: what stands in the first of the rows. `rows`: from and to, both inclusive, in order. */
export type FaultGroup = {
  readonly fault: AnyFault;
  readonly value: string;
  readonly count: number;
  readonly rows: readonly (readonly [from: number, to: number])[];
};
export type FaultTally = readonly FaultGroup[];

/** So many stretches of rows are named for one reason; a file with more has another trouble. */
const MOST_STRETCHES = 2_000;

/** Rows are told of in order. */
export const faultTally = () => {
  const groups = new Map<AnyFault, { value: string; count: number; rows: [number, number][] }>();
  return {
    add({ row, fault, value }: RowFault<AnyFault>): void {
      const group = groups.get(fault) ?? { value, count: 0, rows: [] };
      groups.set(fault, group);
      group.count += 1;
      const last = group.rows.at(-1);
      if (last && last[1] === row - 1) last[1] = row;
      else if (group.rows.length < MOST_STRETCHES) group.rows.push([row, row]);
    },
    all: (): FaultTally => [...groups].map(([fault, group]) => ({ fault, ...group })),
  };
};
