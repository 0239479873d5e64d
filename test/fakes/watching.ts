/** Wakes those who wait for something to be there. */
export const watching = () => {
  let listeners: (() => void)[] = [];
  return {
    changed() {
      const waiting = listeners;
      listeners = [];
      for (const check of waiting) check();
    },
    /** Resolves with what `look` finds as soon as it finds something. */
    seen: <Found>(look: () => Found | undefined | null | false, withinMs = 10_000): Promise<Found> =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`not seen within ${withinMs} ms: ${look}`)), withinMs);
        const check = () => {
          const found = look();
          if (found === undefined || found === null || found === false) return void listeners.push(check);
          clearTimeout(timer);
          resolve(found);
        };
        check();
      }),
  };
};
export type Watching = ReturnType<typeof watching>;
