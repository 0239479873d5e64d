/** Leave that waits to be approved: told to those who decide, listed, answered, and told to who asked. */
import type { Calendar, Day } from '../domain/calendar.ts';
import { daysOf } from '../domain/calendar.ts';
import { decideRequest, type LeaveRequest, unitsDecided } from '../domain/leave-request.ts';
import type { LeaveAnswer } from '../domain/leave-text.ts';
import { type Leave, LONGEST_REASON } from '../domain/leaving.ts';
import { cleanName, echoed } from '../domain/names.ts';
import type { Member, Unit, UnitId } from '../domain/organisation.ts';
import { labels, peopleNamed } from '../domain/people.ts';
import { characters } from '../domain/visible.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import { type MemberId, type Message, type Reply, text } from '../message.ts';
import type { Cause, Directory, ReportStore } from '../ports.ts';
import { leaveDays } from './leave.ts';
import { unlessRefused } from './refusals.ts';

type Sight = {
  readonly today: Day;
  readonly calendar: Calendar;
  readonly t: Translate;
};
type Asking = Sight & {
  readonly message: Message;
  readonly cause: Cause;
  readonly me: MemberId;
  readonly member: Member | null;
  readonly directory: Directory;
  readonly reports: ReportStore;
  tell(
    kind: string,
    told: readonly { readonly to: Member; readonly unit: UnitId; readonly reply: Reply }[],
  ): Promise<void>;
};

const lineOf = (who: string, unit: Unit, asked: Leave, number: number, { today, calendar, t }: Sight): string =>
  t('leave.request', {
    who,
    unit: unit.name,
    span: leaveDays(asked, today, t),
    workdays: daysOf(asked.from, asked.to).filter(calendar.isWorkday).length,
    half: asked.part === null ? 'no' : 'yes',
    reason: asked.reason,
    given: asked.reason === '' ? 'no' : 'yes',
    number,
  });

/** The code by which a request is answered: its number, with the unit's before it, so that it is clear everywhere. */
const codeOf = (unit: Unit, number: number): string => `${unit.id.slice(1)}-${number}`;

const buttonsOf = (unit: Unit, number: number, t: Translate) => {
  const code = codeOf(unit, number);
  return [
    { text: t('leave.approve'), command: t('leave.approve-command', { code }) },
    { text: t('leave.decline'), command: t('leave.decline-command', { code }) },
  ];
};

/** What those who decide get, once. */
export const requestReply = (who: string, unit: Unit, asked: Leave, number: number, sight: Sight): Reply => [
  { kind: 'text', text: lineOf(who, unit, asked, number, sight) },
  { kind: 'buttons', buttons: buttonsOf(unit, number, sight.t) },
];

/** `who`: the person's name, told from colleagues of the same one. */
type Found = { readonly person: Member; readonly who: string; readonly unit: Unit; readonly request: LeaveRequest };

/** Every request of the units about whose leave the person decides, but his own. */
const requestsOf = async ({ me, member, directory, reports }: Asking): Promise<readonly Found[]> => {
  const units = unitsDecided(member, await directory.units());
  const found = units.map(async (unit) => {
    const [people, requests] = await Promise.all([directory.membersOf(unit.id), reports.leaveRequests(unit.id)]);
    const names = labels(people);
    return people.flatMap((person) => {
      const who = names.get(person.id) ?? person.id;
      return person.id === me ? [] : (requests.get(person.id) ?? []).map((request) => ({ person, who, unit, request }));
    });
  });
  return (await Promise.all(found)).flat();
};

const isWaiting = ({ request }: Found): boolean => request.state === 'asked';

/** More are listed when some are answered. */
const MOST_LISTED = 10;
const MOST_BUTTONS = 3;

/** What waits for the person's word. */
export const requestsReply = async (asking: Asking): Promise<Reply> => {
  const waiting = (await requestsOf(asking)).filter(isWaiting);
  if (waiting.length === 0) return text(asking.t('leave.no-requests'));
  const lines = waiting.map(({ who, unit, request }) => lineOf(who, unit, request, request.number, asking));
  const buttons = waiting.slice(0, MOST_BUTTONS).flatMap(({ who, unit, request }) =>
    buttonsOf(unit, request.number, asking.t).map((button) => ({
      ...button,
      text: `${who} ${button.text}`,
    })),
  );
  return [
    { kind: 'text', text: asking.t('leave.requests', { count: waiting.length }) },
    { kind: 'list', items: lines.slice(0, MOST_LISTED) },
    { kind: 'buttons', buttons, ...(waiting.length > 1 && { stays: true }) },
  ];
};

/** How many requests wait for the person's word, where any do. */
export const waitingNote = async (asking: Asking): Promise<Reply> => {
  const count = (await requestsOf(asking)).filter(isWaiting).length;
  if (count === 0) return [];
  const see = { text: asking.t('leave.see-waiting'), command: asking.t('leave.see-waiting-command') };
  return [...text(asking.t('leave.waiting-note', { count })), { kind: 'buttons', buttons: [see], stays: true }];
};

/** The one request that `who` means: its code or number, a name, or nothing where only one waits. */
const oneMeant = async (who: string, asking: Asking): Promise<Found> => {
  const { message, cause, t } = asking;
  const all = await requestsOf(asking);
  const before = all.find(({ request }) => request.settledBy === cause.message);
  if (before) return before;
  const [, ofUnit, number] = /^(?:(\d{1,6})-)?(\d{1,6})$/.exec(who) ?? [];
  const isNumbered = ({ unit, request }: Found) =>
    request.number === Number(number) && (ofUnit === undefined || unit.id === `u${ofUnit}`);
  const named = new Set(
    peopleNamed(
      who,
      message.platform,
      all.map(({ person }) => person),
    ).map(({ id }) => id),
  );
  const found = all.filter(number === undefined ? ({ person }) => who === '' || named.has(person.id) : isNumbered);
  const waiting = found.filter(isWaiting);
  const [first, second] = waiting.length > 0 ? waiting : number === undefined ? [] : found;
  if (!first) throw new UserError('leave.no-request', { who: echoed(who), named: who === '' ? 'no' : 'yes' });
  if (!second) return first;
  const codes = waiting.map(({ who: name, unit, request }) => `${name} ${codeOf(unit, request.number)}`);
  throw new UserError('leave.which-request', {
    requests: codes.slice(0, MOST_LISTED).join(t('list.and')),
    code: codeOf(first.unit, first.request.number),
  });
};

/** Approves or declines, and tells who asked. The sentence for whoever decided. */
export const answerRequest = async ({ answer, who, why }: LeaveAnswer, asking: Asking): Promise<string> => {
  const { cause, reports, today, t } = asking;
  const reason = cleanName(why);
  if (characters(reason) > LONGEST_REASON) throw new UserError('leave.reason-too-long', { maximum: LONGEST_REASON });
  const { person, who: name, unit, request } = await oneMeant(who, asking);
  const state = answer === 'approve' ? 'approved' : 'declined';
  const values = {
    who: name,
    span: leaveDays(request, today, t),
    half: request.part === null ? 'no' : 'yes',
    why: reason,
    given: reason === '' ? 'no' : 'yes',
  };
  await reports.absences(
    unit.id,
    person.id,
    state === 'approved' ? 'approve-leave' : 'decline-leave',
    (now) => {
      const decided = decideRequest(now, request.number, { state, why: reason, settledBy: cause.message });
      const { leave, requests } = unlessRefused(decided, (rule) => `leave.${rule}`, t);
      return { to: { leave, requests }, facts: request.number };
    },
    cause,
  );
  await asking.tell('leave-answer', [
    {
      to: person,
      unit: unit.id,
      reply: text(t(state === 'approved' ? 'leave.told-approved' : 'leave.told-declined', values)),
    },
  ]);
  return t(state === 'approved' ? 'leave.approved' : 'leave.declined', values);
};
