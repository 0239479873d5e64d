/**
 * The database on one page: how each key is spelt, what it holds, how long it is kept.
 *
 * A scope is the organisation or one unit: it has a log, the texts beside it, a memory of messages, and projections,
 * which are hashes that the log can make again. All keys of a scope share a hash tag, so one script can touch them.
 */
import type { UnitId } from '../domain/organisation.ts';

export type Scope = { readonly unit: UnitId } | 'org';

export const tagOf = (scope: Scope): string => (scope === 'org' ? '{org}' : `{u:${encode(scope.unit)}}`);

/** Outside ids may hold anything; encoded they cannot leave their place in a key. */
const encode = (id: string): string =>
  encodeURIComponent(id.toWellFormed()).replace(/[*'()!~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const HOUR_SECONDS = 60 * 60;

/** Lifetimes, in seconds of real time. */
export const keepSeconds = {
  /** Three real days are looked in, so a message is remembered for at least 48 h. */
  seen: 73 * HOUR_SECONDS,
  replies: 73 * HOUR_SECONDS,
  /** Longer than an offer stands, whatever the platform's clock says. */
  offers: HOUR_SECONDS,
  /** As a message: a post is known by its id for at least 48 h after it was settled. */
  posts: 73 * HOUR_SECONDS,
  /** A text that was cut off is taken up again within two days, or never. */
  parts: 48 * HOUR_SECONDS,
  /** As a message: one that confirms may come again, and goes on with the rows. */
  rosterRows: 73 * HOUR_SECONDS,
  /** A day to look it over. */
  rosterProposal: 24 * HOUR_SECONDS,
  /** The month is reported in the first days of the next; one more to look back at. */
  sentPosts: 62 * 24 * HOUR_SECONDS,
  /** A board that is being frozen; cut off, what was built goes by itself. */
  building: 24 * HOUR_SECONDS,
  /** Longer than any window, so that the logs never outlive it. */
  limitTime: 48 * HOUR_SECONDS,
  /** Longer than a call to fetch one takes; whoever died with it holds nobody up for longer. */
  tokenLease: 15,
  playgroundLines: 73 * HOUR_SECONDS,
  playgroundChat: 90 * 24 * HOUR_SECONDS,
};

const DAY_MS = 24 * HOUR_SECONDS * 1000;

/** The real days, today's first, among which what is kept for 73 h lies. `realNow` in ms. */
export const keptDays = (realNow: number): readonly [today: number, number, number] => {
  const today = Math.floor(realNow / DAY_MS);
  return [today, today - 1, today - 2];
};

/**
 * `namespace` keeps two houses on one Redis apart (an outside Redis may hold the playground's county beside the real
 * one). Changing a spelling is a migration.
 */
export const keysIn = (namespace: string) => {
  const org = `${namespace}:${tagOf('org')}`;
  const units = new Map<UnitId, string>();
  /** A unit's keys are spelt for each message: what they share is put together once. */
  const of = (scope: Scope): string => {
    if (scope === 'org') return org;
    const known = units.get(scope.unit);
    if (known !== undefined) return known;
    const made = `${namespace}:${tagOf(scope)}`;
    units.set(scope.unit, made);
    return made;
  };
  return {
    /** stream, kept (it is the truth): one entry an action, `<n>-0` */
    log: (scope: Scope) => `${of(scope)}:log`,
    /** hash, kept until erased: entry number -> salt and text. One a bucket: the day the entry is about. */
    data: (scope: Scope, bucket: string) => `${of(scope)}:data:${bucket}`,
    /** hash, 73 h: message key -> facts of the answer. One a real day. */
    seen: (scope: Scope, realDay: number) => `${of(scope)}:seen:${realDay}`,
    /** hash, kept as long as the log it is made from. `name` is what log entries call it; see `projections`. */
    projection: (scope: Scope, name: string) => `${of(scope)}:${name}`,
    /** hash, gone when the check or the rebuild ends: a projection being made again. */
    shadow: (scope: Scope, name: string) => `${namespace}~:${tagOf(scope)}:${name}`,
    /** hash, 73 h: reply -> end of its lease (ms), or `s` once sent. One a shard (two hex digits) and real day. */
    replies: (shard: string, realDay: number) => `${namespace}:{r:${shard}}:${realDay}`,
    /** string, kept: every slot up to this local minute is settled */
    slotsUntil: () => `${namespace}:{slots}:until`,
    /** sorted set, each until `slotsUntil` passes it: settled slot -> its local minute */
    slotsDone: () => `${namespace}:{slots}:done`,
    /** string, kept: the newest fencing token */
    slotToken: () => `${namespace}:{slots}:token`,
    /** string, as long as leased: token and holder */
    slotLease: (slot: string) => `${namespace}:{slots}:lease:${encode(slot)}`,
    /** hash, kept: `job/outcome` -> times */
    slotCounts: () => `${namespace}:{slots}:counts`,

    /** sorted set, until sent: post's number and id -> not before (ms). One a conversation. */
    queue: (chat: string) => `${namespace}:{out}:queue:${encode(chat)}`,
    /** hash, until sent: post id -> its state, and the post. One a conversation. */
    posts: (chat: string) => `${namespace}:{out}:posts:${encode(chat)}`,
    /** string, as long as leased: who drains the conversation */
    chatLease: (chat: string) => `${namespace}:{out}:lease:${encode(chat)}`,
    /** sorted set, while posts are queued: conversation -> when its first post is due (ms) */
    dueChats: () => `${namespace}:{out}:due`,
    /** sorted set, while it waits: conversation -> end of the wait after a failure (ms of real time) */
    waitingChats: () => `${namespace}:{out}:waiting`,
    /** hash, 73 h: conversation -> messages that the bot has started on that local day */
    startedPosts: (localDay: number) => `${namespace}:{out}:started:${localDay}`,
    /** hash, 62 days from its newest field: conversation, or `#kind` -> messages that the bot started in that month */
    sentPosts: (month: string) => `${namespace}:{out}:sent:${month}`,
    /** hash, 62 days from its newest field: conversation -> minutes since 1970 of its reminders, after a space each */
    sentNudges: (month: string) => `${namespace}:{out}:nudged:${month}`,
    /** string, kept: the newest post's number */
    postNumber: () => `${namespace}:{out}:number`,
    /** hash, 73 h: settled post id -> state. One a real day. */
    settledPosts: (realDay: number) => `${namespace}:{out}:settled:${realDay}`,
    /** hash, 73 h: id of a post that failed for good -> its state, and the post. One a real day. */
    failedPosts: (realDay: number) => `${namespace}:{out}:failed:${realDay}`,
    /** hash, kept: state -> how many posts were closed in it */
    postCounts: () => `${namespace}:{out}:counts`,

    /** hash, 73 h from its last reading: id of a failed post -> the number by which people name it; `#` -> the newest */
    failedNumbers: () => `${namespace}:{out}:failed-numbers`,
    /** hash, 73 h: message -> ids of the posts that it had sent again. One a real day. */
    resentPosts: (realDay: number) => `${namespace}:{out}:resent:${realDay}`,
    /** string, as long as its window: how many messages of a member or a chat came in */
    arrivals: (kind: string, who: string) => `${namespace}:come:${kind}:${encode(who)}`,
    /** set, 48 h from its newest member: parts of a long text that stand in the chat */
    sentParts: (text: string) => `${namespace}:parts:${encode(text)}`,

    /**
     * Where BullMQ keeps its own: `<prefix>:<name>:` and wait, active (lists), delayed, stalled (sets), events (a short
     * stream), meta (hash), id (string), kept; a hash a job and a string its lock, until the job has ended.
     */
    drainQueue: () => ({ prefix: `${namespace}:{outbox}`, name: 'drain' }),
    /** Names the job that drains a conversation: BullMQ takes no `:` and no number. */
    drainJob: (chat: string) => `c-${encode(chat)}`,

    /** string, as long as it lives: the token with which a platform's API is called. `account`: whose it is */
    accessToken: (account: string) => `${namespace}:{token:${encode(account)}}:token`,
    /** string, until the token is to be renewed: 1 */
    freshToken: (account: string) => `${namespace}:{token:${encode(account)}}:fresh`,
    /** string, as long as leased: who fetches the next one */
    tokenLease: (account: string) => `${namespace}:{token:${encode(account)}}:lease`,

    /** A connection that one copy of the bot holds. */
    connection: (connection: string) => {
      const of = `${namespace}:{line:${encode(connection)}}`;
      return {
        /** hash, as long as leased: the copy, its token, where it runs */
        lease: `${of}:lease`,
        /** string, kept: the newest fencing token, and who had it */
        newest: `${of}:newest`,
        /** string, for a minute after another copy took it */
        moved: `${of}:moved`,
        /** string, while nobody is to connect, after a kick */
        rest: `${of}:rest`,
        /** string, until there was none for half an hour: kicks in a row */
        kicks: `${of}:kicks`,
      };
    },

    /** list, as long as its longest window: moments at which places were taken (ms). `log`: whose limit it is */
    limitLog: (platform: string, log: string) => `${namespace}:{limit:${platform}}:log:${encode(log)}`,
    /** string, 2 days: the newest moment at which places were taken */
    limitTime: (platform: string) => `${namespace}:{limit:${platform}}:time`,

    /** hash, 1 h: when, on which day and after how many entries a report was offered to the member, and its text */
    offer: (member: string) => `${namespace}:{offer:${encode(member)}}:text`,
    /** hash, 73 h after the last: message key -> the text that it said yes to */
    takenOffers: (member: string) => `${namespace}:{offer:${encode(member)}}:taken`,

    /** sorted set, kept: unit's code -> score, less than 0. `contents`: hash of what the board was made from */
    boardPlaces: (board: string, contents: string) => `${namespace}:{boards}:places:${encode(board)}:${contents}`,
    /** hash, kept: unit's code -> what its place was made from */
    boardRows: (board: string, contents: string) => `${namespace}:{boards}:rows:${encode(board)}:${contents}`,

    /** hash, 73 h: part -> rows of a roster that was sent, packed */
    rosterRows: (upload: string) => `${namespace}:{roster:${encode(upload)}}:rows`,
    /** string, 24 h: the roster that somebody may confirm */
    rosterProposal: (member: string) => `${namespace}:{roster:${encode(member)}}:proposal`,

    /** hash, kept: group -> when (ms) and key of the robot that speaks there; whoever knows the key can speak there */
    groupRobots: () => `${of('org')}:robots`,
    /** string, kept: what links to pages are signed with */
    linkSecret: () => `${of('org')}:link-secret`,
    /** string, until the bot is claimed: the one-time code for the first administrator */
    claimCode: () => `${of('org')}:claim-code`,
    playground: {
      /** hash, 73 h: id of a message or post -> the lines kept under it. One a real day. */
      kept: (realDay: number) => `${namespace}:{pg}:kept:${realDay}`,
      /** stream of the newest lines of one chat, 90 days after the last */
      chat: (chat: string) => `${namespace}:{pg}:chat:${encode(chat)}`,
      /** stream of the newest posts, kept with the county: it is short */
      posts: () => `${namespace}:{pg}:posts`,
      /** hash, kept with the county: chat -> its last line */
      heads: () => `${namespace}:{pg}:heads`,
      /** string, kept: the number of the last line */
      count: () => `${namespace}:{pg}:count`,
      /** string, kept: how far the clock is ahead of the real one (ms) */
      clock: () => `${namespace}:{pg}:clock`,
      /**
       * string, kept: which county was filled in, and whether that was finished. Outside of the prefix, so that it
       * survives an emptying that was cut off.
       */
      seeded: () => `${namespace}~:{pg}:seeded`,
    },
  };
};
export type Keys = ReturnType<typeof keysIn>;

/** Names of projections. Days are counted from 1970-01-01, months are `2026-11`. */
export const projections = {
  /** member -> [first filed at (s), on time, [[entry, letters], …]] */
  day: (epochDay: number) => `day:${epochDay}`,
  /** member -> [[number, day, entry, index, letter, text], …]: what is still to be closed; with a seventh, the day on
   * which the help that it asked for was answered */
  open: 'open',
  /** member -> [[number, day, entry, index, letter, text, closed on, closed by], …]: closings made in that month */
  closed: (month: string) => `closed:${month}`,
  /** member -> [[first day, last day, reason], …]; with a fourth, `a` or `p`, half days: before or after noon */
  leave: 'leave',
  /** member -> [day, …], on which the member is on duty */
  duty: 'duty',
  /** member -> [[number, leave, state, why, message that settled it], …]; `#` -> the newest number */
  leaveRequests: 'asked',
  /** entry -> [member, day, by]: comments of that month */
  comments: (month: string) => `comments:${month}`,
  /** member -> [entry, on time]; the Monday names the week */
  week: (epochDay: number) => `week:${epochDay}`,

  /** of the organisation: number of a help request -> row, see requests.ts; `#` -> the newest number */
  help: 'help',
  /** of the organisation: unit, entry and index of the item that asks for help -> number of the request */
  helpNumbers: 'help-numbers',
  /** of the organisation: number of an issue -> [from, to, state]; `#` -> the newest number; `!`: told: no reviewer */
  lists: 'lists',
  /** of the organisation: step -> [event, entry of its words]; one an issue */
  list: (issue: number) => `list:${issue}`,
  /** of the organisation: number of an issue -> what it was drafted from, JSON */
  listBasis: 'list-basis',
  /** of the organisation: number of an appeal -> number of its issue; `#` -> the newest number */
  appeals: 'appeals',
  /** of the organisation: number of a campaign -> row, see campaigns.ts; `#` -> the newest number */
  campaigns: 'campaigns',
  /** of the organisation: revision -> a unit's sheet of indicators; `#` -> the newest; `i` -> the newest indicator's id */
  sheets: 'sheets',
  /** of the organisation, of that month: unit, indicator and number -> a value; with ` !` behind it, its verdict */
  measured: (month: string) => `measured:${month}`,
  /** of the organisation: name of a frozen board -> rule, hash of its contents, when, and how many have a place */
  boards: 'boards',
  /** of the organisation: unit id -> unit */
  units: 'units',
  /** of the organisation: member id -> member */
  members: 'members',
  /** of the organisation: who belongs to the unit, member id -> 1 */
  membersOf: (unit: UnitId) => `in:${encode(unit)}`,
  /** of the organisation: who was given a role, member id -> 1 */
  officers: 'officers',
};
