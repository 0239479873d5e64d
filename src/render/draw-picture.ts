/** Draws a picture: sections one under the other, as high as they need. What is written has to have its glyphs. */
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type { Picture } from '../domain/picture.ts';
import { fitted, wrapped } from './fit.ts';
import { font, ground, ink, line, MARGIN, muted, onHead, palettes, SCALE, WIDTH } from './look.ts';
import { rowSection } from './picture-row.ts';
import type { Measured, Section } from './section.ts';
import { drawEdge, drawEmblem } from './shapes.ts';

const INNER = WIDTH - 2 * MARGIN;
const EMBLEM = 48;
const EDGE = 4;
const NOTE_LINES = 4;

export const drawPicture = (picture: Picture): Canvas => {
  const sections = sectionsOf(picture);
  const height = sections.reduce((sum, section) => sum + section.height, 0);
  const canvas = createCanvas(WIDTH * SCALE, Math.ceil(height * SCALE));
  const to = canvas.getContext('2d');
  to.scale(SCALE, SCALE);
  to.fillStyle = ground;
  to.fillRect(0, 0, WIDTH, height);
  let y = 0;
  for (const section of sections) {
    section.draw(to, y);
    y += section.height;
  }
  return canvas;
};

const sectionsOf = (picture: Picture): readonly Section[] => {
  const ruler = createCanvas(1, 1).getContext('2d');
  const measured: Measured = (size, weight) => (text) => {
    ruler.font = font(size, weight);
    return ruler.measureText(text).width;
  };
  const { rows, notes, footer } = picture;
  return [
    headSection(picture, measured),
    ...(rows.length === 0
      ? [gap(14), paragraph(picture.empty, { size: 15, colour: ink }, measured), gap(8)]
      : [columnsSection(picture, measured), ...rows.map((row, i) => rowSection(picture, row, i, measured))]),
    ruleSection,
    ...notes.map((note) => paragraph(note, { size: 12, colour: ink }, measured)),
    ...footer.map((small) => paragraph(small, { size: 11, colour: muted }, measured)),
    gap(12),
  ];
};

const headSection = ({ kind, title, subtitle }: Picture, measured: Measured): Section => {
  const titles = wrapped(title, INNER - EMBLEM, 2, measured(20, 700));
  const under = wrapped(subtitle, INNER - EMBLEM, 2, measured(13));
  const height = 25 + 26 * titles.length + 19 * under.length + EDGE;
  return {
    height,
    draw(to, y) {
      to.fillStyle = palettes[kind].head;
      to.fillRect(0, y, WIDTH, height);
      to.fillStyle = onHead;
      to.font = font(20, 700);
      for (const [i, text] of titles.entries()) to.fillText(text, MARGIN, y + 35 + 26 * i);
      to.font = font(13);
      for (const [i, text] of under.entries()) to.fillText(text, MARGIN, y + 30 + 26 * titles.length + 19 * i);
      drawEmblem(to, kind, [WIDTH - MARGIN - 18, y + (height - EDGE) / 2]);
      drawEdge(to, kind, y + height - EDGE, WIDTH);
    },
  };
};

/** Names over the names, and at the right what stands there in each row. */
const columnsSection = ({ columns }: Picture, measured: Measured): Section => {
  const right = [columns.value, columns.movement].filter(Boolean).join(' · ');
  const measure = measured(11);
  return {
    height: 28,
    draw(to, y) {
      to.fillStyle = muted;
      to.font = font(11);
      to.fillText(fitted(columns.name, INNER / 2, measure), MARGIN, y + 19);
      to.textAlign = 'right';
      to.fillText(fitted(right, INNER / 2, measure), WIDTH - MARGIN, y + 19);
      to.textAlign = 'left';
    },
  };
};

const ruleSection: Section = {
  height: 13,
  draw(to, y) {
    to.fillStyle = line;
    to.fillRect(0, y, WIDTH, 1);
  },
};

const gap = (height: number): Section => ({ height, draw() {} });

const paragraph = (
  text: string,
  { size, colour }: { readonly size: number; readonly colour: string },
  measured: Measured,
): Section => {
  const lines = wrapped(text, INNER, NOTE_LINES, measured(size));
  const step = Math.round(size * 1.5);
  return {
    height: step * lines.length + 3,
    draw(to, y) {
      to.fillStyle = colour;
      to.font = font(size);
      for (const [i, words] of lines.entries()) to.fillText(words, MARGIN, y + size * 1.1 + step * i);
    },
  };
};
