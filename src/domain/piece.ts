import { narrow } from './visible.ts';

/**
 * A stretch of a text, and `plain`: the same as `narrow` gives it, for which all patterns are written. Places are the
 * same.
 */
export type Piece = { readonly text: string; readonly plain: string };

export const pieceOf = (text: string): Piece => ({ text, plain: narrow(text) });

/** From place `from` up to `to`. */
export const cut = ({ text, plain }: Piece, from: number, to?: number): Piece => ({
  text: text.slice(from, to),
  plain: plain.slice(from, to),
});

/** Without white space at its edges. */
export const trimmed = ({ text, plain }: Piece): Piece => ({ text: text.trim(), plain: plain.trim() });
