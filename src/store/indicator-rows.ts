import { z } from 'zod';
import type { Measured, Sheet, ValuePlace } from '../domain/sheet.ts';

const Item = z.object({
  id: z.int(),
  name: z.string(),
  unit: z.string(),
  better: z.enum(['more', 'less']),
  target: z.int(),
  targets: z.record(z.string(), z.int()),
  weight: z.int(),
});

const SheetRow = z.object({
  unit: z.string(),
  from: z.string(),
  base: z.int(),
  items: z.array(Item),
  approval: z.object({ approver: z.string(), basis: z.string() }).nullable(),
});

export const packSheet = ({ unit, from, base, items, approval }: Omit<Sheet, 'revision'>): string =>
  JSON.stringify({ unit, from, base, items, approval });

export const readSheet = (revision: number, row: string): Sheet => ({ revision, ...SheetRow.parse(JSON.parse(row)) });

/** value, who reported it, when (ms), entry of the organisation's log with its source */
const ValueRow = z.tuple([z.int(), z.string(), z.int(), z.int()]);
/** 1: verified, 0: returned; by whom, when (ms) */
const VerdictRow = z.tuple([z.union([z.literal(0), z.literal(1)]), z.string(), z.int()]);

/** A value as it lies in Redis, with the entry that holds its source. */
export type StoredValue = Measured & { readonly entry: number };

/** Unit ids are ours and have no spaces. A verdict has a field of its own: each is written once. */
export const valueField = ({ unit, indicator }: ValuePlace, n: number): string => `${unit} ${indicator} ${n}`;
export const verdictField = (place: ValuePlace, n: number): string => `${valueField(place, n)} !`;

export const packValue = ({ value, by, at, entry }: Pick<StoredValue, 'value' | 'by' | 'at' | 'entry'>): string =>
  JSON.stringify([value, by, at, entry]);

export const packVerdict = (isVerified: boolean, by: string, at: number): string =>
  JSON.stringify([isVerified ? 1 : 0, by, at]);

/** The values in the fields of one month, those of one place in order. */
export const readValues = (month: string, rows: ReadonlyMap<string, string>): readonly StoredValue[] =>
  [...rows]
    .flatMap(([field, row]) => {
      const [unit = '', indicator, n, mark] = field.split(' ');
      if (mark !== undefined) return [];
      const place = { unit, indicator: Number(indicator), month };
      const [value, by, at, entry] = ValueRow.parse(JSON.parse(row));
      const judged = rows.get(verdictField(place, Number(n)));
      return [{ ...place, n: Number(n), value, by, at, entry, verdict: judged ? readVerdict(judged) : null }];
    })
    .sort((a, b) => a.n - b.n);

const readVerdict = (row: string): NonNullable<Measured['verdict']> => {
  const [isVerified, by, at] = VerdictRow.parse(JSON.parse(row));
  return { isVerified: isVerified === 1, by, at };
};
