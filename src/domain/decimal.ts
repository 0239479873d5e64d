/** Measured values: whole numbers of ten-thousandths, read from what people type and written as they do. */
import { PARTS } from './specials.ts';
import { plain } from './spoken.ts';

/** Up to eleven digits before the point and four after it, in any width: 1,234.5 too. More would not stay exact. */
const DECIMAL = /^([+-]?)(\d{1,3}(?:,\d{3}){1,3}|\d{1,11})(?:\.(\d{1,4}))?(?![\d.,])\s*(.*)$/su;

/** The value that `typed` begins with, in ten-thousandths, and what follows it: its unit. Null when there is none. */
export const readDecimal = (typed: string): { readonly value: number; readonly rest: string } | null => {
  const [, sign, whole, fraction = '', rest = ''] = DECIMAL.exec(plain(typed)) ?? [];
  if (whole === undefined) return null;
  const size = Number(whole.replaceAll(',', '')) * PARTS + Number(fraction.padEnd(4, '0'));
  return { value: sign === '-' && size > 0 ? -size : size, rest };
};

/** 123000 → `12.3`, -5000 → `-0.5`. */
export const decimal = (value: number): string => {
  const size = Math.abs(value);
  const fraction = `${size % PARTS}`.padStart(4, '0').replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${Math.floor(size / PARTS)}${fraction && `.${fraction}`}`;
};
