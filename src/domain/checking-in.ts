/** A person tells their name; in the group of a unit, whoever belongs nowhere yet belongs there from then on. */
import type { Day } from './calendar.ts';
import { cleanName, type NameFault, nameFault } from './names.ts';
import { joining, type Member, newcomer, type Unit } from './organisation.ts';
import { type Refusal, refuse } from './refusal.ts';

export const LONGEST_PERSON_NAME = 20;

export type CheckIn = {
  readonly id: string;
  readonly typed: string;
  /** The unit of the group in which this is said. */
  readonly here: Unit | null;
  /** Said in the direct chat: so the person can be written to. */
  readonly isDirect: boolean;
  readonly today: Day;
};

/** What the answer is worded from. */
export type CheckInFacts = {
  readonly outcome: 'named' | 'renamed' | 'same';
  readonly name: string;
  /** The unit that was joined by this. */
  readonly joined: string | null;
};

export const decideCheckIn = (
  known: Member | null,
  { id, typed, here, isDirect, today }: CheckIn,
): { readonly members: readonly Member[]; readonly facts: CheckInFacts } | Refusal<NameFault> => {
  const name = nameIn(typed);
  const fault = nameFault(name, LONGEST_PERSON_NAME);
  if (fault) return refuse(fault, { maximum: LONGEST_PERSON_NAME });

  const before = known ?? newcomer(id, null);
  const joins = before.unit === null && here !== null;
  const after: Member = {
    ...(joins ? joining(before, here.id, today) : before),
    name,
    unreachable: before.unreachable && !isDirect,
  };
  const isSame = before.name === name && !joins && before.unreachable === after.unreachable;
  return {
    members: isSame ? [] : [after],
    facts: {
      outcome: before.name === null ? 'named' : before.name === name ? 'same' : 'renamed',
      name,
      joined: joins ? here.name : null,
    },
  };
};

/** `我叫张三` and `张　三` are both 张三: what people say before a name, and the space that makes columns even, go. */
const nameIn = (typed: string): string =>
  cleanName(typed)
    .replace(/^(?:[@＠]\s*|(?:我叫|我是|本人|姓名|名字)(?:是|叫)?\s*[:：]?\s*(?=\S))/u, '')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
