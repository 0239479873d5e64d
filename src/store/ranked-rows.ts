import { z } from 'zod';
import type { UnitId } from '../domain/organisation.ts';
import { noFigures, type UnitFigures } from '../domain/score.ts';
import type { FrozenHead } from '../ports.ts';

/** Of the same length, so that equal scores stand in unit-code order. */
const DIGITS = 9;
export const codeOf = (unit: UnitId): string => unit.slice(1).padStart(DIGITS, '0');
export const unitOf = (code: string): UnitId => `u${Number(code)}`;

const names = Object.keys(noFigures) as readonly (keyof typeof noFigures)[];

const Special = z.object({
  id: z.int(),
  name: z.string(),
  unit: z.string(),
  weight: z.int(),
  better: z.enum(['more', 'less']),
  months: z.array(z.object({ month: z.string(), value: z.int(), target: z.int() })),
});
const Specials = z.object({ revision: z.int(), base: z.int(), items: z.array(Special) });

/** name, members, the counts in the order of `noFigures`, special indicators where there are any */
const Row = z.tuple([z.string(), z.int(), z.array(z.int()).length(names.length)], Specials);

export const packFigures = (figures: UnitFigures): string =>
  JSON.stringify([
    figures.name,
    figures.members,
    names.map((name) => figures[name]),
    ...(figures.specials ? [figures.specials] : []),
  ]);

export const readFigures = (unit: UnitId, row: string): UnitFigures => {
  const [name, members, counts, specials] = Row.parse(JSON.parse(row));
  const figures = { ...noFigures };
  for (const [i, key] of names.entries()) figures[key] = counts[i] ?? 0;
  return { unit, name, members, ...figures, ...(specials && { specials }) };
};

const Rate = z.object({ part: z.int(), whole: z.int() });
const weights = { onTimeClose: z.int(), cleared: z.int(), onTimeReport: z.int(), held: z.int(), satisfied: z.int() };
const rates = { onTimeClose: Rate, cleared: Rate, onTimeReport: Rate, held: Rate, satisfied: Rate };

const Head = z.object({
  rule: z.object({
    weights: z.object(weights),
    version: z.string(),
    smoothing: z.object({ count: z.int(), means: z.object(rates).partial() }).optional(),
    least: z.int(),
    top: z.int(),
    neighbours: z.int(),
  }),
  hash: z.string(),
  at: z.int(),
  ranked: z.int(),
  unranked: z.array(z.string()),
});

export const packHead = (head: FrozenHead): string => JSON.stringify(head);

export const readHead = (row: string): FrozenHead => {
  const { rule, ...rest } = Head.parse(JSON.parse(row));
  const { smoothing, ...bare } = rule;
  const means = Object.fromEntries(Object.entries(smoothing?.means ?? {}).filter(([, rate]) => rate !== undefined));
  return { ...rest, rule: { ...bare, ...(smoothing && { smoothing: { count: smoothing.count, means } }) } };
};
