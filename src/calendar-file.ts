import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CalendarOverrides } from './domain/calendar.ts';
import { UserError } from './errors.ts';

/** What the operator puts into the data directory when a new year's notice is out, or a place has days of its own. */
const CALENDAR_FILE = 'calendar.json';

/** Its shape. Few have such a file, and a start waits for what reads it. */
const overrides = async () => {
  const { z } = await import('zod');
  const days = z.array(z.iso.date());
  return z
    .strictObject({
      /** Days off on which people would have worked. */
      off: days,
      /** Saturdays and Sundays that are worked (调休). */
      worked: days,
      /** Years whose arrangement stands here completely. */
      years: z.array(z.int().min(2000).max(2100)),
    })
    .partial();
};

/** The overrides in `dir`; none when there is no such file. Throws UserError that says what is wrong with the file. */
export const readCalendarFile = async (dir: string): Promise<CalendarOverrides> => {
  const path = join(dir, CALENDAR_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    // Where there is no directory yet, or none can be, the store says so.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return {};
    throw error;
  }
  const read = (await overrides()).safeParse(jsonIn(text));
  if (read.success) return Object.fromEntries(Object.entries(read.data).filter(([, days]) => days !== undefined));
  const [issue] = read.error.issues;
  throw new UserError('calendar.unreadable', { path, place: issue?.path.join('.') || 'none' });
};

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
