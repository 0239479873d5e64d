/** What the clock has done. */

import type { Temporal } from 'temporal-polyfill';
import type { UnitId } from '../domain/organisation.ts';
import type { Slot } from '../domain/slot.ts';

/** Which slots of the jobs are settled, and who runs which. Minutes are local, as `minuteOf` counts them. */
export type SlotStore = {
  /**
   * Every slot up to `until` is settled, and those after it whose ids are in `done`. The first call ever settles all up
   * to `now`.
   */
  settled(now: number): Promise<{ readonly until: number; readonly done: ReadonlySet<string> }>;
  /**
   * For each slot a fencing token, or why there is none. A holder that asks again keeps what it has, for as long again.
   */
  lease(slots: readonly Slot[], holder: string, forMs: number): Promise<readonly (number | 'settled' | 'held')[]>;
  /**
   * Tells what came of leased slots and gives the leases back. False: the slot was settled before, or is no longer the
   * holder's.
   */
  settle(runs: readonly SlotRun[]): Promise<readonly boolean[]>;
  /** All slots up to `until` are settled. */
  settleUntil(until: number): Promise<void>;
  /** How often each came about: `job/outcome` → times. */
  counts(): Promise<ReadonlyMap<string, number>>;
};

export type SlotRun = {
  readonly slot: Slot;
  readonly token: number;
  /** failed: not settled, it will be run again. */
  readonly outcome: 'done' | 'late' | 'skipped' | 'failed';
};

/** A minute at which jobs fall due. */
export type Coming = { readonly at: Temporal.Instant; readonly job: string; readonly units: readonly UnitId[] };
