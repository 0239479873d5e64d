/** Where a line has to be cut, each piece of its words stands between `before` and `after`. */
export type Line = string | { readonly before: string; readonly words: string; readonly after: string };

/**
 * Lines that belong together, whole lines without their ends. `head` is said again where they go on in the next part:
 * rows of a table mean nothing without its header.
 */
export type Passage = { readonly head: readonly string[]; readonly lines: readonly Line[] };

/** What stands before the rest of a line that was cut: the rest must not begin as a heading or a list would. */
const CUT = '…';

/** Begins or ends code. */
const FENCE = /^(?:`{3,}|~{3,})/u;

/**
 * Parts of at most `maxBytes` of UTF-8 each, in order, broken at line ends; only a line that is longer than a part by
 * itself is cut, between two characters. An empty line stands between passages. Code that goes on in the next part is
 * closed and opened again as it was. No text gives no part.
 */
export const splitBytes = (passages: readonly Passage[], maxBytes: number): readonly string[] => {
  const parts: string[] = [];
  let part: string[] = [];
  let size = 0;
  /** The line that began the code in which we are. */
  let fence: string | null = null;
  /** Nothing of it has been said yet. */
  let isFresh = false;

  const add = (line: string) => {
    part.push(line);
    size += bytesOf(line) + 1;
    isFresh = fence === null && FENCE.test(line);
    if (isFresh) fence = line;
    else if (fence !== null && ends(line, fence)) fence = null;
  };
  const close = () => {
    const open = fence;
    if (open !== null && isFresh) part.pop();
    else if (open !== null) part.push(signsOf(open));
    const text = part.join('\n').trim();
    if (text !== '') parts.push(text);
    part = [];
    size = 0;
    fence = null;
    if (open !== null) add(open);
  };
  /** What has to stay free behind the line, to close the code. */
  const reserve = (line: string): number => {
    const open = fence ?? (FENCE.test(line) ? line : null);
    return open === null || (fence !== null && ends(line, fence)) ? 0 : bytesOf(signsOf(open)) + 1;
  };

  for (const passage of passages) {
    if (part.length > 0 && fence === null) add('');
    const { head, lines, headBytes } = weighed(passage, maxBytes);
    let headed = false;
    for (const line of lines) {
      // Room for the code's beginning and end in a part of its own.
      const room = maxBytes - headBytes - (fence === null ? 0 : bytesOf(fence) + 1 + reserve(''));
      for (const piece of cut(line, room)) {
        if (size + (headed ? 0 : headBytes) + bytesOf(piece) + reserve(piece) > maxBytes) {
          close();
          headed = false;
        }
        if (!headed) head.forEach(add);
        headed = true;
        add(piece);
      }
    }
  }
  close();
  return parts;
};

const bytesOf = (text: string) => Buffer.byteLength(text);
const signsOf = (fence: string) => FENCE.exec(fence)?.[0] ?? '';
const ends = (line: string, fence: string) => FENCE.test(line) && line.trim() === signsOf(fence);

/** A head that fills half a part by itself is no head: saying it again would leave no room for what follows. */
const weighed = ({ head, lines }: Passage, maxBytes: number) => {
  const headBytes = head.reduce((sum, line) => sum + bytesOf(line) + 1, 0);
  return headBytes * 2 > maxBytes ? { head: [], lines: [...head, ...lines], headBytes: 0 } : { head, lines, headBytes };
};

const cut = (line: Line, maxBytes: number): readonly string[] => {
  const { before, words, after } = typeof line === 'string' ? { before: '', words: line, after: '' } : line;
  const around = bytesOf(before) + bytesOf(after);
  if (around + bytesOf(words) <= maxBytes) return [before + words + after];
  const pieces: string[] = [];
  let piece = '';
  let size = around;
  // Characters as people see them: a family emoji is several code points. One of over 64 bytes is only a stack of
  // accents.
  for (const character of charactersOf(words)) {
    const bytes = bytesOf(character);
    if (size + bytes > maxBytes) {
      pieces.push(piece);
      piece = CUT;
      size = around + bytesOf(CUT);
    }
    piece += character;
    size += bytes;
  }
  return [...pieces, piece].map((each) => before + each + after);
};

function* charactersOf(line: string): Generator<string> {
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line)) {
    if (bytesOf(segment) <= 64) yield segment;
    else yield* segment;
  }
}
