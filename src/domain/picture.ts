/** What a picture of a board or list shows: words and lengths, nothing of how it is drawn. */
import type { Lamp } from './lamp.ts';

/** `honour` and `warning` are the two published lists (红榜, 黑榜); `board` is every ranking. */
export const pictureKinds = ['board', 'honour', 'warning'] as const;
export type PictureKind = (typeof pictureKinds)[number];

export const movements = ['up', 'down', 'same', 'new'] as const;
export type Movement = (typeof movements)[number];

export type PictureRow = {
  /** As it is said, `1`; empty where there is no place to tell. */
  readonly rank: string;
  readonly name: string;
  /** In small print under the name; empty for none. */
  readonly note: string;
  readonly value: string;
  /** In parts of 1000 of the whole width; null: no bar. */
  readonly bar: number | null;
  /** The lamp with the letter that stands in it: a colour alone tells nothing to whoever cannot see it. */
  readonly lamp: { readonly colour: Lamp; readonly letter: string } | null;
  /** Against the period before; the direction is drawn as a shape, `words` stand beside it. */
  readonly movement: { readonly direction: Movement; readonly words: string } | null;
  /** The reader's own. */
  readonly isOwn: boolean;
};

export type Picture = {
  readonly kind: PictureKind;
  readonly title: string;
  /** The period. */
  readonly subtitle: string;
  /** What stands over the names, the values and the movements. */
  readonly columns: { readonly name: string; readonly value: string; readonly movement: string };
  readonly rows: readonly PictureRow[];
  /** Said where there are no rows. */
  readonly empty: string;
  readonly notes: readonly string[];
  /** In small print, last: the rule's version, and that it is no basis of assessment. */
  readonly footer: readonly string[];
  /** What it shows in one sentence, for those who cannot see it. */
  readonly alt: string;
};

/** More rows than anybody scrolls through in a chat. */
export const MOST_PICTURE_ROWS = 40;
