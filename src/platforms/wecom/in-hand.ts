/** Work that goes on when nobody waits for it any more. */
export const inHand = () => {
  const all = new Set<Promise<void>>();
  return {
    /** `work` never rejects. */
    keep(work: Promise<void>): void {
      all.add(work);
      void work.finally(() => all.delete(work));
    },
    /** Resolves when all of it is done, that which is begun meanwhile as well; at the latest after `ms`. */
    async drain(ms: number): Promise<void> {
      const late = Promise.withResolvers<'late'>();
      const timer = setTimeout(() => late.resolve('late'), ms);
      while (all.size > 0) if ((await Promise.race([Promise.all(all), late.promise])) === 'late') break;
      clearTimeout(timer);
    },
  };
};
