/** A roster on its way: read from its file, planned against the organisation, and entered. */
import { createHash } from 'node:crypto';
import type { Day } from '../domain/calendar.ts';
import type { Unit, UnitId } from '../domain/organisation.ts';
import { type FaultTally, faultTally } from '../domain/roster-faults.ts';
import { type PersonChange, planner } from '../domain/roster-plan.ts';
import { type HeadingRule, type RosterRow, rosterReader } from '../domain/roster-rows.ts';
import { type Placement, pathKey, placeUnits } from '../domain/roster-units.ts';
import { UserError } from '../errors.ts';
import { type MemberId, type PlatformName, platformNames } from '../message.ts';
import type { Cause, Directory, ReadTable, ReportStore, RosterStore } from '../ports.ts';
import { takeAlong } from './take-along.ts';

/** Rows that are kept, planned and entered together: one log entry of some 100 KB. */
const ROWS_AT_ONCE = 500;
/** So many of a kind are shown by name. */
const MOST_SHOWN = 8;

type Stores = { readonly directory: Directory; readonly rosters: RosterStore };
/** Told now and then how many rows are done. */
type Progress = (rows: number) => void;

/** Keeps a file's rows under `upload`, and tells what is wrong with the others. Throws UserError for the whole file. */
export const keepFile = async (
  file: { open(): ReadableStream },
  upload: string,
  platform: PlatformName,
  { rosters, readTable }: { readonly rosters: RosterStore; readonly readTable: ReadTable },
  progress: Progress = () => {},
): Promise<FaultTally> => {
  const reader = rosterReader(platform, platformNames);
  const tally = faultTally();
  const refuse = (refusal: { readonly refused: HeadingRule; readonly values: object } | null) => {
    if (refusal) throw new UserError(`import.${refusal.refused}`, { ...refusal.values });
  };
  let waiting: RosterRow[] = [];
  let [part, read] = [0, 0];
  const keep = async () => {
    await rosters.keep(upload, part, waiting);
    waiting = [];
    part += 1;
  };
  for await (const table of readTable(file.open())) {
    const { rows, faults, refusal } = reader.read(table);
    refuse(refusal);
    for (const fault of faults) tally.add(fault);
    for (const row of rows) {
      waiting.push(row);
      if (waiting.length === ROWS_AT_ONCE) await keep();
    }
    read += table.length;
    progress(read);
  }
  refuse(reader.end());
  if (waiting.length > 0) await keep();
  return tally.all();
};

/** How many there are of each. `rows`: in the file, the faulty ones too. */
export type Outline = {
  readonly rows: number;
  readonly units: number;
  readonly hung: number;
  readonly people: number;
  readonly joined: number;
  readonly moved: number;
  readonly renamed: number;
  readonly given: number;
};

export type RosterPlan = {
  readonly upload: string;
  readonly outline: Outline;
  readonly faults: FaultTally;
  /** Of the changes: the same plan has the same one. */
  readonly digest: string;
  /** The parts that change somebody. */
  readonly parts: readonly number[];
  readonly placement: Placement;
  /** The first of each kind. */
  readonly shown: Readonly<Record<'moved' | 'renamed' | 'given', readonly PersonChange[]>>;
  /** Members of units whom the roster does not name. */
  readonly absent: number;
};

type Survey = { readonly paths: ReadonlyMap<string, readonly string[]>; readonly repeated: ReadonlySet<string> };

const surveyOf = async (
  upload: string,
  rosters: RosterStore,
): Promise<Survey & { readonly ids: ReadonlySet<string> }> => {
  const paths = new Map<string, readonly string[]>();
  const [ids, repeated] = [new Set<string>(), new Set<string>()];
  for await (const rows of rosters.parts(upload))
    for (const { id } of rows) {
      if (ids.has(id)) repeated.add(id);
      ids.add(id);
    }
  // Whoever is left out brings no unit along.
  for await (const rows of rosters.parts(upload))
    for (const { id, path } of rows) if (!repeated.has(id)) paths.set(pathKey(path), path);
  return { paths, repeated, ids };
};

/** What the rows of `upload` would change now. */
export const planOf = async (
  upload: string,
  inFile: FaultTally,
  today: Day,
  { directory, rosters }: Stores,
  progress: Progress = () => {},
): Promise<RosterPlan> => {
  const { paths, repeated, ids } = await surveyOf(upload, rosters);
  const [units, officers] = [await directory.units(), await directory.officers()];
  const placement = placeUnits(units, paths.values());
  const plan = planner({ officers, placement, repeated, today });
  const tally = faultTally();
  const digest = createHash('sha256');
  const count = { rows: 0, people: 0, joined: 0, moved: 0, renamed: 0, given: 0 };
  const shown = { moved: [] as PersonChange[], renamed: [] as PersonChange[], given: [] as PersonChange[] };
  const parts: number[] = [];
  const used = new Set<UnitId>();
  let part = 0;
  for await (const rows of rosters.parts(upload)) {
    const known = await directory.known(rows.map(({ id }) => id));
    const { changes, faults } = plan(rows, (id) => known.get(id) ?? null);
    for (const fault of faults) tally.add(fault);
    if (changes.length > 0) parts.push(part);
    for (const change of changes) {
      const { after, isNew, joins, from, isRenamed, given } = change;
      digest.update(JSON.stringify([after.id, after.name, after.unit, after.roles, from]));
      if (after.unit !== null) used.add(after.unit);
      if (isNew) count.people += 1;
      else if (joins && from === null) count.joined += 1;
      if (from !== null) count.moved += 1;
      if (isRenamed) count.renamed += 1;
      count.given += given.length;
      if (from !== null && shown.moved.length < MOST_SHOWN) shown.moved.push(change);
      if (isRenamed && shown.renamed.length < MOST_SHOWN) shown.renamed.push(change);
      if (given.length > 0 && shown.given.length < MOST_SHOWN) shown.given.push(change);
    }
    part += 1;
    count.rows += rows.length;
    progress(count.rows);
  }
  const { made, hung } = placement;
  digest.update(JSON.stringify([...made, ...hung].map(({ id, name, parent }) => [id, name, parent])));
  return {
    upload,
    outline: { ...count, rows: count.rows + rowsIn(inFile), units: made.length, hung: hung.length },
    faults: [...inFile, ...tally.all()],
    digest: digest.digest('base64url'),
    parts,
    placement,
    shown,
    absent: await absentFrom(ids, directory),
  };
};

export const changesNothing = ({ outline: { rows: _, ...changes } }: RosterPlan): boolean =>
  Object.values(changes).every((count) => count === 0);

const rowsIn = (faults: FaultTally): number => faults.reduce((sum, { count }) => sum + count, 0);

const absentFrom = async (ids: ReadonlySet<string>, directory: Directory): Promise<number> => {
  const absent = new Set<string>();
  for await (const some of directory.people())
    for (const { id, unit } of some) if (unit !== null && !ids.has(id)) absent.add(id);
  return absent.size;
};

/** What is remembered of a confirmation. */
export type ImportFacts = { readonly upload: string; readonly parts: readonly number[]; readonly outline: Outline };
type Entering = Stores & { readonly reports: ReportStore; readonly today: Day };

/**
 * Enters what was confirmed: first the units, then the people part by part, each part once. Cut off in the middle, the
 * same message goes on where it stopped. `plan` is null where nothing waits to be confirmed: then only a message that
 * was seen before is answered, others get `otherwise`.
 */
export const enter = async (
  plan: RosterPlan | null,
  otherwise: UserError,
  cause: Cause,
  entering: Entering,
  progress: Progress = () => {},
): Promise<ImportFacts> => {
  const { directory, rosters } = entering;
  const facts = await directory.change<ImportFacts>(
    'import',
    [],
    ({ units }) => {
      if (!plan) throw otherwise;
      const { upload, parts, outline } = plan;
      return { units: unitsToWrite(units, plan.placement), facts: { upload, parts, outline } };
    },
    cause,
  );
  const { paths, repeated } = await surveyOf(facts.upload, rosters);
  const place = placingOnce(paths);
  const wanted = new Set(facts.parts);
  let [part, done] = [0, 0];
  for await (const rows of rosters.parts(facts.upload)) {
    const message = `${cause.message}\nimport ${part}`;
    if (wanted.has(part)) await enterPart(rows, { place, repeated }, { ...cause, message }, entering);
    part += 1;
    done += rows.length;
    progress(done);
  }
  return facts;
};

/** Nobody made a unit of the same number meanwhile: otherwise what is made gets the next one. */
const unitsToWrite = (now: readonly Unit[], { made, hung }: Placement): readonly Unit[] => {
  const taken = new Set(now.map(({ id }) => id));
  return made.some(({ id }) => taken.has(id)) ? [] : [...made, ...hung];
};

/** Thousands of units are placed once, not once for each part. */
const placingOnce = (paths: Survey['paths']) => {
  let last: { readonly units: readonly Unit[]; readonly placement: Placement } | null = null;
  return (units: readonly Unit[]): Placement => {
    if (last?.units !== units) last = { units, placement: placeUnits(units, paths.values()) };
    return last.placement;
  };
};

type Move = { readonly id: MemberId; readonly from: UnitId; readonly to: UnitId };

const enterPart = async (
  rows: readonly RosterRow[],
  {
    place,
    repeated,
  }: { readonly place: (units: readonly Unit[]) => Placement; readonly repeated: ReadonlySet<string> },
  cause: Cause,
  { directory, reports, today }: Entering,
): Promise<void> => {
  const moves = await directory.change<readonly Move[]>(
    'import',
    rows.map(({ id }) => id),
    ({ units, officers, member }) => {
      const placement = place(units);
      const { changes } = planner({ officers, placement, repeated, today })(rows, member);
      return {
        units: [...placement.made, ...placement.hung],
        members: changes.map(({ after }) => after),
        facts: changes.flatMap(({ after, from }) =>
          from === null || after.unit === null ? [] : [{ id: after.id, from, to: after.unit }],
        ),
      };
    },
    cause,
  );
  for (const { id, from, to } of moves) {
    const told = { ...cause, message: `${cause.message}\n${id}` };
    const moving = { reports, directory, cause: told, today };
    await takeAlong({ unit: from, member: id }, { unit: to, member: id }, moving, null);
  }
};
