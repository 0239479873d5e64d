/** Times of day as people type them. */
import { narrow } from './visible.ts';

const AFTERNOON = /^(?:下午|晚上|晚|傍晚)|pm$/;
const MORNING = /^(?:上午|早上|早|凌晨|中午)|am$/;

/** `18:30`, `18：30`, `18点`, `6点半`, `下午6点15分`, `6pm` → `HH:MM`; null for what is no time of a day. */
export const readHour = (typed: string): string | null => {
  const said = narrow(typed).replace(/\s/g, '');
  const rest = said
    .replace(/(?<=^\d{1,2})(?=[ap]m$)/, ':00')
    .replace(AFTERNOON, '')
    .replace(MORNING, '');
  const [, hours, minutes, words = ''] = /^(\d{1,2})(?::([0-5]\d)|[点时](半|整|[0-5]?\d分?)?)$/.exec(rest) ?? [];
  const hour = Number(hours ?? 24) + (AFTERNOON.test(said) && Number(hours) < 12 ? 12 : 0);
  if (hour > 23) return null;
  return `${two(hour)}:${two(words === '半' ? 30 : Number(minutes ?? words.replace(/\D/g, '')))}`;
};

const two = (n: number): string => `${n}`.padStart(2, '0');

/** `18:30-08:30`, `18:30 至 08:30`; null when it is not two times. */
export const readHours = (typed: string): readonly [from: string, to: string] | null => {
  const [first, second, ...more] = narrow(typed).split(/\s*(?:-|–|—|~|～|至|到|\bto\b)+\s*/u);
  const [from, to] = [readHour(first ?? ''), readHour(second ?? '')];
  return from !== null && to !== null && more.length === 0 ? [from, to] : null;
};
