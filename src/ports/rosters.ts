/** Rosters that are being imported. */
import type { FaultTally } from '../domain/roster-faults.ts';
import type { RosterRow } from '../domain/roster-rows.ts';
import type { TableRow } from '../domain/table.ts';
import type { MemberId } from '../message.ts';

/** The rows of a table, some at a time. Throws UserError saying what is wrong with the file. */
export type ReadTable = (source: ReadableStream) => AsyncIterable<readonly TableRow[]>;

/** Rosters between preview and confirmation. What is kept is gone by itself. */
export type RosterStore = {
  /** Keeps rows of `upload` as its part `part`, from 0. */
  keep(upload: string, part: number, rows: readonly RosterRow[]): Promise<void>;
  /** The parts in order; none when they are gone. */
  parts(upload: string): AsyncIterable<readonly RosterRow[]>;
  /** What `by` may confirm from now on, in place of what was proposed before. */
  propose(by: MemberId, proposal: RosterProposal): Promise<void>;
  proposed(by: MemberId): Promise<RosterProposal | null>;
  /** The proposal is settled, if it still is this upload's. */
  settle(by: MemberId, upload: string): Promise<void>;
};

export type RosterProposal = {
  readonly upload: string;
  /** Of the changes that were shown. */
  readonly digest: string;
  /** The message that they were the answer to. */
  readonly shown: string;
  /** What was wrong with rows of the file. */
  readonly faults: FaultTally;
};
