/** Leave, duty and open items lie with the unit: who moves takes along what is still ahead and what is still open. */
import { Temporal } from 'temporal-polyfill';
import type { Calendar, Day } from '../domain/calendar.ts';
import { type Absences, decidersOf, type LeaveRequest } from '../domain/leave-request.ts';
import type { Leave } from '../domain/leaving.ts';
import type { Member, Unit, UnitId } from '../domain/organisation.ts';
import { settingsOf } from '../domain/settings.ts';
import { aheadOf, arriving, departing, isNothing } from '../domain/taking-along.ts';
import type { Translate } from '../i18n.ts';
import { type Reply, text } from '../message.ts';
import type { Cause, Directory, ReportStore, Seat } from '../ports.ts';
import { absencesAt } from './absences-at.ts';
import { leaveDays } from './leave.ts';
import { requestReply } from './leave-requests.ts';
import { amongColleagues } from './people.ts';

type Moving = {
  readonly reports: ReportStore;
  readonly directory: Directory;
  readonly cause: Cause;
  readonly today: Day;
};
type Telling = {
  readonly calendar: Calendar;
  readonly t: Translate;
  tell(
    kind: string,
    told: readonly { readonly to: Member; readonly unit: UnitId; readonly reply: Reply }[],
  ): Promise<void>;
};

/**
 * Told again, nothing is entered twice. With `telling`, leave that waited for an answer is told to those who decide in
 * the new unit, or to the person where it needs no answer there.
 */
export const takeAlong = async (from: Seat, to: Seat, moving: Moving, telling: Telling | null): Promise<void> => {
  const { reports, cause, today } = moving;
  const ahead = aheadOf(await absencesAt(from, moving), today);
  if (!isNothing(ahead)) {
    const arrived = await arrive(ahead, to, moving);
    if (telling) await tellOf(arrived, to, { ...moving, ...telling });
    const gone = { ...cause, message: `${cause.message}\nabsences gone` };
    await reports.absences(
      from.unit,
      from.member,
      'gone-along',
      (here) => ({ to: departing(here, today, cause.message), facts: null }),
      gone,
    );
  }
  await reports.carry(from, to, cause);
};

/** What came of the requests: those asked anew, by number, and those that are leave now. */
type Arrived = {
  readonly asked: readonly number[];
  readonly granted: readonly {
    readonly from: string;
    readonly to: string;
    readonly part: Leave['part'];
  }[];
};

const arrive = async (ahead: Absences, { unit, member }: Seat, moving: Moving): Promise<Arrived> => {
  const { reports, directory, cause } = moving;
  const isApproved = ahead.requests.length > 0 && (await approversIn(unit, member, directory)).length > 0;
  return reports.absences<Arrived>(
    unit,
    member,
    'take-along',
    (there) => {
      const { to, asked, granted } = arriving(there, ahead, isApproved);
      const spans = granted.map(({ from, to: last, part }) => ({ from: `${from}`, to: `${last}`, part }));
      return { to, facts: { asked: asked.map(({ number }) => number), granted: spans } };
    },
    { ...cause, message: `${cause.message}\nabsences` },
  );
};

const approversIn = async (id: UnitId, member: string, directory: Directory): Promise<readonly Member[]> => {
  const unit: Unit | null = await directory.unit(id);
  if (!unit || settingsOf(unit).leaveApproval !== 'on') return [];
  return decidersOf(await directory.officers(), unit, member);
};

const tellOf = async ({ asked, granted }: Arrived, to: Seat, sight: Moving & Telling): Promise<void> => {
  const { directory, today, t, tell } = sight;
  const [unit, person] = await Promise.all([directory.unit(to.unit), directory.member(to.member)]);
  if (!unit || !person) return;
  if (asked.length > 0) {
    const who = await amongColleagues(person, directory);
    const waiting = (await absencesAt(to, sight)).requests.filter(({ number }) => asked.includes(number));
    const reply = waiting.flatMap((one: LeaveRequest) => requestReply(who, unit, one, one.number, sight));
    const deciders = await approversIn(unit.id, person.id, directory);
    await tell(
      'leave-request',
      deciders.map((one) => ({ to: one, unit: unit.id, reply })),
    );
  }
  if (granted.length > 0) {
    const spans = granted.map(({ from, to: last, part }) =>
      leaveDays({ from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(last), part }, today, t),
    );
    const said = text(t('leave.moved', { unit: unit.name, spans: spans.join(t('list.and')) }));
    await tell('leave-answer', [{ to: person, unit: unit.id, reply: said }]);
  }
};
