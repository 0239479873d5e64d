/** Pictures, drawn in a thread of their own: no message waits while one is drawn, and what kills it kills nothing else. */
import { Worker } from 'node:worker_threads';
import type { Picture } from '../domain/picture.ts';
import type { Drawn, DrawPicture, Log } from '../ports.ts';
import type { Painted } from './picture-worker.ts';

export type Timing = {
  /** A picture takes a twentieth of a second, the first of a thread a quarter. What takes so long never ends. */
  readonly stuckMs: number;
  /** A thread with nothing to do for so long gives its memory back. */
  readonly idleMs: number;
  /** A thread that could not even begin, on a machine without the canvas, is not tried again before. */
  readonly againMs: number;
};
export const timing: Timing = { stuckMs: 15_000, idleMs: 60_000, againMs: 60_000 };

/** In a rush the rest goes as text: ten boards a second is all that one thread draws. */
const MOST_WAITING = 32;

type Asked = {
  readonly picture: Picture;
  done(drawn: Drawn | null): void;
};

type Deps = { readonly log: Log; readonly timing?: Timing; readonly script?: URL };

/** Draws one picture after the other. The thread begins with the first. */
export const pictures = ({ log, timing: { stuckMs, idleMs, againMs } = timing, script = workerScript }: Deps) => {
  const waiting: Asked[] = [];
  let thread: Worker | null = null;
  let inHand: Asked | null = null;
  let hasDrawn = false;
  /** For a while, or for good. */
  let isClosed = false;
  let isStopped = false;
  let watch: NodeJS.Timeout | undefined;

  /** Ends the thread, whatever it is doing; the next picture starts another. */
  const drop = (): Promise<unknown> => {
    const ended = thread;
    thread = null;
    clearTimeout(watch);
    return ended?.terminate() ?? Promise.resolve();
  };

  const settle = (drawn: Drawn | null) => {
    const asked = inHand;
    inHand = null;
    asked?.done(drawn);
    next();
  };

  const failed = (err: unknown) => {
    log.warn({ err, rows: inHand?.picture.rows.length }, 'a picture was not drawn; its text goes alone');
    void drop();
    if (!hasDrawn) rest();
    settle(null);
  };

  /** All that wait, and all that come soon, go as text. */
  const rest = () => {
    isClosed = true;
    for (const asked of waiting.splice(0)) asked.done(null);
    setTimeout(() => {
      isClosed = isStopped;
    }, againMs).unref();
  };

  const begin = (): Worker => {
    hasDrawn = false;
    // The bot's own flags are not for it; fonts of the system are not looked for. Each picture leaves 20 MB behind, which
    // a small heap notices sooner.
    const started = new Worker(script, {
      execArgv: [],
      env: { DISABLE_SYSTEM_FONTS_LOAD: '1' },
      resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 48 },
    });
    const mine = (act: () => void) => () => thread === started && act();
    started.on('message', (painted: Painted) =>
      mine(() => {
        if ('fault' in painted) return failed(new Error(painted.fault));
        hasDrawn = true;
        settle(painted);
      })(),
    );
    started.on('error', (err) => mine(() => failed(err))());
    started.on('exit', (code) => mine(() => failed(new Error(`the drawing thread ended with ${code}`)))());
    return started;
  };

  const next = () => {
    if (inHand) return;
    clearTimeout(watch);
    inHand = waiting.shift() ?? null;
    if (!inHand) {
      thread?.unref();
      watch = setTimeout(() => void drop(), idleMs);
      watch.unref();
      return;
    }
    thread ??= begin();
    thread.ref();
    watch = setTimeout(() => failed(new Error(`no picture after ${stuckMs} ms`)), stuckMs);
    thread.postMessage(inHand.picture);
  };

  const draw: DrawPicture = (picture, ms) =>
    new Promise((resolve) => {
      if (isClosed || waiting.length >= MOST_WAITING) return resolve(null);
      const late = setTimeout(() => {
        const place = waiting.indexOf(asked);
        if (place >= 0) waiting.splice(place, 1);
        log.warn({ ms }, 'a picture was not drawn in time; its text goes alone');
        resolve(null);
      }, ms);
      const asked: Asked = {
        picture,
        done(drawn) {
          clearTimeout(late);
          resolve(drawn);
        },
      };
      waiting.push(asked);
      next();
    });

  return {
    draw,
    /** What is not drawn by now is not drawn any more. */
    async stop(): Promise<void> {
      [isClosed, isStopped] = [true, true];
      for (const asked of waiting.splice(0)) asked.done(null);
      inHand?.done(null);
      inHand = null;
      await drop();
    },
  };
};

const workerScript = new URL('picture-worker.ts', import.meta.url);
