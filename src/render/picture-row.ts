/** One row of a picture: place, name, lamp and value; under them the bar and the movement, or a note. */
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Picture, PictureRow } from '../domain/picture.ts';
import { fitted, wrapped } from './fit.ts';
import { font, ink, line, MARGIN, movementColours, muted, palettes, WIDTH } from './look.ts';
import type { Measured, Section } from './section.ts';
import { drawLamp, drawMovement, drawRank, rounded } from './shapes.ts';

const RIGHT = WIDTH - MARGIN;
const RANK = 36;
const LAMP = 28;
/** What bars leave free for movements, so that all bars of a picture have one scale. */
const MOVEMENTS = 96;
const NAME = 15;
const VALUE = 16;
const SMALL = 11;

export const rowSection = (picture: Picture, row: PictureRow, place: number, measured: Measured): Section => {
  const left = MARGIN + (picture.rows.some(({ rank }) => rank !== '') ? RANK : 0);
  const value = fitted(row.value, (RIGHT - left) / 2, measured(VALUE, 700));
  const valueWidth = measured(VALUE, 700)(value);
  const nameWidth = RIGHT - left - valueWidth - 10 - (row.lamp ? LAMP : 0);
  const name = fitted(row.name, nameWidth, measured(NAME, 700));
  const notes = row.note === '' ? [] : wrapped(row.note, RIGHT - left, 2, measured(12));
  const isMeasured = row.bar !== null || row.movement !== null;
  const height = 34 + (isMeasured ? 16 : 0) + (notes.length > 0 ? 18 * notes.length + 2 : 0) + (isMeasured ? 0 : 4);

  return {
    height,
    draw(to, y) {
      drawGround(to, picture, row, { y, height, place });
      if (row.rank !== '') drawRank(to, picture.kind, row.rank, [MARGIN + 12, y + 22]);
      to.fillStyle = ink;
      to.font = font(NAME, 700);
      to.fillText(name, left, y + 26);
      to.font = font(VALUE, 700);
      to.fillText(value, RIGHT - valueWidth, y + 26);
      if (row.lamp) drawLamp(to, row.lamp, [RIGHT - valueWidth - 20, y + 20.5]);
      if (isMeasured) drawMeasure(to, picture, row, { y: y + 40, left }, measured);
      to.fillStyle = muted;
      to.font = font(12);
      for (const [i, note] of notes.entries()) to.fillText(note, left, y + (isMeasured ? 62 : 46) + 18 * i);
    },
  };
};

type Place = { readonly y: number; readonly height: number; readonly place: number };

/** A hair's line over every row but the first; one's own row on a ground of its own, with an edge. */
const drawGround = (to: SKRSContext2D, { kind }: Picture, { isOwn }: PictureRow, { y, height, place }: Place): void => {
  const { head, soft } = palettes[kind];
  if (isOwn) {
    to.fillStyle = soft;
    to.fillRect(0, y, WIDTH, height);
    to.fillStyle = head;
    to.fillRect(0, y, 4, height);
  }
  to.fillStyle = line;
  if (place > 0) to.fillRect(MARGIN, y, WIDTH - 2 * MARGIN, 0.5);
};

const drawMeasure = (
  to: SKRSContext2D,
  { kind, rows }: Picture,
  { bar, movement }: PictureRow,
  { y, left }: { readonly y: number; readonly left: number },
  measured: Measured,
): void => {
  const width = RIGHT - left - (rows.some((row) => row.movement !== null) ? MOVEMENTS : 0);
  if (bar !== null) {
    to.fillStyle = palettes[kind].track;
    rounded(to, [left, y - 3], [width, 6], 3);
    to.fillStyle = palettes[kind].bar;
    const filled = (width * Math.min(1000, Math.max(0, bar))) / 1000;
    if (filled > 0) rounded(to, [left, y - 3], [Math.max(6, filled), 6], 3);
  }
  if (movement === null) return;
  const words = fitted(movement.words, MOVEMENTS - 24, measured(SMALL));
  const wide = measured(SMALL)(words);
  drawMovement(to, movement.direction, [RIGHT - wide - 13, y]);
  to.fillStyle = movementColours[movement.direction];
  to.font = font(SMALL);
  to.fillText(words, RIGHT - wide, y + 4);
};
