import type { Temporal } from 'temporal-polyfill';
import type { Calendar } from './domain/calendar.ts';
import type { Unit } from './domain/organisation.ts';
import type { Settings } from './domain/settings.ts';
import type { Translate } from './i18n.ts';
import type { Chat, Reply } from './message.ts';
import type { BoardLinks, BoardStore, BurdenStore, Delivery, Directory, ListStore, ReportStore } from './ports.ts';

/** What a job knows of a unit when it says which slots fall due. */
export type UnitPlan = { readonly unit: Unit; readonly settings: Settings; readonly calendar: Calendar };

export type JobContext = UnitPlan & {
  readonly at: Temporal.PlainDateTime;
  /** The same moment, in the organisation's time zone. */
  readonly now: Temporal.ZonedDateTime;
  /** The slot was missed and is caught up now. */
  readonly late: boolean;
  readonly reports: ReportStore;
  readonly directory: Directory;
  readonly boards: BoardStore;
  readonly lists: ListStore;
  readonly burden: BurdenStore;
  readonly links: BoardLinks;
  readonly t: Translate;
};

/** A unit at the moment at which one of its posts comes late. */
export type UnitNow = UnitPlan & Pick<JobContext, 'now' | 'directory' | 'reports'>;

export type Made = {
  readonly chat: Chat;
  readonly reply: Reply;
  /** Of no use from this local time on, where that is earlier than the job's own expiry. */
  readonly until?: Temporal.PlainDateTime;
  /** Its reader works on this day although it is one off: only the hours of the clock are quiet then. */
  readonly onDuty?: true;
};

export type Job = {
  readonly name: string;
  /** How late a missed slot may still run; after that it is recorded as skipped. */
  readonly catchUpMinutes: number;
  /** What happens when the outcome of a post is unknown: once more, or never again. */
  readonly delivery: Delivery;
  /** A post that could not go out for so long is closed: nobody needs yesterday's reminder. */
  readonly expiresMinutes: number;
  /** The minutes after `from` up to and including `to`. Pure: missed ones are found again by asking again. */
  due(plan: UnitPlan, from: Temporal.PlainDateTime, to: Temporal.PlainDateTime): readonly Temporal.PlainDateTime[];
  /** Slots of one unit at different minutes are for different people: each that was missed is caught up. */
  readonly catchUpEach?: true;
  /** What is to be posted. Running a slot again posts nothing twice: a post's id is job + slot + chat. */
  run(context: JobContext): Promise<readonly Made[]>;
  /** `run` changes nothing, so that what it would post can be looked at before. */
  readonly readsOnly?: true;
  /** `procedure`: a step with a date of its own, which no budget holds back. */
  readonly priority?: 'procedure';
  /**
   * What is to be recorded once the posts are kept to be sent, and not before: after a crash in between they are made
   * again under the same ids.
   */
  kept?(context: JobContext): Promise<void>;
  /** Asked when a post could not go out at once: whether what it asks for in `chat` has been done meanwhile. */
  isMoot?(chat: Chat, context: UnitNow): Promise<boolean>;
};
