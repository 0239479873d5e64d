/** A table as it was sent: rows of text, whatever file they came in. */

/** Null: a formula whose value was not kept in the file. */
export type Cell = string | null;

/** `row`: as the program numbers it that made the file, from 1. Cells stand in the order of columns; gaps are ''. */
export type TableRow = { readonly row: number; readonly cells: readonly Cell[] };

/** What a cell says, on one line; '' for nothing. */
export const said = (cell: Cell | undefined): string => cell ?? '';
