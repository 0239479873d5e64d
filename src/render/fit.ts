/** Texts that fit, measured in the font in which they are drawn. */

/** The width of a text in the present font. */
export type Measure = (text: string) => number;

/** Stand at the end of a line, never at the beginning of the next. */
const LINES = /(?:[\p{Script=Latin}\p{N}.%+@#/_'’-]+|.)[，。、；：！？）》〉」』”’…,.;:!?)\]}]*\s*/gsu;

/** `text`, or as much of its beginning as leaves room for an … within `width`. */
export const fitted = (text: string, width: number, measure: Measure): string => {
  if (measure(text) <= width) return text;
  const characters = [...text];
  let [fits, tooMany] = [0, characters.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (measure(`${characters.slice(0, middle).join('').trimEnd()}…`) <= width) fits = middle;
    else tooMany = middle;
  }
  return `${characters.slice(0, fits).join('').trimEnd()}…`;
};

/** `text` in lines of at most `width`, at most `most` of them. Words and numbers stay whole where they can. */
export const wrapped = (text: string, width: number, most: number, measure: Measure): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  const pieces = text.match(LINES) ?? [];
  for (const [i, piece] of pieces.entries()) {
    if (measure((line + piece).trimEnd()) <= width) {
      line += piece;
    } else if (lines.length === most - 1) {
      line += pieces.slice(i).join('');
      break;
    } else {
      if (line !== '') lines.push(line.trimEnd());
      line = piece;
    }
  }
  if (line !== '') lines.push(line.trimEnd());
  return lines.map((one) => fitted(one, width, measure));
};
