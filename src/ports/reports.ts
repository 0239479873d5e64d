/** What people filed, and what counts of it. */

import type { Temporal } from 'temporal-polyfill';
import type { Day } from '../domain/calendar.ts';
import type { Absences, LeaveRequest } from '../domain/leave-request.ts';
import type { Leave } from '../domain/leaving.ts';
import type { DayRoll } from '../domain/missing.ts';
import type { UnitId } from '../domain/organisation.ts';
import type { ToldDay } from '../domain/repeating.ts';
import type { ClosedItem, DayRecord, Filed, Item, ItemRef, OpenItem } from '../domain/report.ts';
import type { MemberId } from '../message.ts';
import type { Cause, Json, Seat } from './changes.ts';
import type { HelpStore } from './help.ts';

export type ReportToFile = {
  readonly unit: UnitId;
  readonly day: Day;
  readonly onTime: boolean;
  readonly items: readonly Item[];
  /** Return the carried items themselves, not only their count. */
  readonly listCarried: boolean;
};

/** The Monday names the week. */
export type WeekToFile = { readonly monday: Day; readonly onTime: boolean; readonly text: string };

/** `onTime`: of the first filing; a later edit does not make a week late. */
export type WeekFiled = { readonly monday: Day; readonly onTime: boolean; readonly first: boolean };

export type ReportStore = HelpStore & {
  /**
   * Adds `items` to the member's day, in one round trip. Told the same message again, changes nothing and says the
   * same.
   */
  file(report: ReportToFile, cause: Cause): Promise<Filed>;
  /** Replaces what the member reported for the day. When it was first filed, and whether on time, stay as they were. */
  replace(report: ReportToFile, cause: Cause): Promise<Filed | { readonly refused: 'nothing-filed' }>;
  /** Closes the unfinished items with these numbers. `unknown`: numbers that are not open; nothing is closed then. */
  clear(
    unit: UnitId,
    numbers: readonly number[] | 'all',
    today: Day,
    cause: Cause,
  ): Promise<{ readonly closed: readonly OpenItem[]; readonly left: number } | { readonly unknown: readonly number[] }>;
  /** Takes the member's last action back if it was done after `since`. */
  undo(
    unit: UnitId,
    since: Temporal.Instant,
    cause: Cause,
  ): Promise<{ readonly undone: string; readonly day: Day } | { readonly refused: 'nothing' | 'too-old' }>;
  /**
   * Files a member's week; the same week again replaces it. `decide` says which and what, or throws UserError; when the
   * message comes again it is not asked, and the first answer is given.
   */
  week(unit: UnitId, decide: () => Promise<WeekToFile>, cause: Cause): Promise<WeekFiled>;
  /** Adds days of leave to the member, by the member or for him by `cause.by`. Days already on leave stay. */
  leave(unit: UnitId, member: MemberId, span: Leave, cause: Cause): Promise<{ readonly added: boolean }>;
  /**
   * Changes one member's leave, duty and requests in one step. `decide` gets them as they are and says what is to be, or
   * throws UserError; without `to` nothing changes. A repeated message gets the first answer.
   */
  absences<Facts extends Json>(
    unit: UnitId,
    member: MemberId,
    action: string,
    /** `next`: the number that a new request gets. */
    decide: (now: Absences & { readonly next: number }) => { readonly to?: Partial<Absences>; readonly facts: Facts },
    cause: Cause,
  ): Promise<Facts>;
  /** Who has asked for leave in the unit, with what became of it. */
  leaveRequests(unit: UnitId): Promise<ReadonlyMap<MemberId, readonly LeaveRequest[]>>;

  /** Keeps what a leader, `cause.by`, said to a member of the unit. */
  comment(unit: UnitId, member: MemberId, text: string, day: Day, cause: Cause): Promise<null>;
  /** What was said to a member from `from` to `to`, both inclusive, oldest first. `text` is null where it was erased. */
  comments(
    unit: UnitId,
    member: MemberId,
    from: Day,
    to: Day,
  ): Promise<readonly { readonly day: Day; readonly by: MemberId; readonly text: string | null }[]>;

  /** Moves what is still open: somebody changed units, or two identities became one. Told again, moves nothing twice. */
  carry(from: Seat, to: Seat, cause: Cause): Promise<void>;

  /** Whether `unit` has answered this message before. */
  hasSeen(unit: UnitId, cause: Cause): Promise<boolean>;
  /** What changes whenever anything does that counts for the unit: the newest entry of its log. */
  newest(unit: UnitId): Promise<string>;
  /** Everything that counts for a unit from `from` to `to`, both inclusive. */
  period(unit: UnitId, from: Day, to: Day): Promise<UnitPeriod>;
  /** What one member filed from `from` to `to`, both inclusive, in order; days without a report are left out. */
  daysOf(
    unit: UnitId,
    member: MemberId,
    from: Day,
    to: Day,
  ): Promise<readonly { readonly day: Day; readonly record: DayRecord }[]>;
  /** One member's unfinished items, oldest first. */
  open(unit: UnitId, member: MemberId): Promise<readonly OpenItem[]>;
  /**
   * The words of items, in the order asked; null where they were erased. `day` is the day of the report that named
   * them.
   */
  texts(unit: UnitId, refs: readonly (ItemRef & { readonly day: Day })[]): Promise<readonly (string | null)[]>;
  /** Who of `unit` has filed for a day, who is away and who on duty: the first look of a missing list. */
  filedOn(unit: UnitId, day: Day): Promise<DayRoll>;
  /** What each member of `unit` told of a day: when first (ms), and the words of what was done. */
  told(unit: UnitId, day: Day): Promise<ToldDay>;
  /** The text of a confirmed weekly report, or null. */
  weekText(unit: UnitId, monday: Day, member: MemberId): Promise<string | null>;
};

/** What a member who talked without a command may still say yes to, for some minutes. */
export type OfferStore = {
  /** Keeps what was offered, unless a newer offer stands. `entries`: how many the member's day has. */
  keep(offer: { readonly day: Day; readonly entries: number; readonly text: string }, cause: Cause): Promise<void>;
  /**
   * Takes the offer; the same message gets it again. Null when there is none of this day, or something was filed since.
   */
  take(now: { readonly day: Day; readonly entries: number }, cause: Cause): Promise<string | null>;
};

/** A unit's facts for a span of days: what boards, digests and missing lists are made of. */
export type UnitPeriod = {
  readonly unit: UnitId;
  readonly from: Day;
  readonly to: Day;
  /** ISO day → member → record. */
  readonly days: ReadonlyMap<string, ReadonlyMap<MemberId, DayRecord>>;
  /** Open now. */
  readonly open: ReadonlyMap<MemberId, readonly OpenItem[]>;
  /** Closed since `from`. */
  readonly closed: ReadonlyMap<MemberId, readonly ClosedItem[]>;
  readonly leave: ReadonlyMap<MemberId, readonly Leave[]>;
  /** member → ISO days on duty */
  readonly duty: ReadonlyMap<MemberId, ReadonlySet<string>>;
  /** ISO Monday → members who filed the week → whether on time. */
  readonly weeks: ReadonlyMap<string, ReadonlyMap<MemberId, boolean>>;
};
