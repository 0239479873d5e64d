/**
 * Milliseconds that may have passed, whichever clock moved more: the one of the process stands still while a machine
 * sleeps, and the one on the wall can be set back. Who relies on it stops too early rather than too late.
 */
export const elapsed = (steady = () => performance.now(), wall = () => Date.now()): (() => number) => {
  let passed = 0;
  let last = { steady: steady(), wall: wall() };
  return () => {
    const now = { steady: steady(), wall: wall() };
    passed += Math.max(0, now.steady - last.steady, now.wall - last.wall);
    last = now;
    return passed;
  };
};
