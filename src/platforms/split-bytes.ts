/**
 * Lines that belong together, whole lines without their ends. `head` is said again where they go on in the next part:
 * rows of a table mean nothing without its header.
 */
export type Passage = { readonly head: readonly string[]; readonly lines: readonly string[] };

/** What stands before the rest of a line that was cut: the rest must not begin as a heading or a list would. */
const CUT = '…';

/**
 * Parts of at most `maxBytes` of UTF-8 each, in order, broken at line ends; only a line that is longer than a part by
 * itself is cut, between two characters. An empty line stands between passages. No text gives no part.
 */
export const splitBytes = (passages: readonly Passage[], maxBytes: number): readonly string[] => {
  const parts: string[] = [];
  let part: string[] = [];
  let size = 0;

  const close = () => {
    const text = part.join('\n').trim();
    if (text !== '') parts.push(text);
    part = [];
    size = 0;
  };
  const add = (line: string) => {
    part.push(line);
    size += Buffer.byteLength(line) + 1;
  };

  for (const passage of passages) {
    if (part.length > 0) add('');
    const { head, lines, headBytes } = weighed(passage, maxBytes);
    let headed = false;
    for (const line of lines.flatMap((line) => cut(line, maxBytes - headBytes))) {
      if (size + (headed ? 0 : headBytes) + Buffer.byteLength(line) > maxBytes) {
        close();
        headed = false;
      }
      if (!headed) head.forEach(add);
      headed = true;
      add(line);
    }
  }
  close();
  return parts;
};

/** A head that fills half a part by itself is no head: saying it again would leave no room for what follows. */
const weighed = ({ head, lines }: Passage, maxBytes: number) => {
  const headBytes = head.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  return headBytes * 2 > maxBytes ? { head: [], lines: [...head, ...lines], headBytes: 0 } : { head, lines, headBytes };
};

const cut = (line: string, maxBytes: number): readonly string[] => {
  if (Buffer.byteLength(line) <= maxBytes) return [line];
  const pieces: string[] = [];
  let piece = '';
  let size = 0;
  // Characters as people see them: a family emoji is several code points. One of over 64 bytes is only a stack of
  // accents.
  for (const character of charactersOf(line)) {
    const bytes = Buffer.byteLength(character);
    if (size + bytes > maxBytes) {
      pieces.push(piece);
      piece = CUT;
      size = Buffer.byteLength(CUT);
    }
    piece += character;
    size += bytes;
  }
  return [...pieces, piece];
};

function* charactersOf(line: string): Generator<string> {
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line)) {
    if (Buffer.byteLength(segment) <= 64) yield segment;
    else yield* segment;
  }
}
