/** What is drawn beside words, so that no colour stands alone: each has a shape of its own. */
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { PictureKind, PictureRow } from '../domain/picture.ts';
import { font, lampColours, movementColours, onHead, palettes } from './look.ts';

type Point = readonly [x: number, y: number];

const polygon = (to: SKRSContext2D, points: readonly Point[]): void => {
  to.beginPath();
  for (const [x, y] of points) to.lineTo(x, y);
  to.closePath();
  to.fill();
};

/** `count` corners around (`x`, `y`), the first at `turn` (0 is above). */
const around = (count: number, [x, y]: Point, radiusOf: (corner: number) => number, turn = 0): Point[] =>
  Array.from({ length: count }, (_, i) => {
    const angle = ((i + turn) / count) * 2 * Math.PI;
    return [x + radiusOf(i) * Math.sin(angle), y - radiusOf(i) * Math.cos(angle)];
  });

const disc = (to: SKRSContext2D, [x, y]: Point, radius: number): void => {
  to.beginPath();
  to.arc(x, y, radius, 0, 2 * Math.PI);
  to.fill();
};

export const rounded = (to: SKRSContext2D, [x, y]: Point, [width, height]: Point, radius: number): void => {
  to.beginPath();
  to.roundRect(x, y, width, height, radius);
  to.fill();
};

const centred = (to: SKRSContext2D, text: string, [x, y]: Point, size: number): void => {
  to.font = font(size, 700);
  to.textAlign = 'center';
  // Letters of this font stand so high over their line.
  to.fillText(text, x, y + 0.37 * size);
  to.textAlign = 'left';
};

/** A lamp around (`x`, `y`): a disc, a square, a diamond, an octagon, a lying bar, each with its letter. */
export const drawLamp = (to: SKRSContext2D, { colour, letter }: NonNullable<PictureRow['lamp']>, at: Point): void => {
  const [x, y] = at;
  to.fillStyle = lampColours[colour].fill;
  if (colour === 'green') disc(to, at, 9);
  else if (colour === 'blue') rounded(to, [x - 8.5, y - 8.5], [17, 17], 3);
  else if (colour === 'yellow')
    polygon(
      to,
      around(4, at, () => 11.5),
    );
  else if (colour === 'red')
    polygon(
      to,
      around(8, at, () => 10, 0.5),
    );
  else rounded(to, [x - 10, y - 7], [20, 14], 3);
  to.fillStyle = lampColours[colour].letter;
  centred(to, letter, at, 11);
};

/** An arrow's head up or down, a bar for no movement, a dot for what was not there before; 9 wide, from `x` on. */
export const drawMovement = (to: SKRSContext2D, direction: keyof typeof movementColours, [x, y]: Point): void => {
  to.fillStyle = movementColours[direction];
  const middle: Point = [x + 4.5, y];
  if (direction === 'up')
    polygon(to, [
      [x, y + 3.5],
      [x + 4.5, y - 4],
      [x + 9, y + 3.5],
    ]);
  else if (direction === 'down')
    polygon(to, [
      [x, y - 3.5],
      [x + 4.5, y + 4],
      [x + 9, y - 3.5],
    ]);
  else if (direction === 'same') rounded(to, [x, y - 1], [9, 2.2], 1.1);
  else disc(to, middle, 3);
};

/** A place around (`x`, `y`): the first three in a disc, on the list of warnings in a square. */
export const drawRank = (to: SKRSContext2D, kind: PictureKind, rank: string, at: Point): void => {
  const isHigh = ['1', '2', '3'].includes(rank);
  const size = rank.length <= 2 ? 14 : rank.length === 3 ? 12 : 10.5;
  to.fillStyle = palettes[kind].head;
  if (isHigh && kind === 'warning') rounded(to, [at[0] - 11.5, at[1] - 11.5], [23, 23], 4);
  else if (isHigh) disc(to, at, 12.5);
  if (isHigh) to.fillStyle = onHead;
  centred(to, rank, at, size);
};

/** What tells the kinds apart at a glance, 36 wide around (`x`, `y`): a ticked sheet, a star, a warning triangle. */
export const drawEmblem = (to: SKRSContext2D, kind: PictureKind, at: Point): void => {
  to.fillStyle = palettes[kind].trim;
  if (kind === 'board') drawMark(to, at);
  else if (kind === 'honour') drawStar(to, at);
  else drawWarning(to, at);
};

const drawStar = (to: SKRSContext2D, [x, y]: Point): void =>
  polygon(
    to,
    around(10, [x, y + 1], (corner) => (corner % 2 === 0 ? 20 : 8.5)),
  );

const drawWarning = (to: SKRSContext2D, [x, y]: Point): void => {
  polygon(
    to,
    around(3, [x, y + 5], () => 22),
  );
  to.fillStyle = palettes.warning.head;
  rounded(to, [x - 1.8, y - 6], [3.6, 12], 1.8);
  disc(to, [x, y + 10.5], 2.3);
};

const drawMark = (to: SKRSContext2D, [x, y]: Point): void => {
  to.fillStyle = onHead;
  rounded(to, [x - 17, y - 18], [34, 36], 6);
  to.lineCap = 'round';
  to.lineJoin = 'round';
  const stroke = (colour: string, width: number, points: readonly Point[]) => {
    to.strokeStyle = colour;
    to.lineWidth = width;
    to.beginPath();
    for (const [dx, dy] of points) to.lineTo(x + dx, y + dy);
    to.stroke();
  };
  stroke('#9cc9c0', 3, [
    [-10, -9],
    [1, -9],
  ]);
  stroke('#9cc9c0', 3, [
    [-10, -1],
    [-3, -1],
  ]);
  stroke(palettes.board.trim, 4, [
    [-7, 6],
    [-2, 11],
    [11, -5],
  ]);
};

/** The head's lower edge, 4 high: plain for boards, a double line for honours, slanted stripes for warnings. */
export const drawEdge = (to: SKRSContext2D, kind: PictureKind, y: number, width: number): void => {
  const { head, trim } = palettes[kind];
  to.fillStyle = kind === 'board' ? head : trim;
  to.fillRect(0, y, width, 4);
  to.fillStyle = head;
  if (kind === 'honour') to.fillRect(0, y + 1.25, width, 1.5);
  if (kind !== 'warning') return;
  for (let x = -4; x < width; x += 16) {
    polygon(to, [
      [x, y + 4],
      [x + 4, y],
      [x + 12, y],
      [x + 8, y + 4],
    ]);
  }
};
