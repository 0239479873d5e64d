/** Against files that are small and unfold, and against those that never end. */

/** Twenty times a county, with room for a city's 200,000 people. */
export const MOST_ROWS = 250_000;
/** 200,000 rows of ten columns are some 150 MB of XML. */
export const MOST_UNPACKED_BYTES = 512 * 1024 * 1024;
/** Beyond these nobody keeps a roster. */
export const MOST_COLUMNS = 100;
/** In UTF-16 units; longer than any name, id or path. What follows is dropped. */
export const MOST_CELL_LENGTH = 500;
/** Lists of sheets and their places: a few KB in life. */
export const MOST_DIRECTORY_BYTES = 4 * 1024 * 1024;
/** The longest piece of XML between two tags: Excel's own cells end at 32,767 characters. */
export const MOST_BETWEEN_TAGS = 1024 * 1024;
/** Files in a workbook: sheets, drawings, styles. */
export const MOST_ZIP_ENTRIES = 5_000;
