/** What of a text the font can show. */
import { visible } from '../domain/visible.ts';

/** Printers' geta (下駄): what has always stood where a character is missing in the case. */
export const SUBSTITUTE = '〓';

/** Longer than any line of a picture; the rest would be cut off anyway. */
const MOST_CHARACTERS = 400;

/** Select another shape of the character before them, or join two; alone they show nothing. */
const SELECTORS = /[\p{Variation_Selector}\p{Join_Control}\u{e0020}-\u{e007f}]/gu;

/**
 * One line of `text` in which every character has a glyph, invisible ones left out; what the font lacks, an emoji or a
 * rare character, is one 〓 each.
 */
export const drawable = (text: string, has: (character: number) => boolean): string => {
  const line = visible(text.slice(0, 4 * MOST_CHARACTERS))
    .replaceAll('\n', ' ')
    .normalize('NFC');
  const all = (some: string) => [...some].every((character) => has(character.codePointAt(0) ?? 0));
  if (line.length <= MOST_CHARACTERS && all(line)) return line;
  const shown: string[] = [];
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(line)) {
    if (shown.length === MOST_CHARACTERS) break;
    const bare = segment.replace(SELECTORS, '');
    if (bare === '') continue;
    const usual = bare.normalize('NFKC');
    shown.push(all(bare) ? bare : all(usual) ? usual : SUBSTITUTE);
  }
  return shown.join('');
};
