/** Leave that waits for the coordinator's word, where the unit asks for one. */
import { type Day, epochDay } from './calendar.ts';
import { type Leave, withLeave } from './leaving.ts';
import { byUnitCode, type Member, reach, type Unit } from './organisation.ts';
import { type Refusal, refuse } from './refusal.ts';

/** asked: owed until it is approved. withdrawn: by whoever asked, or with /销假. */
export const requestStates = ['asked', 'approved', 'declined', 'withdrawn'] as const;

export type LeaveRequest = Leave & {
  /** The unit's own short number for it. */
  readonly number: number;
  readonly state: (typeof requestStates)[number];
  /** Why it was declined. */
  readonly why: string;
  /** The message that settled it, `''` while it waits: the same message again means the same request. */
  readonly settledBy: string;
};

/** All that stands of one member's absences. */
export type Absences = {
  readonly leave: readonly Leave[];
  /** ISO days. */
  readonly duty: ReadonlySet<string>;
  /** Oldest first. */
  readonly requests: readonly LeaveRequest[];
};

/** Of those that are settled; nobody asks after older ones. */
const SETTLED_KEPT = 20;

/** The requests with one more, or with one in another state. */
export const withRequest = (all: readonly LeaveRequest[], request: LeaveRequest): readonly LeaveRequest[] => {
  const others = all.filter(({ number }) => number !== request.number);
  const sorted = [...others, request].toSorted((a, b) => a.number - b.number);
  const settled = sorted.filter(({ state }) => state !== 'asked');
  const dropped = new Set(settled.slice(0, -SETTLED_KEPT));
  return sorted.filter((one) => !dropped.has(one));
};

/** The request for exactly these days that still waits. */
export const waitingFor = (span: Leave, requests: readonly LeaveRequest[]): LeaveRequest | undefined =>
  requests.find(
    (one) => one.state === 'asked' && isSame(one.from, span.from) && isSame(one.to, span.to) && one.part === span.part,
  );

const isSame = (a: Day, b: Day) => epochDay(a) === epochDay(b);

export type DecideRule = 'gone' | 'approved-before' | 'declined-before' | 'withdrawn-before';

const settledRules = {
  approved: 'approved-before',
  declined: 'declined-before',
  withdrawn: 'withdrawn-before',
} as const;

/** Approves or declines one request; what was decided before stays as it was decided. */
export const decideRequest = (
  { leave, requests }: Pick<Absences, 'leave' | 'requests'>,
  number: number,
  decision: Pick<LeaveRequest, 'why' | 'settledBy'> & { readonly state: 'approved' | 'declined' },
): { readonly leave: readonly Leave[]; readonly requests: readonly LeaveRequest[] } | Refusal<DecideRule> => {
  const found = requests.find((one) => one.number === number);
  if (!found) return refuse('gone');
  if (found.state !== 'asked') return refuse(settledRules[found.state]);
  const request = { ...found, ...decision };
  const { from, to, part, reason } = found;
  return {
    requests: withRequest(requests, request),
    leave: decision.state === 'approved' ? withLeave(leave, { from, to, part, reason }) : leave,
  };
};

/**
 * Who decides about the leave of `person`: the unit's coordinators, else its head, else its leaders, never the person
 * alone. Empty: nobody could.
 */
export const decidersOf = (officers: readonly Member[], unit: Unit, person: string): readonly Member[] => {
  const others = officers.filter(({ id }) => id !== person);
  for (const role of ['coordinator', 'unitHead', 'leader'] as const) {
    const found = others.filter(({ roles }) => roles.some((grant) => grant.role === role && grant.unit === unit.id));
    if (found.length > 0) return found;
  }
  return [];
};

/** The units about whose leave the person decides, in order of creation. */
export const unitsDecided = (person: Pick<Member, 'roles'> | null, units: readonly Unit[]): readonly Unit[] => {
  const covered = (['coordinator', 'unitHead', 'leader'] as const).flatMap((role) => reach(person, role, units));
  return [...new Set(covered)].toSorted(byUnitCode);
};
