/** Pictures as PNG, with the fonts of the package alone: what a system has besides must not change a picture. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GlobalFonts } from '@napi-rs/canvas';
import { MOST_PICTURE_ROWS, type Picture } from '../domain/picture.ts';
import { coverageOf, covers } from './cmap.ts';
import { drawPicture } from './draw-picture.ts';
import { drawable } from './glyphs.ts';
import { FAMILY } from './look.ts';
import { png } from './png.ts';

/** The two weights in use. Both have the same characters. */
export const fontFiles = ['400Regular', '700Bold'].map((weight) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`)),
);

/** Reads the fonts, which takes a tenth of a second; what it gives draws. */
export const painter = () => {
  for (const path of fontFiles) GlobalFonts.registerFromPath(path, FAMILY);
  const coverage = coverageOf(readFileSync(fontFiles[0] ?? ''));
  const has = (character: number) => covers(coverage, character);

  return (picture: Picture) => {
    const canvas = drawPicture(worded(picture, (text) => drawable(text, has)));
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    return { png: png(data, width, height), width, height };
  };
};

/** The picture with each of its words passed through `say`, and no more rows than are drawn. */
export const worded = (picture: Picture, say: (text: string) => string): Picture => ({
  ...picture,
  title: say(picture.title),
  subtitle: say(picture.subtitle),
  columns: {
    name: say(picture.columns.name),
    value: say(picture.columns.value),
    movement: say(picture.columns.movement),
  },
  rows: picture.rows.slice(0, MOST_PICTURE_ROWS).map((row) => ({
    ...row,
    rank: say(row.rank),
    name: say(row.name),
    note: say(row.note),
    value: say(row.value),
    lamp: row.lamp && { ...row.lamp, letter: say(row.lamp.letter) },
    movement: row.movement && { ...row.movement, words: say(row.movement.words) },
  })),
  empty: say(picture.empty),
  notes: picture.notes.map(say),
  footer: picture.footer.map(say),
});
