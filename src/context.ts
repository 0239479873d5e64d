import type { Command, CommandContext } from './command.ts';
import type { Calendar } from './domain/calendar.ts';
import { localTimes } from './domain/local-time.ts';
import { isAllowed, mayRun } from './domain/roles.ts';
import type { Translate } from './i18n.ts';
import { type Message, memberId } from './message.ts';
import type { BoardStore, Directory, ReportStore } from './ports.ts';

type Deps = {
  readonly commands: readonly Command[];
  readonly reports: ReportStore;
  readonly directory: Directory;
  readonly boards: BoardStore;
  readonly calendar: Calendar;
  /** The organisation's time zone, a name such as Asia/Shanghai. */
  readonly zone: string;
  readonly t: Translate;
  claimCode(): Promise<string | null>;
};

/** What a command may know of a message: who, whose unit, which day. One read each when they are not cached. */
export const contextOf = ({ commands, reports, directory, boards, calendar, zone, t, claimCode }: Deps) => {
  const localTime = localTimes(zone);

  return async (message: Message): Promise<CommandContext> => {
    const me = memberId(message.platform, message.sender);
    const [member, chatUnit] = await Promise.all([
      directory.member(me),
      message.chat.kind === 'group' ? directory.unitOfChat(message.chat) : null,
    ]);
    const unit = member?.unit ? await directory.unit(member.unit) : null;
    return {
      message,
      // One platform may use the same message id in two chats.
      cause: { message: `${message.platform}\n${message.chat.id}\n${message.id}`, by: me, at: message.at },
      me,
      member,
      unit,
      chatUnit,
      now: message.at.toZonedDateTimeISO(zone),
      ...localTime(message.at),
      calendar,
      reports,
      directory,
      boards,
      t,
      get commands() {
        return commands.filter(({ name }) => isAllowed(mayRun[name] ?? [], member));
      },
      claimCode,
    };
  };
};
