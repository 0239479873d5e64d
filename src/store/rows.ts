/** How records are packed into fields, and read back: written by this version or an older one, so they are checked. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Day, epochDay, fromEpochDay } from '../domain/calendar.ts';
import { type LeaveRequest, requestStates } from '../domain/leave-request.ts';
import type { Leave } from '../domain/leaving.ts';
import type { ClosedItem, DayRecord, Filed, OpenItem } from '../domain/report.ts';

const kinds = { o: 'open', w: 'waiting', h: 'help' } as const;
const Letter = z.enum(['o', 'w', 'h']);

const DayRow = z.tuple([z.int(), z.union([z.literal(0), z.literal(1)]), z.array(z.tuple([z.int(), z.string()]))]);
type DayRow = z.infer<typeof DayRow>;

/** As `DayRow` checks it: a month of a city is a million of these. */
const isDayRow = (row: unknown): row is DayRow => {
  if (!Array.isArray(row) || row.length !== 3 || !Number.isInteger(row[0]) || !Array.isArray(row[2])) return false;
  return (row[1] === 0 || row[1] === 1) && row[2].every(isDayEntry);
};
const isDayEntry = (entry: unknown): boolean =>
  Array.isArray(entry) && entry.length === 2 && Number.isInteger(entry[0]) && typeof entry[1] === 'string';

export const readDay = (json: string): DayRecord => {
  const row: unknown = JSON.parse(json);
  const [seconds, onTime, entries] = isDayRow(row) ? row : DayRow.parse(row);
  return {
    at: seconds * 1000,
    onTime: onTime === 1,
    entries: entries.map(([entry, letters]) => ({ entry, letters })),
  };
};

const Open = [z.int(), z.int(), z.int(), z.int(), Letter, z.string()] as const;
const OpenRow = z.union([z.tuple(Open), z.tuple([...Open, z.int()])]);
const ClosedRow = z.tuple([z.int(), z.int(), z.int(), z.int(), Letter, z.string(), z.int(), z.int()]);
export type OpenRow = z.infer<typeof OpenRow>;
export type ClosedRow = z.infer<typeof ClosedRow>;

/** Absent is an empty list. */
export const openRows = (json: string | null | undefined): OpenRow[] =>
  json == null ? [] : z.array(OpenRow).parse(JSON.parse(json));
export const closedRows = (json: string | null | undefined): ClosedRow[] =>
  json == null ? [] : z.array(ClosedRow).parse(JSON.parse(json));

export const openItem = ([number, day, entry, index, letter, text, answered]: OpenRow): OpenItem => ({
  number,
  day: fromEpochDay(day),
  entry,
  index,
  kind: kinds[letter],
  text,
  ...(answered === undefined ? {} : { answered: fromEpochDay(answered) }),
});

export const closedItem = ([number, day, entry, index, letter, text, closedOn, closedBy]: ClosedRow): ClosedItem => ({
  ...openItem([number, day, entry, index, letter, text]),
  closedOn: fromEpochDay(closedOn),
  closedBy,
});

const LeaveRow = z.union([
  z.tuple([z.int(), z.int(), z.string()]),
  z.tuple([z.int(), z.int(), z.string(), z.enum(['a', 'p'])]),
]);
export type LeaveRow = z.infer<typeof LeaveRow>;

export const leaveRows = (json: string | null | undefined): LeaveRow[] =>
  json == null ? [] : z.array(LeaveRow).parse(JSON.parse(json));
export const leave = ([from, to, reason, half]: LeaveRow): Leave => ({
  from: fromEpochDay(from),
  to: fromEpochDay(to),
  reason,
  part: half === undefined ? null : half === 'a' ? 'morning' : 'afternoon',
});
export const leaveRow = ({ from, to, reason, part }: Leave): LeaveRow =>
  part === null
    ? [epochDay(from), epochDay(to), reason]
    : [epochDay(from), epochDay(to), reason, part === 'morning' ? 'a' : 'p'];

const RequestRow = z.tuple([z.int(), LeaveRow, z.enum(requestStates), z.string(), z.string()]);

export const requests = (json: string | null | undefined): LeaveRequest[] =>
  json == null
    ? []
    : z
        .array(RequestRow)
        .parse(JSON.parse(json))
        .map(([number, row, state, why, settledBy]) => ({ number, ...leave(row), state, why, settledBy }));
export const requestRow = ({ number, state, why, settledBy, ...span }: LeaveRequest) => [
  number,
  leaveRow(span),
  state,
  why,
  settledBy,
];

export const dutyOf = (days: ReadonlySet<string>): number[] =>
  [...days].sort().map((day) => epochDay(Temporal.PlainDate.from(day)));
export const dutyDays = (json: string): ReadonlySet<string> =>
  new Set(
    z
      .array(z.int())
      .parse(JSON.parse(json))
      .map((day) => fromEpochDay(day).toString()),
  );

const WeekRow = z.tuple([z.int(), z.union([z.literal(0), z.literal(1)])]);

/** [entry, on time] of a confirmed weekly report. */
export const readWeek = (json: string): { readonly entry: number; readonly onTime: boolean } => {
  const [entry, onTime] = WeekRow.parse(JSON.parse(json));
  return { entry, onTime: onTime === 1 };
};

/**
 * What the report scripts answer; see file-report.lua. Read by hand: zod takes three times as long, for every report.
 */
const FACTS = /^\[(\d+),(\d+),([01]),"([a-z-]*)","([a-z-]*)",(\d+),([01]),(\d+),(\[.*\])\]$/s;
const CarriedRows = z.array(z.tuple([z.int(), z.int(), z.string()]));

/** `sent`: the day of the report that was sent, which is almost always the day of the facts. */
export const readFacts = (json: string, sent: Day): Filed => {
  const read = FACTS.exec(json);
  if (!read) throw new TypeError('a report script answered no facts');
  const [, entry, day, onTime, letters = '', before = '', open, first, carried, rows = ''] = read;
  const all = before + letters;
  return {
    entry: Number(entry),
    day: Number(day) === epochDay(sent) ? sent : fromEpochDay(Number(day)),
    onTime: onTime === '1',
    letters,
    done: countOf(all, 'd') + countOf(all, 'x'),
    open: Number(open),
    plan: countOf(all, 'p'),
    first: first === '1',
    carried: Number(carried),
    carriedItems:
      rows === '[]'
        ? []
        : CarriedRows.parse(JSON.parse(rows)).map(([number, on, text]) => ({ number, day: fromEpochDay(on), text })),
  };
};

const countOf = (letters: string, wanted: string): number => {
  let count = 0;
  for (const letter of letters) if (letter === wanted) count += 1;
  return count;
};

/** The words of one report entry, as `file` packed them: [letters, texts]. */
export const Words = z.tuple([z.string(), z.array(z.string())]);
