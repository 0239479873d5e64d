/** What a person sees of a text that was typed, pasted or forged. Everything here takes linear time. */

// Of every system, and what Unicode calls mandatory breaks.
const LINE_ENDS = /[\n\r\v\f\u0085\u2028\u2029]+/g;

/**
 * Invisible and direction characters. Kept of them: variation selectors (emoji, rare name characters, Mongolian),
 * joiners, and the tag characters that spell the flags of England, Scotland and Wales.
 */
const INVISIBLE =
  /(\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f})|(?!\p{Variation_Selector}|\p{Join_Control}|[\n\t])[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\ufff9-\ufffb]/gu;

/**
 * Lines of Chinese and ASCII with the usual punctuation: nothing in them is invisible. Most reports are nothing else.
 */
const ORDINARY = /^[\n -~、。《》「」【】一-鿿！-～…—“”]*$/;

// U+2800, the empty Braille pattern, looks like a space too.
const BLANK = /[\s\u2800]/;
const SPACING = /[\s\u2800\p{Join_Control}\p{Variation_Selector}]/u;

/**
 * The text as people see it: well-formed, its lines parted by one `\n`, without control, direction and other invisible
 * characters; within a line single spaces and none at its edges.
 */
export const visible = (text: string): string =>
  (ORDINARY.test(text) ? text : text.toWellFormed().replace(LINE_ENDS, '\n').replace(INVISIBLE, '$1'))
    .split('\n')
    .map(tidy)
    .filter(Boolean)
    .join('\n');

/** One line with single spaces, and without white space, joiners and selectors that belong to nothing. */
export const tidy = (line: string): string =>
  SPACING.test(line)
    ? line
        .replace(/[\s\u2800\p{Join_Control}]+/gu, (run) => (run.length > 1 || BLANK.test(run) ? gap(run) : run))
        .trim()
        .replace(/^[\s\p{Join_Control}\p{Variation_Selector}]+|\p{Join_Control}$/gu, '')
    : line;

const gap = (run: string): string => (BLANK.test(run) ? ' ' : '');

/** Whether there is something in it to read: a letter, a number, a picture. Punctuation alone says nothing. */
export const saysSomething = (text: string): boolean =>
  /[\p{L}\p{N}\p{So}\p{Sc}\p{Extended_Pictographic}\p{Co}\p{Cn}]|\u20e3/u.test(text);

/** Full-width letters, digits and signs as plain ones, in lower case. Every character keeps its position. */
export const narrow = (text: string): string =>
  text.replace(/[A-Z\uff01-\uff5e\u3000]/g, (letter) => {
    const code = letter.charCodeAt(0);
    if (code === 0x3000) return ' ';
    return String.fromCharCode(code > 0xff00 ? code - 0xfee0 : code).toLowerCase();
  });

/** How many characters (code points) there are. */
export const characters = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** Whether there are more than `most` characters. Most texts are short in any way of counting. */
export const isLonger = (text: string, most: number): boolean => text.length > most && characters(text) > most;
