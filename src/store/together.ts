type Asked<Item, Result> = {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
};

/**
 * Makes one call of many: what is asked for while `run` is on its way goes along with the next one, up to `most` at a
 * time, in order. Nobody waits longer for it than for one call that was under way. `run` answers in the order of its
 * items; when it fails, all of them fail.
 */
export const together = <Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly (Result | undefined)[]>,
  most: number,
): ((item: Item) => Promise<Result>) => {
  const waiting: Asked<Item, Result>[] = [];
  let isRunning = false;

  const go = async () => {
    isRunning = true;
    // What is asked for at the same moment goes along.
    await null;
    while (waiting.length > 0) {
      const some = waiting.splice(0, most);
      try {
        const results = await run(some.map(({ item }) => item));
        for (const [i, { resolve, reject }] of some.entries()) {
          const result = results[i];
          if (result === undefined) reject(new Error('fewer answers than questions'));
          else resolve(result);
        }
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
    isRunning = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isRunning) void go();
    });
};
