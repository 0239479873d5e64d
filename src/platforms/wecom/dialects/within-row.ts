/** Bars, bold and the line end of a row. */
const ROW_SIGNS = 8;
const CELL_SIGNS = 3;

/**
 * The cells of a row that is shorter than half a message, so that its head fits before it: a row that was cut within
 * would be no row any more. Only rows that are longer lose the ends of their cells.
 */
export const withinRow = (cells: readonly string[], maxBytes: number): readonly string[] => {
  const most = Math.floor(maxBytes / 2) - ROW_SIGNS;
  const bytes = cells.reduce((sum, cell) => sum + Buffer.byteLength(cell) + CELL_SIGNS, 0);
  if (bytes <= most) return cells;
  const each = Math.floor(most / cells.length) - CELL_SIGNS;
  return cells.map((cell) => within(cell, Math.max(each, 0)));
};

/** The beginning of a text, in at most so many bytes of UTF-8, its omission said. */
export const within = (text: string, maxBytes: number): string => {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const end = Buffer.byteLength('…');
  let kept = '';
  let size = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    size += Buffer.byteLength(segment);
    if (size + end > maxBytes) break;
    kept += segment;
  }
  return `${kept}…`;
};
