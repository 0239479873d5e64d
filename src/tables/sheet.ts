/** The rows of a sheet, as its XML comes. */
import type { Cell, TableRow } from '../domain/table.ts';
import { MOST_CELL_LENGTH, MOST_COLUMNS } from './limits.ts';
import { readXml, type Tag } from './xml.ts';

/** Of a formula only the value that was kept with it is read; nothing is computed. */
export async function* readSheet(
  source: AsyncIterable<Buffer>,
  sharedText: (index: number) => string,
): AsyncGenerator<readonly TableRow[]> {
  let rows: TableRow[] = [];
  let row = 0;
  let cells: Cell[] = [];
  let column = -1;
  let type = '';
  let text = '';
  let isFormula = false;
  let isText = false;
  let hasValue = false;

  const reading = {
    open({ name, of }: Tag) {
      if (name === 'c') {
        column = of.r === undefined ? column + 1 : columnOf(of.r);
        type = of.t ?? 'n';
        text = '';
        isFormula = false;
        hasValue = false;
      } else if (name === 'v' || name === 't') {
        isText = true;
        hasValue = true;
      } else if (name === 'f') isFormula = true;
      else if (name === 'row') {
        row = of.r === undefined ? row + 1 : Number(of.r);
        cells = [];
        column = -1;
      }
    },
    text(piece: string) {
      if (isText && text.length < MOST_CELL_LENGTH) text += piece.slice(0, MOST_CELL_LENGTH);
    },
    close(name: string) {
      if (name === 'v' || name === 't') isText = false;
      else if (name === 'c' && column >= 0 && column < MOST_COLUMNS) {
        while (cells.length < column) cells.push('');
        cells[column] = isFormula && !hasValue ? null : shown(type, text, sharedText);
      } else if (name === 'row') rows.push({ row, cells });
    },
  };
  const take = () => {
    const taken = rows;
    rows = [];
    return taken;
  };
  for await (const taken of readXml(source, reading, take)) if (taken.length > 0) yield taken;
}

/** `BC12` → 54: letters count from A = 0. */
const columnOf = (place: string): number => {
  let column = 0;
  for (const letter of place.toUpperCase()) {
    if (letter < 'A' || letter > 'Z') break;
    column = column * 26 + letter.charCodeAt(0) - 64;
    if (column > MOST_COLUMNS) break;
  }
  return column - 1;
};

const shown = (type: string, text: string, sharedText: (index: number) => string): string => {
  if (type === 's') return text === '' ? '' : sharedText(Number(text));
  if (type === 'n') return numeral(text);
  return text;
};

/** Excel keeps 15 digits: what is longer has lost its end, and stays visibly so. */
const MOST_DIGITS = 15;

/** A number as somebody typed it: `1.3800138E10` was a telephone number. */
const numeral = (text: string): string => {
  const digits = text.trim();
  if (/^-?\d+$/.test(digits) && digits.length <= MOST_DIGITS) return digits;
  const value = Number(digits);
  if (!Number.isInteger(value)) return digits;
  return Math.abs(value) < 10 ** MOST_DIGITS ? value.toString() : value.toExponential();
};
