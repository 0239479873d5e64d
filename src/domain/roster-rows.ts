/** Reads a roster's rows: who is meant by each, and what is wrong with the others. */
import { LONGEST_NAME } from './binding.ts';
import { LONGEST_PERSON_NAME } from './checking-in.ts';
import { cleanName, echoed, nameFault } from './names.ts';
import { readPath } from './organisation.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type Role, roleNamed } from './roles.ts';
import { type Columns, type ColumnsRule, columnsIn, type Field, isHeading } from './roster-columns.ts';
import { joiningDay } from './roster-days.ts';
import { plain } from './spoken.ts';
import { said, type TableRow } from './table.ts';

/** One person of a roster, as the file has it. */
export type RosterRow = {
  readonly row: number;
  /** `platform:userId` */
  readonly id: string;
  /** Null: the file has none, and what is known stays. */
  readonly name: string | null;
  /** The unit's name, with names of units above it before it where the file tells them. */
  readonly path: readonly string[];
  readonly roles: readonly Role[];
  /** ISO day; null: from today. */
  readonly since: string | null;
};

export const rowFaults = [
  'formula',
  'id-missing',
  'id-shortened',
  'id-unfit',
  'platform-unknown',
  'name-unfit',
  'unit-missing',
  'unit-unfit',
  'role-unknown',
  'since-unfit',
] as const;
/** `value`: what stands in the cell, as it may be repeated. */
export type RowFault<Rule extends string = (typeof rowFaults)[number]> = {
  readonly row: number;
  readonly fault: Rule;
  readonly value: string;
};

export type HeadingRule = ColumnsRule | 'no-people';
export type RosterReader = {
  /** Gives what can be told of these rows. */
  read(rows: readonly TableRow[]): {
    readonly rows: readonly RosterRow[];
    readonly faults: readonly RowFault[];
    /** The table as a whole cannot be read. */
    readonly refusal: Refusal<HeadingRule> | null;
  };
  /** What is wrong with the table as a whole, now that it has ended. */
  end(): Refusal<HeadingRule> | null;
};

/** Titles and remarks may stand above the headings. */
const HEADING_WITHIN = 20;

/** Reads a roster from its first row on. `platform`: of those whose platform the file does not tell. */
export const rosterReader = (platform: string, platforms: readonly string[]): RosterReader => {
  let columns: Columns | null = null;
  let before: TableRow | null = null;
  let looked = 0;
  let found = 0;

  const heading = (row: TableRow): Refusal<HeadingRule> | null => {
    const read = columnsIn(row, before);
    if (read && 'refused' in read) return read;
    columns = read ?? columns;
    looked += 1;
    before = row;
    return columns === null && looked >= HEADING_WITHIN ? refuse('no-heading') : null;
  };

  return {
    read(table) {
      const rows: RosterRow[] = [];
      const faults: RowFault[] = [];
      for (const row of table) {
        if (row.cells.every((cell) => cell !== null && cell.trim() === '')) continue;
        if (columns === null) {
          const refusal = heading(row);
          if (refusal) return { rows, faults, refusal };
          continue;
        }
        // Headings of two rows: the second may hold more of them.
        const more = before && found === 0 ? columnsIn(row, before) : null;
        before = null;
        if (more && !('refused' in more)) columns = more;
        if (isHeading(row, columns)) continue;
        found += 1;
        const person = personIn(row, columns, platform, platforms);
        if ('fault' in person) faults.push(person);
        else rows.push(person);
      }
      return { rows, faults, refusal: null };
    },
    end: () => (columns === null ? refuse('no-heading') : found === 0 ? refuse('no-people') : null),
  };
};

/** What the platforms are called besides their names in ids. */
const platformWords: Readonly<Record<string, string>> = {
  企业微信: 'wecom',
  企微: 'wecom',
  wework: 'wecom',
  钉钉: 'dingtalk',
  飞书: 'feishu',
  lark: 'feishu',
};

const personIn = (
  { row, cells }: TableRow,
  columns: Columns,
  platform: string,
  platforms: readonly string[],
): RosterRow | RowFault => {
  const of = (field: Field) => (columns[field] === undefined ? '' : cleanName(said(cells[columns[field]])));
  const faulty = (fault: RowFault['fault'], field: Field): RowFault => ({ row, fault, value: echoed(of(field)) });
  const unread = (Object.keys(columns) as Field[]).find((field) => cells[columns[field] ?? -1] === null);
  if (unread) return { row, fault: 'formula', value: '' };

  const word = plain(of('platform'));
  const named = word === '' ? platform : (platformWords[word] ?? word);
  if (!platforms.includes(named)) return faulty('platform-unknown', 'platform');
  const typed = of('id').normalize('NFKC');
  if (typed === '') return faulty('id-missing', 'id');
  if (/^\d(\.\d+)?e\+?\d+$/i.test(typed)) return faulty('id-shortened', 'id');
  const [, prefix, userId] = /^(?:([a-z]+):)?([A-Za-z0-9][\w.@-]{0,63})$/.exec(typed) ?? [];
  if (userId === undefined || !platforms.includes(prefix ?? named)) return faulty('id-unfit', 'id');

  // The space that makes columns even is no part of a name.
  const name = of('name').replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
  if (name !== '' && nameFault(name, LONGEST_PERSON_NAME)) return faulty('name-unfit', 'name');
  const own = readPath(of('unit'));
  if (own.length === 0) return faulty('unit-missing', 'unit');
  const above = /^[-—–/无]*$/u.test(of('parent')) ? [] : readPath(of('parent'));
  if (own.some((each) => nameFault(each, LONGEST_NAME))) return faulty('unit-unfit', 'unit');
  if (above.some((each) => nameFault(each, LONGEST_NAME))) return faulty('unit-unfit', 'parent');

  const words = of('role')
    .split(/[、,，;；/]+/u)
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const meant = words.map(roleNamed);
  if (meant.includes(null)) return faulty('role-unknown', 'role');
  const since = of('since');
  const day = since === '' ? null : joiningDay(since);
  if (since !== '' && day === null) return faulty('since-unfit', 'since');
  return {
    row,
    id: `${prefix ?? named}:${userId}`,
    name: name === '' ? null : name,
    path: [...above, ...own],
    roles: [...new Set(meant.filter((role) => role !== null && role !== 'member'))] as Role[],
    since: day?.toString() ?? null,
  };
};
