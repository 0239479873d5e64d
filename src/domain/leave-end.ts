/** Coming back: leave that ends early, or is not taken at all. */
import { type Calendar, compareDays, type Day } from './calendar.ts';
import type { Absences, LeaveRequest } from './leave-request.ts';
import { firstOpenDay, joinedUp, type Leave, withoutDays } from './leaving.ts';
import { type Refusal, refuse } from './refusal.ts';

type Days = { readonly from: Day; readonly to: Day };

export type EndRule = 'none' | 'several' | 'not-on-leave' | 'too-early';

/** What is left, and the days that are none of leave any more. */
export type Ended = Days & {
  readonly leave: readonly Leave[];
  readonly requests: readonly LeaveRequest[];
  readonly withdrawn: number;
};

/**
 * Ends leave from the named day on, or exactly the days named when they are several; without any from today, or the
 * only leave still ahead. What waits for approval is withdrawn as a whole. Days whose reports can no longer be filed
 * stay as they are (`reach` in workdays).
 */
export const endLeave = (
  { leave, requests }: Pick<Absences, 'leave' | 'requests'>,
  named: Days | null,
  {
    today,
    calendar,
    reach,
    cause,
  }: { readonly today: Day; readonly calendar: Calendar; readonly reach: number; readonly cause: string },
): Ended | Refusal<EndRule> => {
  const spans: readonly Days[] = [...joinedUp(leave), ...requests.filter(({ state }) => state === 'asked')];
  const days = named ? daysNamed(named, spans) : daysMeant(spans, today);
  if ('refused' in days) return days;
  if (compareDays(days.from, firstOpenDay(today, calendar, reach)) < 0) return refuse('too-early', { reach });

  const withdrawn = requests.filter((one) => one.state === 'asked' && meet(one, days));
  return {
    ...days,
    leave: withoutDays(leave, days.from, days.to),
    requests: requests.map((one) => (withdrawn.includes(one) ? { ...one, state: 'withdrawn', settledBy: cause } : one)),
    withdrawn: withdrawn.length,
  };
};

const contains = ({ from, to }: Days, day: Day): boolean => compareDays(from, day) <= 0 && compareDays(day, to) <= 0;
const meet = (a: Days, b: Days): boolean => compareDays(a.from, b.to) <= 0 && compareDays(b.from, a.to) <= 0;

const daysNamed = (named: Days, spans: readonly Days[]): Days | Refusal<EndRule> => {
  const found = spans.filter((span) => (isOneDay(named) ? contains(span, named.from) : meet(span, named)));
  const [first] = found;
  if (!first) return refuse('not-on-leave');
  return isOneDay(named)
    ? {
        from: named.from,
        to: latest(
          found.map(({ to }) => to),
          named.from,
        ),
      }
    : named;
};

const isOneDay = ({ from, to }: Days): boolean => compareDays(from, to) === 0;
const latest = (days: readonly Day[], least: Day): Day =>
  days.reduce((last, day) => (compareDays(day, last) > 0 ? day : last), least);

const daysMeant = (spans: readonly Days[], today: Day): Days | Refusal<EndRule> => {
  const running = spans.filter((span) => contains(span, today));
  if (running.length > 0)
    return {
      from: today,
      to: latest(
        running.map(({ to }) => to),
        today,
      ),
    };
  const ahead = spans.filter(({ from }) => compareDays(from, today) > 0);
  const [only] = ahead;
  if (!only) return refuse('none');
  return ahead.length === 1 ? { from: only.from, to: only.to } : refuse('several', { count: ahead.length });
};
