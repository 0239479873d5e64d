/** What of a member's absences goes along into another unit: all that is still ahead. */
import { compareDays, type Day } from './calendar.ts';
import { type Absences, type LeaveRequest, withRequest } from './leave-request.ts';
import { isTaken, type Leave, withLeave, withoutDays } from './leaving.ts';

/** No leave and no duty reaches further. */
const FURTHEST = { years: 3 };

/** What has not ended before `today`. */
export const aheadOf = ({ leave, duty, requests }: Absences, today: Day): Absences => ({
  leave: leave.filter(({ to }) => compareDays(to, today) >= 0),
  duty: new Set([...duty].filter((day) => day >= today.toString())),
  requests: requests.filter(({ state, to }) => state === 'asked' && compareDays(to, today) >= 0),
});

export const isNothing = ({ leave, duty, requests }: Absences): boolean =>
  leave.length + duty.size + requests.length === 0;

/**
 * What stands in the new unit then. Requests are asked anew there, numbered from `next`; where nobody approves leave they
 * are leave at once.
 */
export const arriving = (
  there: Absences & { readonly next: number },
  coming: Absences,
  isApproved: boolean,
): { readonly to: Absences; readonly asked: readonly LeaveRequest[]; readonly granted: readonly Leave[] } => {
  const granted = isApproved ? [] : coming.requests.map(({ from, to, part, reason }) => ({ from, to, part, reason }));
  const asked = isApproved ? coming.requests.map((request, i) => ({ ...request, number: there.next + i })) : [];
  return {
    to: {
      leave: [...coming.leave, ...granted].reduce<readonly Leave[]>(
        (all, one) => (isTaken(one, all) ? all : withLeave(all, one)),
        there.leave,
      ),
      duty: there.duty.union(coming.duty),
      requests: asked.reduce(withRequest, there.requests),
    },
    asked,
    granted,
  };
};

/** What stays in the unit that was left: the past. `message`: what took the rest away. */
export const departing = (here: Absences, today: Day, message: string): Absences => ({
  leave: withoutDays(here.leave, today, today.add(FURTHEST)),
  duty: new Set([...here.duty].filter((day) => day < today.toString())),
  requests: here.requests.map((one) =>
    one.state === 'asked' ? { ...one, state: 'withdrawn', settledBy: message } : one,
  ),
});
