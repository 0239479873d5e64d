import { minuteOfDay } from '../../domain/local-time.ts';

/** Dice that fall the same for the same `name` each time: a county has one past, however often it is filled in. */
export const diceOf = (name: string) => {
  let state = [...name].reduce((sum, letter) => (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) | 0, 7);

  // mulberry32
  const roll = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  /** Both inclusive. */
  const between = (from: number, to: number): number => from + Math.floor(roll() * (to - from + 1));
  const chance = (percent: number): boolean => roll() * 100 < percent;

  const filledIn = (text: string): string =>
    text.replace(/\{(\d+)-(\d+)\}/g, (_, from: string, to: string) => String(between(Number(from), Number(to))));

  /** `count` different ones of `texts`, with their numbers filled in. */
  const some = (texts: readonly string[], count: number): readonly string[] => {
    const rest = [...texts];
    return Array.from({ length: Math.min(count, rest.length) }, () =>
      filledIn(rest.splice(between(0, rest.length - 1), 1)[0] ?? ''),
    );
  };

  return {
    between,
    chance,
    some,
    pick: (words: readonly string[]): string => words[between(0, words.length - 1)] ?? '',
    /** A minute between two `HH:MM`. */
    time: (from: string, to: string): string => {
      const minute = between(minuteOfDay(from), minuteOfDay(to));
      return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    },
  };
};
export type Dice = ReturnType<typeof diceOf>;
