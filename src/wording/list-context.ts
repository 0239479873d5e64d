/** What is known where something is said or done about the lists; commands and jobs give it. */
import type { Temporal } from 'temporal-polyfill';
import type { Day } from '../domain/calendar.ts';
import type { Member, Unit, UnitId } from '../domain/organisation.ts';
import type { Settings } from '../domain/settings.ts';
import type { Translate } from '../i18n.ts';
import type { Chat, Message, Reply } from '../message.ts';
import type { Cause } from '../ports.ts';
import type { ListSources } from './read-lists.ts';

/** In a group, what is private goes to the asker alone. */
export type ListAnswer = Reply | { readonly privately: Reply };

/** Of a message. */
export type ListTalk = ListSources & {
  readonly message: Message;
  readonly cause: Cause;
  readonly me: string;
  readonly member: Member | null;
  readonly unit: Unit | null;
  readonly chatUnit: Unit | null;
  readonly today: Day;
  readonly t: Translate;
  tell(
    kind: string,
    told: readonly {
      readonly to: Member;
      readonly unit: UnitId;
      readonly reply: Reply;
      readonly priority?: 'procedure';
    }[],
  ): Promise<void>;
  announce(
    kind: string,
    said: readonly { readonly chat: Chat; readonly unit: UnitId; readonly reply: Reply }[],
  ): Promise<void>;
};

/** Of a slot. */
export type ListRun = ListSources & {
  readonly unit: Unit;
  readonly settings: Settings;
  readonly at: Temporal.PlainDateTime;
  readonly t: Translate;
};
