/** How records are packed into fields, and read back: written by this version or an older one, so they are checked. */
import { z } from 'zod';
import { fromEpochDay } from '../domain/calendar.ts';
import type { ClosedItem, DayRecord, Filed, OpenItem } from '../domain/report.ts';
import type { Leave } from '../ports.ts';

const kinds = { o: 'open', w: 'waiting', h: 'help' } as const;
const Letter = z.enum(['o', 'w', 'h']);

const DayRow = z.tuple([z.int(), z.union([z.literal(0), z.literal(1)]), z.array(z.tuple([z.int(), z.string()]))]);

export const readDay = (json: string): DayRecord => {
  const [seconds, onTime, entries] = DayRow.parse(JSON.parse(json));
  return {
    at: seconds * 1000,
    onTime: onTime === 1,
    entries: entries.map(([entry, letters]) => ({ entry, letters })),
  };
};

const OpenRow = z.tuple([z.int(), z.int(), z.int(), z.int(), Letter, z.string()]);
const ClosedRow = z.tuple([z.int(), z.int(), z.int(), z.int(), Letter, z.string(), z.int(), z.int()]);
export type OpenRow = z.infer<typeof OpenRow>;
export type ClosedRow = z.infer<typeof ClosedRow>;

/** Absent is an empty list. */
export const openRows = (json: string | null | undefined): OpenRow[] =>
  json == null ? [] : z.array(OpenRow).parse(JSON.parse(json));
export const closedRows = (json: string | null | undefined): ClosedRow[] =>
  json == null ? [] : z.array(ClosedRow).parse(JSON.parse(json));

export const openItem = ([number, day, entry, index, letter, text]: OpenRow): OpenItem => ({
  number,
  day: fromEpochDay(day),
  entry,
  index,
  kind: kinds[letter],
  text,
});

export const closedItem = ([number, day, entry, index, letter, text, closedOn, closedBy]: ClosedRow): ClosedItem => ({
  ...openItem([number, day, entry, index, letter, text]),
  closedOn: fromEpochDay(closedOn),
  closedBy,
});

const LeaveRow = z.tuple([z.int(), z.int(), z.string()]);
export type LeaveRow = z.infer<typeof LeaveRow>;

export const leaveRows = (json: string | null | undefined): LeaveRow[] =>
  json == null ? [] : z.array(LeaveRow).parse(JSON.parse(json));
export const leave = ([from, to, reason]: LeaveRow): Leave => ({
  from: fromEpochDay(from),
  to: fromEpochDay(to),
  reason,
});

const WeekRow = z.tuple([z.int(), z.union([z.literal(0), z.literal(1)])]);

/** [entry, on time] of a confirmed weekly report. */
export const readWeek = (json: string): { readonly entry: number; readonly onTime: boolean } => {
  const [entry, onTime] = WeekRow.parse(JSON.parse(json));
  return { entry, onTime: onTime === 1 };
};

/** What the report scripts answer; see file-report.lua. */
const Facts = z.tuple([
  z.int(),
  z.int(),
  z.union([z.literal(0), z.literal(1)]),
  z.string(),
  z.int(),
  z.int(),
  z.int(),
  z.union([z.literal(0), z.literal(1)]),
  z.int(),
  z.array(z.tuple([z.int(), z.int(), z.string()])),
]);

export const readFacts = (json: string): Filed => {
  const [entry, day, onTime, letters, done, open, plan, first, carried, rows] = Facts.parse(JSON.parse(json));
  return {
    entry,
    day: fromEpochDay(day),
    onTime: onTime === 1,
    letters,
    done,
    open,
    plan,
    first: first === 1,
    carried,
    carriedItems: rows.map(([number, day, text]) => ({ number, day: fromEpochDay(day), text })),
  };
};

/** The words of one report entry, as `file` packed them: [letters, texts]. */
export const Words = z.tuple([z.string(), z.array(z.string())]);
