/** Names of units and people as they are typed, kept and compared. */
import { plain } from './spoken.ts';
import { characters, visible } from './visible.ts';

/** What a typed name is kept as: one line, single spaces, nothing invisible and no control characters in it. */
export const cleanName = (typed: string): string => visible(typed).replace(/\s+/gu, ' ').trim();

export type NameFault = 'too-long' | 'no-letter';

/** Why `name`, already clean, cannot be a name of at most `most` characters; null when it can. */
export const nameFault = (name: string, most: number): NameFault | null => {
  if (characters(name) > most) return 'too-long';
  return /\p{L}/u.test(name) ? null : 'no-letter';
};

const MOST_ECHOED = 40;

/** What was typed, as an answer may repeat it: clean, and no longer than anybody needs to recognise it. */
export const echoed = (typed: string): string => {
  const clean = cleanName(typed);
  return characters(clean) > MOST_ECHOED ? `${[...clean].slice(0, MOST_ECHOED).join('')}…` : clean;
};

/** Whether two names are the same for a person: width, case and invisible characters do not count. */
export const sameName = (a: string, b: string): boolean => nameKey(a) === nameKey(b);

/** One spelling of a name, for comparing. */
export const nameKey = (name: string): string => plain(cleanName(name)).replace(/\s+/gu, ' ');
