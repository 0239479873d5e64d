import type { UnitId } from './organisation.ts';

/** What the two reporting rates are made of. Counts only; never volume or length. */
export type Figures = {
  /** Reports expected: workdays owed, leave taken out. */
  readonly expected: number;
  /** Of the expected: filed on their day by the deadline. */
  readonly onTime: number;
  /** Of the expected: filed later. */
  readonly late: number;
  /** Days taken out because of leave. */
  readonly leave: number;
  /** Items named in the period or carried into it; those waiting on somebody else's decision are in neither number. */
  readonly named: number;
  /** Of the named: done on their day or the next workday. */
  readonly cleared: number;
};

export type UnitFigures = Figures & { readonly unit: UnitId; readonly name: string; readonly members: number };
export type MemberFigures = Figures & { readonly member: string; readonly name: string | null };
