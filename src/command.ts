import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import type { Calendar, Day } from './domain/calendar.ts';
import type { Member, Unit, UnitId } from './domain/organisation.ts';
import { UserError } from './errors.ts';
import type { MessageKey, Translate } from './i18n.ts';
import type { Chat, MemberId, Message, Reply } from './message.ts';
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
  ReadTable,
  ReportStore,
  RosterStore,
  Sheet,
} from './ports.ts';

/** All that a command may touch. */
export type CommandContext = {
  readonly message: Message;
  /** What every change of state is keyed by: this message, its sender and its time. */
  readonly cause: Cause;
  readonly me: MemberId;
  /** Null: the bot does not know the sender yet. */
  readonly member: Member | null;
  /** The sender's home unit. */
  readonly unit: Unit | null;
  /** The unit to which the group is bound in which this was said; null in direct chats and unbound groups. */
  readonly chatUnit: Unit | null;
  /** When the message was sent, in the organisation's time zone. */
  readonly now: Temporal.ZonedDateTime;
  /** The day on which the message was sent: a redelivery after midnight changes nothing. */
  readonly today: Day;
  /** The minute of that day, 0 to 1439, at which it was sent. */
  readonly minute: number;
  readonly calendar: Calendar;
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
  /** Null: no platform that is configured has any. */
  readonly voices: GroupVoices | null;
  readonly t: Translate;
  /**
   * Tells people privately what they did not ask for, as posts that keep quiet hours and budgets; each once, however
   * often the message comes. `kind` names what it is about. Call it when the change is confirmed.
   */
  tell(kind: string, told: readonly Telling[]): Promise<void>;
  /** Posts into groups what belongs to a procedure: once a chat, and never again when the outcome is unknown. */
  announce(
    kind: string,
    said: readonly { readonly chat: Chat; readonly unit: UnitId; readonly reply: Reply }[],
  ): Promise<void>;
  /** Keeps a workbook for the asker to fetch: its address; null where the platform takes no files yet. */
  hand(name: string, sheets: readonly Sheet[]): Promise<string | null>;
  /** Every command there is, in the order in which /帮助 lists them. */
  readonly commands: readonly Command[];
  /** The code that claims the bot; null once somebody has. */
  claimCode(): Promise<string | null>;
};

/** `unit`: whose quiet hours it keeps. `priority` as a post's. Who cannot be written to is left out. */
export type Telling = {
  readonly to: Member;
  readonly unit: UnitId;
  readonly reply: Reply;
  readonly priority?: 'procedure';
};

/**
 * What a command says. A private answer goes to the asker's direct chat; a group then gets one line saying so. A receipt
 * says no more than that something is saved: in a group that has no room for each, several become one line.
 */
export type Answer = Reply | { readonly privately: Reply } | { readonly receipt: Reply };

export type Command<Args extends z.ZodType = z.ZodType> = {
  /** The Chinese name; `mayRun` in domain/roles.ts says by this name who may run it. */
  readonly name: string;
  /** Short Latin alias and English name. */
  readonly aliases: readonly string[];
  /** One line for the list of commands, and examples for `/帮助 name`. */
  readonly help: { readonly line: MessageKey; readonly examples: MessageKey };
  /** Parses the text after the name. Its issue messages are locale keys; an issue's numbers are their params. */
  readonly args: Args;
  run(args: z.output<Args>, context: CommandContext): Promise<Answer> | Answer;
};

/** How much may follow a command that takes no report, in UTF-16 units. Longer is a slip of the clipboard. */
export const MOST_TYPED = 500;

/** Adds nothing at run time; it tells `run` the type that `args` parses to. */
export const defineCommand = <Args extends z.ZodType>(command: Command<Args>): Command<Args> => command;

/** The name that people of this language call it by: the English one is the last of its aliases. */
export const calledIn = ({ name, aliases }: Command, t: Translate): string =>
  t('command.called', { name, english: aliases.at(-1) ?? name });

/** The sender's own unit and record, or the sentence that says how to get one. */
export const atHome = ({ member, unit }: CommandContext): { readonly member: Member; readonly unit: Unit } => {
  if (!member || !unit) throw new UserError('unit.none');
  return { member, unit };
};
