/** Red and black lists: what an issue is, and what of it may be published. */
import type { Day } from './calendar.ts';
import type { UnitId } from './organisation.ts';
import { narrow } from './visible.ts';

/** 红榜 and 黑榜. No list of persons exists. */
export const listKinds = ['honour', 'warning'] as const;
export type ListKind = (typeof listKinds)[number];

/** draft 拟稿 → confirmed 已确认 → appeals 申诉期 → decided 待签发 → signed 已签发 → published 已公布 → corrected 已更正. */
export const issueStates = [
  'draft',
  'confirmed',
  'appeals',
  'decided',
  'signed',
  'published',
  'corrected',
  'ended',
] as const;
export type IssueState = (typeof issueStates)[number];

/** Who drafted a scheduled issue, and whatever else the clock does: the rule. */
export const RULE = 'rule';

/** An unfinished item that was red: its place in its unit's log, and for how many workdays it had been red. */
export type RedItem = { readonly entry: number; readonly index: number; readonly redDays: number };

/** How many a list has at most, and from which score on (in points). */
export type ListCuts = { readonly honourMost: number; readonly honourLeast: number; readonly warningMost: number };

/** How many units fulfilled what each list asks for: of those tied at the cut none may be on it. */
export type Candidates = Readonly<Record<ListKind, number>>;

/** A unit on a draft, with the facts that put it there. */
export type ListRow = {
  readonly kind: ListKind;
  readonly unit: UnitId;
  /** As it was called then. */
  readonly name: string;
  /** In tenths of a point; null without a place on the board of the period. */
  readonly score: number | null;
  readonly rank: number | null;
  /** Open and red when the draft was made. */
  readonly reds: readonly RedItem[];
};

/**
 * listed: it will be published. All else is left out: struck by the reviewer, frozen while an appeal waits, upheld or
 * lapsed by it, untold (nobody of the unit could be told first), repaired.
 */
export type Standing = 'listed' | 'struck' | 'frozen' | 'upheld' | 'lapsed' | 'untold' | 'repaired';

export type Appeal = {
  readonly number: number;
  readonly unit: UnitId;
  readonly by: string;
  /** lapsed: nobody decided in time, so the row stays out. */
  readonly outcome: 'open' | 'upheld' | 'rejected' | 'lapsed';
  readonly decidedBy: string | null;
  /** The step that holds its words. */
  readonly step: number;
};

/** What was published: it stays as it is. */
export type Published = {
  /** The slot at which it was, a local minute. */
  readonly slot: string;
  readonly on: string;
  readonly rows: readonly ListRow[];
  /** Whether the group was told which units the warning list names. */
  readonly isNamed: boolean;
  /** The chats in which it stands, as `chatKey` spells them. */
  readonly chats: readonly string[];
};

/** An error of fact, put right in the same place. `unit`: whose row it takes off; null: none. */
export type Correction = {
  readonly on: string;
  readonly by: string;
  readonly unit: UnitId | null;
  /** Which step holds its words. */
  readonly step: number;
};

/** A listed unit says that what was published of it is not so. */
export type Raised = {
  readonly unit: UnitId;
  readonly by: string;
  readonly outcome: 'open' | 'corrected' | 'kept';
  /** Which step holds its words. */
  readonly step: number;
};

/** Local minutes, `2026-10-12T18:00`; they compare as they come. */
export type ListDates = { readonly fileBy: string; readonly decideBy: string; readonly publishOn: string };

export type Issue = {
  readonly number: number;
  /** Both inclusive. */
  readonly period: { readonly from: Day; readonly to: Day };
  readonly state: IssueState;
  readonly draftedBy: string;
  readonly draftedOn: string;
  /** Of the scores, as the board says it. */
  readonly ruleVersion: string;
  readonly cuts: ListCuts;
  readonly candidates: Candidates;
  /** SHA-256 of the inputs. */
  readonly hash: string;
  readonly rows: readonly ListRow[];
  /** By unit; whoever is not in it is listed. */
  readonly standings: Readonly<Record<UnitId, Standing>>;
  /** The step at which the reviewer took a row off, by unit: it holds the reason. */
  readonly struckAt: Readonly<Record<UnitId, number>>;
  /** Everybody who struck, restored, confirmed, signed or withdrew. */
  readonly reviewers: readonly string[];
  readonly confirmedBy: string | null;
  /** When those listed are told; from the confirmation on. */
  readonly noticeOn: string | null;
  /** From the notice on. */
  readonly dates: ListDates | null;
  readonly appeals: readonly Appeal[];
  readonly signedBy: string | null;
  readonly signedOn: string | null;
  readonly isReminded: boolean;
  readonly published: Published | null;
  /** yes: its posts were kept to be sent. unsure: nobody knows, and the reviewers were told so. */
  readonly posted: 'yes' | 'unsure' | null;
  readonly corrections: readonly Correction[];
  readonly raised: readonly Raised[];
  readonly history: readonly Step[];
};

/** One entry of the log. `by` is a member or `RULE`; `step` counts from 1. */
export type Step = { readonly step: number; readonly type: string; readonly by: string; readonly on: string };

export const standingOf = ({ standings }: Pick<Issue, 'standings'>, unit: UnitId): Standing =>
  standings[unit] ?? 'listed';

export const rowsOf = (rows: readonly ListRow[], kind: ListKind): readonly ListRow[] =>
  rows.filter((row) => row.kind === kind);

/** The rows that would be published now. */
export const publishable = (issue: Pick<Issue, 'rows' | 'standings'>): readonly ListRow[] =>
  issue.rows.filter(({ unit }) => standingOf(issue, unit) === 'listed');

/** What of the published rows still holds: what a correction took off is off. */
export const holding = ({ published, corrections }: Issue): readonly ListRow[] =>
  (published?.rows ?? []).filter(({ unit }) => corrections.every((one) => one.unit !== unit));

/** `L-03`, `A-02`: as people read and type them. */
export const issueLabel = (number: number): string => `L-${String(number).padStart(2, '0')}`;
export const appealLabel = (number: number): string => `A-${String(number).padStart(2, '0')}`;

/** The number in `L-03` that `typed` begins with, in any width and case, with or without the stroke; and the rest. */
export const readNumbered = (
  letter: 'l' | 'a',
  typed: string,
): { readonly number: number; readonly rest: string } | null => {
  const text = typed.trim();
  const read = /^([la])\s*[-—–－]?\s*(\d{1,8})(?![\d.])[\s,:，：、]*/isu.exec(narrow(text));
  return read && read[1] === letter ? { number: Number(read[2]), rest: text.slice(read[0].length).trim() } : null;
};

/** The workdays for which the items of a row had been red, all together. */
export const redDaysOf = ({ reds }: Pick<ListRow, 'reds'>): number =>
  reds.reduce((sum, { redDays }) => sum + redDays, 0);
