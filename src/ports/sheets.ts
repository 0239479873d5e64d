/** Workbooks. */
import type { Day } from '../domain/calendar.ts';
import type { Rate } from '../domain/ratio.ts';

/** Text stays text, whatever it looks like: no cell is ever a formula. A rate is shown in percent. */
export type Cell = string | number | Day | Rate | null;

/** A sheet of a workbook, its rows made while they are written. */
export type Sheet = {
  readonly name: string;
  /**
   * `width` in characters of the standard font, a Chinese one being two. Where the rows are a list, a column is only as
   * wide as what stands in it, and `width` is the most.
   */
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  readonly rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
  /** Lines below the rows, which no filter hides. */
  readonly footer?: readonly string[];
};
