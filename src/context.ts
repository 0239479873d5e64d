import type { Command, CommandContext } from './command.ts';
import type { Calendar } from './domain/calendar.ts';
import { localTimes } from './domain/local-time.ts';
import type { Member, UnitId } from './domain/organisation.ts';
import type { Translate } from './i18n.ts';
import { chatKey, directChat, type Message, memberId, type PlatformName } from './message.ts';
import type {
  BoardLinks,
  BoardStore,
  BurdenStore,
  CampaignStore,
  Cause,
  DeadLetters,
  Directory,
  GroupVoices,
  IndicatorStore,
  ListStore,
  OfferStore,
  Outbox,
  ReadTable,
  ReportStore,
  RosterStore,
  Sheet,
} from './ports.ts';

type Deps = {
  readonly commands: readonly Command[];
  readonly reports: ReportStore;
  readonly directory: Directory;
  readonly boards: BoardStore;
  readonly campaigns: CampaignStore;
  readonly indicators: IndicatorStore;
  readonly lists: ListStore;
  readonly burden: BurdenStore;
  readonly links: BoardLinks;
  readonly offers: OfferStore;
  readonly letters: DeadLetters;
  readonly rosters: RosterStore;
  readonly readTable: ReadTable;
  /** Known when the platforms are open. */
  readonly voices?: () => GroupVoices | null;
  readonly outbox: Outbox;
  /** Keeps a workbook where people of `platform` can fetch it; null where there is no such place. */
  readonly hand: (platform: PlatformName, name: string, sheets: readonly Sheet[]) => Promise<string | null>;
  readonly calendar: Calendar;
  /** The organisation's time zone, a name such as Asia/Shanghai. */
  readonly zone: string;
  readonly t: Translate;
  claimCode(): Promise<string | null>;
  /** Real time in ms. */
  realNow(): number;
};

/** For so long a platform may deliver a message again. */
const REMEMBERED_MS = 48 * 60 * 60 * 1000;

/** What a command may know of a message: who, whose unit, which day. One read each when they are not cached. */
export const contextOf = (deps: Deps) => {
  const {
    commands,
    reports,
    directory,
    boards,
    campaigns,
    indicators,
    lists,
    burden,
    links,
    offers,
    letters,
    rosters,
    readTable,
    voices,
    outbox,
    hand,
    calendar,
    zone,
    t,
    claimCode,
    realNow,
  } = deps;
  const localTime = localTimes(zone);

  /** A message that comes again after its sender has moved belongs where it came first. */
  const formerHome = async ({ unit, until }: NonNullable<Member['formerly']>, cause: Cause): Promise<UnitId | null> => {
    const mayComeAgain = realNow() - until < REMEMBERED_MS;
    return mayComeAgain && (await reports.hasSeen(unit, cause)) ? unit : null;
  };

  return async (message: Message): Promise<CommandContext> => {
    const said = memberId(message.platform, message.sender);
    const [member, chatUnit] = await Promise.all([
      directory.member(said),
      message.chat.kind === 'group' ? directory.unitOfChat(message.chat) : null,
    ]);
    // Whoever speaks with a second identity is the member it was merged into.
    const me = member?.id ?? said;
    // One platform may use the same message id in two chats.
    const cause = { message: `${message.platform}\n${message.chat.id}\n${message.id}`, by: me, at: message.at };
    const home = (member?.formerly && (await formerHome(member.formerly, cause))) ?? member?.unit ?? null;
    const unit = home === null ? null : await directory.unit(home);
    const { today, minute } = localTime(message.at);
    return {
      message,
      cause,
      me,
      member,
      unit,
      chatUnit,
      // Few commands need the moment itself, and it takes Temporal longer than all the rest here.
      get now() {
        return message.at.toZonedDateTimeISO(zone);
      },
      today,
      minute,
      calendar,
      reports,
      directory,
      boards,
      campaigns,
      indicators,
      lists,
      burden,
      links,
      offers,
      letters,
      rosters,
      readTable,
      voices: voices?.() ?? null,
      t,
      tell: telling(outbox, cause),
      announce: announcing(outbox, cause),
      hand: (name, sheets) => hand(message.platform, name, sheets),
      commands,
      claimCode,
    };
  };
};

/** What somebody is told is of use for so long: over the longest holiday, in which nobody is written to. */
const TOLD_DAYS = 14;

/** Puts what a command tells others into the outbox: one post a message and person. */
const telling =
  (outbox: Outbox, { message, at }: Cause): CommandContext['tell'] =>
  (kind, told) =>
    outbox.enqueue(
      told
        .filter(({ to }) => !to.unreachable)
        .map(({ to, unit, reply, priority }) => ({
          id: `${kind}/${message.replaceAll('\n', '/')}/${to.id}`,
          chat: directChat(to.id),
          reply,
          delivery: 'atLeastOnce',
          notBefore: at,
          expiresAt: at.add({ hours: 24 * TOLD_DAYS }),
          // What has a source waits through the unit's quiet hours.
          source: { job: kind, slot: '', unit },
          ...(priority && { priority }),
        })),
    );

const announcing =
  (outbox: Outbox, { message, at }: Cause): CommandContext['announce'] =>
  (kind, said) =>
    outbox.enqueue(
      said.map(({ chat, unit, reply }) => ({
        id: `${kind}/${message.replaceAll('\n', '/')}/${chatKey(chat)}`,
        chat,
        reply,
        delivery: 'atMostOnce',
        notBefore: at,
        expiresAt: at.add({ hours: 24 * TOLD_DAYS }),
        source: { job: kind, slot: '', unit },
        priority: 'procedure',
      })),
    );
