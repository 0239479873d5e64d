/** Takes a person's words out of what the log says was written. Numbers, dates, letters and ids stay. */
import { z } from 'zod';
import type { MemberId } from '../message.ts';
import type { Entry, Write } from './log.ts';
import { packMember, readMember } from './organisation-rows.ts';

type Rule = (row: string, id: string) => string | null;

const Rows = z.array(z.array(z.unknown()));
/** Rows with `words` at place `at` emptied. */
const withoutPlace =
  (at: number): Rule =>
  (row) =>
    JSON.stringify(Rows.parse(JSON.parse(row)).map((fields) => fields.map((field, i) => (i === at ? '' : field))));

const Requests = z.array(z.tuple([z.number(), z.array(z.unknown()), z.string(), z.string(), z.string()]));

const asItIs: Rule = (row) => row;
/** An item is nothing but its words. */
const gone: Rule = () => null;

const rules: readonly (readonly [projection: RegExp, rule: Rule])[] = [
  [/^open$|^closed:/, gone],
  [/^leave$/, withoutPlace(2)],
  [
    /^asked$/,
    (row) =>
      JSON.stringify(
        Requests.parse(JSON.parse(row)).map(([number, [from, to, , ...half], state, , settledBy]) => [
          number,
          [from, to, '', ...half],
          state,
          '',
          settledBy,
        ]),
      ),
  ],
  [/^members$/, (row, id) => packMember({ ...readMember(id, row), name: null })],
  [
    /^(day|week|in|comments|list|measured):|^(duty|officers|boards|sheets|units|help|help-numbers|campaigns|lists|list-basis|appeals)$/,
    asItIs,
  ],
];

/** Any other row: words are what has a space or a character beyond ASCII in it. */
const withoutWords =
  (ids: ReadonlySet<string>): Rule =>
  (row) =>
    JSON.stringify(JSON.parse(row), (_, value) =>
      typeof value === 'string' && !ids.has(value) && /[^!-~]/.test(value) ? '' : value,
    );

/** Whether a write is about one of `ids`: in its field, or named in what was or is written there. */
export const isAbout = ([, field, before, after]: Write, ids: ReadonlySet<string>): boolean =>
  ids.has(field) ||
  [before, after].some((row) => row !== null && [...ids].some((id) => row.includes(JSON.stringify(id))));

/** Whether the text beside the entry was written by one of them, or about one of them. */
export const isWordsOf = ({ who, writes }: Entry, ids: ReadonlySet<MemberId>): boolean =>
  writes.length === 0 ? ids.has(who) : writes.some((write) => isAbout(write, ids));

/** The write without the words of those whose `ids` these are; the same when there are none in it. */
export const scrubbed = (write: Write, ids: ReadonlySet<string>): Write => {
  if (!isAbout(write, ids)) return write;
  const [name, field, before, after] = write;
  const [, known] = rules.find(([projection]) => projection.test(name)) ?? [];
  if (known && !ids.has(field)) return write;
  const rule = known ?? withoutWords(ids);
  const scrub = (row: string | null) => (row === null ? null : rule(row, field));
  return [name, field, scrub(before), scrub(after)];
};
