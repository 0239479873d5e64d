/** All that the house needs of the outside, on one page. src/store and src/platforms give it; main.ts hands it over. */
import type { Temporal } from 'temporal-polyfill';
import type { Day } from './domain/calendar.ts';
import type { Absences, LeaveRequest } from './domain/leave-request.ts';
import type { Leave } from './domain/leaving.ts';
import type { DayRoll } from './domain/missing.ts';
import type { Member, Unit, UnitId } from './domain/organisation.ts';
import type { ToldDay } from './domain/repeating.ts';
import type { ClosedItem, DayRecord, Filed, Item, ItemRef, OpenItem } from './domain/report.ts';
import type { FaultTally } from './domain/roster-faults.ts';
import type { RosterRow } from './domain/roster-rows.ts';
import type { MemberFigures, UnitFigures } from './domain/score.ts';
import type { Slot } from './domain/slot.ts';
import type { TableRow } from './domain/table.ts';
import type { Chat, MemberId, Message, Person, PlatformName, Reply } from './message.ts';

export type Clock = () => Temporal.Instant;

/** Takes one message in and answers it. Rejects with Unconfirmed when the store did not confirm: do not acknowledge. */
export type Receive = (message: Message) => Promise<readonly Answered[]>;
/** What is said where: a private answer to a question in a group is a second one, to the asker's direct chat. */
export type Answered = { readonly chat: Chat; readonly reply: Reply };

/** A chat platform. It proves, decodes and draws; it decides nothing. */
export type Platform = {
  readonly name: PlatformName;
  /**
   * Posts `reply`. `id` is the same for every attempt, for platforms that take an idempotency key. Throws
   * PlatformError. `source`: the post's job and slot, for places that show it.
   */
  send(chat: Chat, reply: Reply, id: string, source: Post['source']): Promise<void>;
  /** Whether messages can be received now. */
  isUp(): boolean;
  /** Stops taking messages in; resolves when the connection is closed. */
  stop(): Promise<void>;
};

/** Who sent a change, when, and under which message id: what every change of state is keyed by. */
export type Cause = { readonly message: string; readonly by: MemberId; readonly at: Temporal.Instant };

/** Somebody's place in a unit's records. */
export type Seat = { readonly unit: UnitId; readonly member: MemberId };

/** Whose words were erased: by id, since the name is one of them. */
export type Erased = { readonly id: MemberId };

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

/** An item that asks for help, by its place in its unit's log. */
export type HelpItem = ItemRef & {
  readonly unit: UnitId;
  readonly member: MemberId;
  readonly day: Day;
  /** Where it stood before its day was rewritten: it keeps number and answer. */
  readonly was?: Pick<OpenItem, 'entry' | 'index' | 'answered'> | undefined;
};

export type HelpRequest = HelpItem & {
  readonly number: number;
  readonly at: Temporal.Instant;
  /** `text` is null where it was erased. */
  readonly answer: { readonly by: MemberId; readonly at: Temporal.Instant; readonly text: string | null } | null;
};

export type HelpStore = {
  /** Gives each item its number, new ones in order; an item keeps the one it has. */
  numberHelp(items: readonly HelpItem[], cause: Cause): Promise<readonly number[]>;
  /** The numbers of items, in the order asked; null where one has none yet. */
  helpNumbers(items: readonly Pick<HelpItem, 'unit' | 'entry' | 'index'>[]): Promise<readonly (number | null)[]>;
  /** Null: there is no such number. */
  helpRequest(number: number): Promise<HelpRequest | null>;
  /** Answers a request, which ends the wait of its item. `before`: it was answered already, by whom and when. */
  answerHelp(
    number: number,
    text: string,
    today: Day,
    cause: Cause,
  ): Promise<
    | { readonly state: 'unknown' }
    | { readonly state: 'done' | 'before'; readonly by: MemberId; readonly at: Temporal.Instant }
  >;
};

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

/** Who belongs where. Reads may be up to 3 s old on another copy of the bot; own changes are seen at once. */
export type Directory = {
  /** For a second identity, the member it was merged into. */
  member(id: MemberId): Promise<Member | null>;
  unit(id: UnitId): Promise<Unit | null>;
  unitOfChat(chat: Chat): Promise<Unit | null>;
  /** In order of creation. */
  units(): Promise<readonly Unit[]>;
  /** In order of id. */
  membersOf(unit: UnitId): Promise<readonly Member[]>;
  /** Everybody who was given a role. */
  officers(): Promise<readonly Member[]>;
  /** Everybody the bot knows, in order of id. Reads them all, in batches: for rare questions only. */
  everybody(): Promise<readonly Member[]>;
  /** The members that `ids` mean now, by id; those that are known alone. For many at once: nothing is cached. */
  known(ids: readonly MemberId[]): Promise<ReadonlyMap<MemberId, Member>>;
  /** Everybody, some at a time and in no order; somebody may come twice. */
  people(): AsyncIterable<readonly Member[]>;
  /**
   * The newest changes of a unit's record that the log has under `action`, at most `most`, newest first. What lies very
   * far back is not looked for.
   */
  history(action: string, unit: UnitId, most: number): Promise<readonly UnitChange[]>;
  /**
   * Erases the words of a person, everywhere and for good; what was filed on which day stays. `whom` says which ids are
   * the person's, and is not asked again when the message comes a second time.
   */
  erase(
    whom: () => Promise<{ readonly ids: readonly MemberId[]; readonly facts: Erased }>,
    cause: Cause,
  ): Promise<Erased>;
  /**
   * Changes the organisation in one step. `decide` gets the state as it is and says what is to be, or throws UserError;
   * it may be asked again when somebody else was quicker. A repeated message gets the first answer.
   */
  change<Facts extends Json>(
    action: string,
    /** Whose records `decide` may ask for. */
    about: readonly MemberId[],
    decide: (now: Organisation) => Decision<Facts>,
    cause: Cause,
  ): Promise<Facts>;
};

/** The rows of a table, some at a time. Throws UserError saying what is wrong with the file. */
export type ReadTable = (source: ReadableStream) => AsyncIterable<readonly TableRow[]>;

/** Rosters between preview and confirmation. What is kept is gone by itself. */
export type RosterStore = {
  /** Keeps rows of `upload` as its part `part`, from 0. */
  keep(upload: string, part: number, rows: readonly RosterRow[]): Promise<void>;
  /** The parts in order; none when they are gone. */
  parts(upload: string): AsyncIterable<readonly RosterRow[]>;
  /** What `by` may confirm from now on, in place of what was proposed before. */
  propose(by: MemberId, proposal: RosterProposal): Promise<void>;
  proposed(by: MemberId): Promise<RosterProposal | null>;
  /** The proposal is settled, if it still is this upload's. */
  settle(by: MemberId, upload: string): Promise<void>;
};

export type RosterProposal = {
  readonly upload: string;
  /** Of the changes that were shown. */
  readonly digest: string;
  /** The message that they were the answer to. */
  readonly shown: string;
  /** What was wrong with rows of the file. */
  readonly faults: FaultTally;
};

export type UnitChange = {
  readonly by: MemberId;
  readonly at: Temporal.Instant;
  readonly before: Unit;
  readonly after: Unit;
};

/** What can be stored and comes back the same. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a decision about the organisation may look at; fresh, not cached. */
export type Organisation = {
  readonly units: readonly Unit[];
  readonly officers: readonly Member[];
  /** One of the members that `Directory.change` was told about; null when the bot does not know the person yet. */
  readonly member: (id: MemberId) => Member | null;
};

/**
 * What is to be written, whole records; what is not named stays as it is. `facts` is what the answer is worded from.
 */
export type Decision<Facts extends Json> = {
  readonly units?: readonly Unit[];
  readonly members?: readonly Member[];
  readonly facts: Facts;
};

/** How a post of a kind behaves when things go wrong. */
export type Delivery = 'atLeastOnce' | 'atMostOnce';

export type Post = {
  /** Posted once, however often it is enqueued. */
  readonly id: string;
  readonly chat: Chat;
  readonly reply: Reply;
  readonly delivery: Delivery;
  /** Not before; quiet hours are already in it. */
  readonly notBefore: Temporal.Instant;
  /** Closed as expired when it has not gone out by then. */
  readonly expiresAt: Temporal.Instant;
  /**
   * What made it: the playground shows it. It keeps that unit's quiet hours and counts in the day's budget of its chat.
   * Null for replies, which do neither.
   */
  readonly source: { readonly job: string; readonly slot: string; readonly unit: UnitId } | null;
  /** procedure: a step with a date of its own, such as those of the lists; counted, but not held back by the budget. */
  readonly priority?: 'procedure';
};

/** What is still to be posted. */
export type Outbox = { enqueue(posts: readonly Post[]): Promise<void> };

/**
 * Posts with the state of each, conversation by conversation. Whatever is told twice changes nothing the second time.
 */
export type PostStore = {
  /**
   * Keeps those it has not seen. One that could only go out after its expiry is closed at once; answers the ids of
   * these.
   */
  add(posts: readonly Post[]): Promise<readonly string[]>;
  /**
   * Up to `most` conversations (as `chatKey` spells them) with a post to look at; not those that wait after a failure.
   */
  due(now: Temporal.Instant, most: number): Promise<readonly string[]>;
  /** Settles what the holder had in hand, then hands out the conversation's next post, marked as being sent. */
  next(chat: string, turn: Turn): Promise<Handed>;
  /** The earliest moment after `from`, up to `to`, at which a post may go out. */
  nextDue(from: Temporal.Instant, to: Temporal.Instant): Promise<Temporal.Instant | null>;
  /** All that is not settled, and what failed for good in the last two days at least. */
  list(): Promise<readonly PostState[]>;
  /** How many posts were closed in each state, ever. */
  counts(): Promise<ReadonlyMap<string, number>>;
};

export type Turn = {
  /** One copy of the bot: a conversation is drained by one at a time. */
  readonly holder: string;
  readonly now: Temporal.Instant;
  /** The local day by which messages are counted. */
  readonly day: number;
  /** What became of the post in hand; null at the beginning. */
  readonly settled: Settled | null;
  /** A name of its own for this attempt. Null: no further post is wanted. */
  readonly attempt: string | null;
};

export type Settled = { readonly id: string; readonly attempt: string } & (
  | { readonly outcome: 'sent' }
  /** Not attempted: nobody needs it any more. */
  | { readonly outcome: 'moot' }
  | { readonly outcome: 'refused'; readonly code: string }
  /** Not done, or nobody knows: the conversation waits so long before the next attempt. */
  | { readonly outcome: 'retry' | 'unknown'; readonly code: string; readonly waitMs: number }
  /**
   * Not attempted: the post may not go out before then. It is closed when that is too late for it. `joins`: of several
   * that wait for the same moment one message is made.
   */
  | { readonly outcome: 'postponed'; readonly until: Temporal.Instant; readonly joins: boolean }
);

export type Handed = {
  /** Null: nothing is due, the conversation waits, or another copy holds it. */
  readonly post: Post | null;
  readonly attempts: number;
  /** Which message of the day it is in its chat, from 1; the same at every attempt of that day. 0: it is not counted. */
  readonly place: number;
  readonly isHeld: boolean;
  /** What was closed on the way. */
  readonly closed: readonly { readonly id: string; readonly state: 'expired' | 'unknown' }[];
};

export type PostState = {
  readonly id: string;
  readonly chat: string;
  readonly state: 'queued' | 'sending' | 'refused' | 'unknown' | 'expired';
  readonly attempts: number;
  /** The platform's last word on it, '' for none; `held-back` when quiet hours or the budget outlasted it. */
  readonly code: string;
};

/** Which slots of the jobs are settled, and who runs which. Minutes are local, as `minuteOf` counts them. */
export type SlotStore = {
  /**
   * Every slot up to `until` is settled, and those after it whose ids are in `done`. The first call ever settles all up
   * to `now`.
   */
  settled(now: number): Promise<{ readonly until: number; readonly done: ReadonlySet<string> }>;
  /**
   * For each slot a fencing token, or why there is none. A holder that asks again keeps what it has, for as long again.
   */
  lease(slots: readonly Slot[], holder: string, forMs: number): Promise<readonly (number | 'settled' | 'held')[]>;
  /**
   * Tells what came of leased slots and gives the leases back. False: the slot was settled before, or is no longer the
   * holder's.
   */
  settle(runs: readonly SlotRun[]): Promise<readonly boolean[]>;
  /** All slots up to `until` are settled. */
  settleUntil(until: number): Promise<void>;
  /** How often each came about: `job/outcome` → times. */
  counts(): Promise<ReadonlyMap<string, number>>;
};

export type SlotRun = {
  readonly slot: Slot;
  readonly token: number;
  /** failed: not settled, it will be run again. */
  readonly outcome: 'done' | 'late' | 'skipped' | 'failed';
};

/** Who may post a reply: it stands in a chat once, however often its message is delivered and to whichever copy. */
export type ReplyLeases = {
  /**
   * `go`: post it within 10 s, then call `sent`. `busy`: another delivery is posting it. `sent`: nothing is left to do.
   */
  claim(reply: string): Promise<'go' | 'busy' | 'sent'>;
  sent(reply: string): Promise<void>;
};

export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Log;
};

/** Figures of units and members over a period; see domain/score.ts for what they mean. */
export type BoardStore = {
  /** `now` decides what is still open and which hour it is; days after today are not looked at. In unit-code order. */
  units(units: readonly Unit[], from: Day, to: Day, now: Temporal.ZonedDateTime): Promise<readonly UnitFigures[]>;
  members(unit: Unit, from: Day, to: Day, now: Temporal.ZonedDateTime): Promise<readonly MemberFigures[]>;
};

/** One line of a conversation in the playground: what a person said, or the bot. */
export type Line = {
  /** Grows with every line of the whole playground. */
  readonly n: number;
  /** Of the message that it is, or answers; or of the post. */
  readonly id: string;
  /** By the playground's clock. */
  readonly at: Temporal.Instant;
  readonly chat: Chat;
  /** Null: the bot. */
  readonly from: Person | null;
  readonly said: Reply;
  readonly source: Post['source'];
};

/**
 * What was said in the playground's chats: the page shows it, and a repeated message gets its first answers from it.
 */
export type Transcript = {
  /**
   * Keeps `lines` under the id of a message or post. Told the same id again, keeps nothing and gives the first lines.
   */
  record(
    id: string,
    lines: readonly Omit<Line, 'n'>[],
  ): Promise<{ readonly fresh: boolean; readonly lines: readonly Line[] }>;
  /** What is kept under `id`; null for an id never seen, or not for two days. */
  recall(id: string): Promise<readonly Line[] | null>;
  /** The newest lines of a chat before line `before`, oldest first. */
  chat(chat: Chat, before: number | null): Promise<readonly Line[]>;
  /** What the bot posted by itself after line `after`, oldest first. */
  posts(after: number): Promise<readonly Line[]>;
  /** The last line of every chat. */
  heads(): Promise<readonly Line[]>;
  /** How far the playground's clock is ahead of the real one, in ms; null before it was ever set. */
  clockOffset(): Promise<number | null>;
  setClockOffset(offsetMs: number): Promise<void>;
  /** What the county was last filled with; `done` is false when that was cut off. */
  seeded(): Promise<Seeded | null>;
  setSeeded(seeded: Seeded): Promise<void>;
};
export type Seed = 'county' | 'empty';
export type Seeded = { readonly seed: Seed; readonly done: boolean };

/**
 * The playground as its interface and its page use it. Ids are the playground's own. Throws UserError for what people
 * can mend.
 */
export type Playground = {
  readonly zone: string;
  now(): Temporal.Instant;
  /** Whether clock and reset are closed, because a real organisation is on. */
  readonly frozen: boolean;
  /** `chat` is a group's id, or the sender's own id for the direct chat. The same `id` again gives the same lines. */
  say(said: {
    readonly chat: string;
    readonly sender: string;
    readonly text: string;
    readonly id: string | null;
    readonly files: readonly string[];
  }): Promise<readonly Line[]>;
  upload(name: string, body: ReadableStream<Uint8Array>): Promise<string>;
  download(file: string): Promise<{ readonly name: string; open(): ReadableStream } | null>;
  /** Forward only. Every slot on the way runs in order and on time; gives what was posted. */
  moveClock(to: Temporal.Instant): Promise<readonly Line[]>;
  /** Gives the code with which the first administrator claims an empty county. */
  reset(seed: Seed): Promise<string | null>;
  /** Members by unit, those without one last. */
  state(): Promise<{
    readonly units: readonly Unit[];
    readonly members: readonly Member[];
  }>;
  posts(after: number): Promise<readonly Line[]>;
  lines(chat: Chat, before: number | null): Promise<readonly Line[]>;
  heads(): Promise<readonly Line[]>;
  /** What is to happen next, in order. */
  coming(): Promise<readonly Coming[]>;
  /** The commands that a person may run, as the page suggests them while somebody types. */
  commandsOf(
    sender: string,
  ): Promise<readonly { readonly name: string; readonly aliases: readonly string[]; readonly line: string }[]>;
  /** Calls `listener` for everything that changes from now on, until the answer is called. */
  subscribe(listener: (change: PlaygroundChange) => void): () => void;
};

/** `closed`: the playground stops. */
export type PlaygroundChange =
  | { readonly kind: 'line'; readonly line: Line }
  | { readonly kind: 'clock' | 'reset' | 'closed' };

/** A minute at which jobs fall due. */
export type Coming = { readonly at: Temporal.Instant; readonly job: string; readonly units: readonly UnitId[] };

/** Text stays text, whatever it looks like: no cell is ever a formula. */
export type Cell = string | number | Day | null;

/** A sheet of a workbook, its rows made while they are written. */
export type Sheet = {
  readonly name: string;
  /** `width` in characters of the standard font. */
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  readonly rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
};
