/** Pictures. */
import type { Picture } from '../domain/picture.ts';

export type Drawn = { readonly png: Uint8Array; readonly width: number; readonly height: number };

/**
 * Draws a picture as a PNG. Null when that could not be done within `ms`: the text that stands beside every picture is
 * then sent alone. Never rejects.
 */
export type DrawPicture = (picture: Picture, ms: number) => Promise<Drawn | null>;
