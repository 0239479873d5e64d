/** What was made lately, by name; the oldest is forgotten first. */
export const recent = <Value>(most: number) => {
  const kept = new Map<string, Value>();
  return {
    get: (name: string): Value | undefined => kept.get(name),
    forget: (name: string): boolean => kept.delete(name),
    keep(name: string, value: Value): void {
      kept.delete(name);
      kept.set(name, value);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) return;
        kept.delete(oldest);
      }
    },
  };
};
