/** Quicker work needs no bar. */
const AFTER_MS = 2_000;
/** Faster than this nobody reads. */
const EVERY_MS = 200;
const WIDTH = 30;

type Screen = { readonly isTTY?: boolean; write(text: string): unknown };

/** A line that tells how far the work is: on a terminal alone, and only when it takes long. `now` in ms. */
export const progressOn = (screen: Screen, now: () => number) => {
  const began = now();
  let drawn = 0;
  const draw = (line: string) => screen.write(`\r\u001b[K${line}`);
  return {
    /** Each call of what it gives tells how much is done; of `total` a bar is drawn. */
    step:
      (words: (done: number) => string, total?: number) =>
      (done: number): void => {
        if (!screen.isTTY || now() - began < AFTER_MS || now() - drawn < EVERY_MS) return;
        drawn = now();
        draw(total === undefined ? words(done) : `${bar(Math.min(1, done / Math.max(1, total)))} ${words(done)}`);
      },
    /** Takes the line away. */
    clear(): void {
      if (drawn > 0) draw('');
    },
  };
};

const bar = (part: number): string => {
  const full = Math.round(part * WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
};
