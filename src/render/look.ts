/** The house's look: light ground, one colour for each kind of picture, every pair of text and ground at least 4.5 : 1. */
import type { Lamp } from '../domain/lamp.ts';
import type { Movement, PictureKind } from '../domain/picture.ts';

/** In the units of a phone's screen, drawn at twice that. */
export const WIDTH = 375;
export const SCALE = 2;
export const MARGIN = 16;

export const FAMILY = 'Riqing';
export const font = (size: number, weight: 400 | 700 = 400): string => `${weight} ${size}px ${FAMILY}`;

export const ground = '#ffffff';
export const ink = '#17211e';
export const muted = '#55625d';
export const line = '#e2e8e5';
export const onHead = '#ffffff';

/** `head` carries white text, `soft` ink; `bar` lies on `track`. */
export const palettes: Readonly<Record<PictureKind, Record<'head' | 'bar' | 'track' | 'soft' | 'trim', string>>> = {
  board: { head: '#0a6557', bar: '#0d7a68', track: '#e0ebe7', soft: '#ecf6f3', trim: '#e4572e' },
  honour: { head: '#a61e22', bar: '#c2352b', track: '#f7e3dd', soft: '#fdf2ee', trim: '#ffd36b' },
  warning: { head: '#30383b', bar: '#5a666b', track: '#e1e6e8', soft: '#f1f4f5', trim: '#ffc94d' },
};

export const lampColours: Readonly<Record<Lamp, { readonly fill: string; readonly letter: string }>> = {
  green: { fill: '#1b7f3b', letter: '#ffffff' },
  blue: { fill: '#1d5fbf', letter: '#ffffff' },
  yellow: { fill: '#f2b705', letter: '#3a2a00' },
  red: { fill: '#c2261d', letter: '#ffffff' },
  paused: { fill: '#66716d', letter: '#ffffff' },
};

export const movementColours: Readonly<Record<Movement, string>> = {
  up: '#0a6557',
  down: '#9a3412',
  same: muted,
  new: '#1d5fbf',
};
