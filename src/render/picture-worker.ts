/**
 * Draws pictures in a thread of its own, which picture.ts starts: each message is a picture, each answer its bytes, or
 * why there are none; in order.
 */
import { parentPort } from 'node:worker_threads';
import type { Picture } from '../domain/picture.ts';
import { painter } from './painter.ts';

export type Painted =
  | { readonly png: Uint8Array<ArrayBuffer>; readonly width: number; readonly height: number }
  | { readonly fault: string };

const paint = painter();

parentPort?.on('message', (picture: Picture) => {
  const painted = attempt(picture);
  // The bytes change hands; they are not copied.
  parentPort?.postMessage(painted, 'png' in painted ? [painted.png.buffer] : []);
});

const attempt = (picture: Picture): Painted => {
  try {
    const { png, width, height } = paint(picture);
    return { png: new Uint8Array(png), width, height };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
};
