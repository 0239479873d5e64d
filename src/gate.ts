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
