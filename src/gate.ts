import { setImmediate as others } from 'node:timers/promises';

/** Lets at most `most` pieces of work through at a time, the others after them in their order. */
export const gate = (most: number) => {
  let free = most;
  const waiting: (() => void)[] = [];

  return async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place goes over to the next without becoming free.
      if (next) next();
      else free += 1;
    }
  };
};

/**
 * One after the other, each in a turn of the loop of its own: what comes in at the same moment and takes long to count
 * keeps nobody waiting who asks something else.
 */
export const turns = () => {
  let last: Promise<unknown> = Promise.resolve();

  return (): Promise<unknown> => {
    last = last.then(() => others());
    return last;
  };
};
