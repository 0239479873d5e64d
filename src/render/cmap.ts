/**
 * Which characters a font file has, as its own table tells: a system's fonts must not stand in for it unseen.
 * https://learn.microsoft.com/en-us/typography/opentype/spec/cmap
 */

/** First and last code point of each run of characters, in order. */
export type Coverage = readonly (readonly [first: number, last: number])[];

/** Unicode, all planes. */
const UNICODE = { platform: 3, encoding: 10, format: 12 } as const;

/** The characters of a TrueType font with a table of all planes. Throws RangeError for another file. */
export const coverageOf = (font: Buffer): Coverage => {
  const at = subtable(font, tableAt(font, 'cmap'));
  return Array.from({ length: font.readUInt32BE(at + 12) }, (_, i) => {
    const group = at + 16 + 12 * i;
    return [font.readUInt32BE(group), font.readUInt32BE(group + 4)] as const;
  });
};

const tableAt = (font: Buffer, tag: string): number => {
  for (let i = 0; i < font.readUInt16BE(4); i += 1) {
    const entry = 12 + 16 * i;
    if (font.toString('latin1', entry, entry + 4) === tag) return font.readUInt32BE(entry + 8);
  }
  throw new RangeError(`a font without a table ${tag}`);
};

const subtable = (font: Buffer, cmap: number): number => {
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i += 1) {
    const entry = cmap + 4 + 8 * i;
    const at = cmap + font.readUInt32BE(entry + 4);
    const isUnicode =
      font.readUInt16BE(entry) === UNICODE.platform && font.readUInt16BE(entry + 2) === UNICODE.encoding;
    if (isUnicode && font.readUInt16BE(at) === UNICODE.format) return at;
  }
  throw new RangeError('a font without a table of all planes');
};

/** Whether the font has `character`, by binary search. */
export const covers = (coverage: Coverage, character: number): boolean => {
  let [low, high] = [0, coverage.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = coverage[middle] ?? [0, 0];
    if (character < first) high = middle - 1;
    else if (character > last) low = middle + 1;
    else return true;
  }
  return false;
};
