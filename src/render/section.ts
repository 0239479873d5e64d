import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Measure } from './fit.ts';

/** A part of a picture, as wide as the whole; `y` is where it begins. */
export type Section = { readonly height: number; draw(to: SKRSContext2D, y: number): void };

/** In which size and weight something is measured. */
export type Measured = (size: number, weight?: 400 | 700) => Measure;
