/** What Excel takes as names of sheets: with any other it offers to repair the file. */

/** In UTF-16 units. */
const MOST_NAME = 31;
/** What a name is when nothing is left of it. */
const UNNAMED = 'Sheet';
/** Kept by Excel for itself. */
const RESERVED = new Set(['history', '修订记录']);

/** One legal name for each, in order, none like another in any case. */
export const sheetNames = (wanted: readonly string[]): readonly string[] => {
  const taken = new Set<string>();
  return wanted.map((name) => {
    const legal = legalName(name);
    let unique = legal;
    for (let n = 2; taken.has(unique.toLowerCase()) || RESERVED.has(unique.toLowerCase()); n += 1) {
      const mark = `(${n})`;
      unique = `${cut(legal, MOST_NAME - mark.length)}${mark}`;
    }
    taken.add(unique.toLowerCase());
    return unique;
  });
};

const legalName = (name: string): string => {
  const spelt = name
    .toWellFormed()
    .replace(/[\\/?*[\]:]|\p{Cc}|\p{Cf}|[\ufffe\uffff]/gu, ' ')
    .replace(/^[\s']+/u, '');
  return cut(spelt, MOST_NAME).replace(/[\s']+$/u, '') || UNNAMED;
};

/** At most `length` UTF-16 units, no pair cut in half. */
export const cut = (text: string, length: number): string => {
  const short = text.slice(0, length);
  return short.isWellFormed() ? short : text.isWellFormed() ? short.slice(0, -1) : short;
};
