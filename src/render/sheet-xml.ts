/** A sheet as SpreadsheetML, row by row. */
import type { Cell, Sheet } from '../ports.ts';
import { cellXml, columnName, noteCell, titleCell, widthOf } from './sheet-cells.ts';

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
/** What Excel takes, the title's row with them. */
const MOST_ROWS = 1_048_576;
/** Longer ones are as wide as was asked: to measure them they would have to be held. */
const MOST_MEASURED = 2_000;
/** In characters: a narrow column with room for the button of the filter, and some air. */
const LEAST_WIDTH = 6;
const AIR = 2;
const FILTER_BUTTON = 2;
/** Rows are written together, in UTF-16 units: each piece costs a turn of the stream. */
const PIECE = 16_384;

export async function* sheetXml(sheet: Sheet, declaration: string): AsyncGenerator<string> {
  const { columns, rows, footer = [] } = sheet;
  const names = columns.map((_, i) => columnName(i));
  const cols = widthsOf(sheet).map((w, i) => `<col min="${i + 1}" max="${i + 1}" width="${w}" customWidth="1"/>`);
  const frozen =
    '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView>';
  let piece = `${declaration}<worksheet xmlns="${MAIN}"><sheetViews>${frozen}</sheetViews>${cols.length === 0 ? '' : `<cols>${cols.join('')}</cols>`}<sheetData>`;
  piece += rowXml(1, columns.map(({ title }, i) => titleCell(title, `${names[i]}1`)).join(''));
  let at = 1;
  for await (const cells of rows) {
    at += 1;
    if (at + footer.length >= MOST_ROWS) throw new RangeError(`a sheet takes no more than ${MOST_ROWS} rows`);
    piece += rowXml(at, cellsXml(cells, at, names));
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  // An empty row keeps them out of what is sorted.
  for (const [i, line] of footer.entries()) piece += rowXml(at + 2 + i, noteCell(line, `A${at + 2 + i}`));
  const filter = columns.length === 0 ? '' : `<autoFilter ref="A1:${names.at(-1)}${at}"/>`;
  yield `${piece}</sheetData>${filter}</worksheet>`;
}

const rowXml = (at: number, cells: string): string => `<row r="${at}">${cells}</row>`;

const cellsXml = (cells: readonly Cell[], at: number, names: readonly string[]): string => {
  let xml = '';
  for (const [i, value] of cells.entries()) xml += cellXml(value, `${names[i] ?? columnName(i)}${at}`);
  return xml;
};

const widthsOf = ({ columns, rows }: Sheet): readonly number[] => {
  const measured = Array.isArray(rows) && rows.length <= MOST_MEASURED ? (rows as readonly (readonly Cell[])[]) : null;
  return columns.map(({ title, width }, i) => {
    const least = Math.max(LEAST_WIDTH, widthOf(title) + AIR + FILTER_BUTTON);
    if (!measured) return Math.max(least, width);
    const widest = measured.reduce((most, cells) => Math.max(most, widthOf(cells[i] ?? null)), 0);
    return Math.max(least, Math.min(width, widest + AIR));
  });
};
