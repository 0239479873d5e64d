import type { Day } from '../domain/calendar.ts';
import type { Member, Unit, UnitId } from '../domain/organisation.ts';
import type { Translate } from '../i18n.ts';
import type { MemberId, Reply } from '../message.ts';
import type { Cause, Directory, IndicatorStore } from '../ports.ts';

/** What /指标 has to know of a message; a command's context gives it. */
export type IndicatorContext = {
  readonly cause: Cause;
  readonly me: MemberId;
  readonly member: Member | null;
  readonly unit: Unit | null;
  readonly chatUnit: Unit | null;
  readonly today: Day;
  readonly directory: Directory;
  readonly indicators: IndicatorStore;
  readonly t: Translate;
  tell(
    kind: string,
    told: readonly { readonly to: Member; readonly unit: UnitId; readonly reply: Reply }[],
  ): Promise<void>;
};
