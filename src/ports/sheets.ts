/** Workbooks. */
import type { Day } from '../domain/calendar.ts';

/** Text stays text, whatever it looks like: no cell is ever a formula. */
export type Cell = string | number | Day | null;

/** A sheet of a workbook, its rows made while they are written. */
export type Sheet = {
  readonly name: string;
  /** `width` in characters of the standard font. */
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  readonly rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
};
