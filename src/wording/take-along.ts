import { compareDays, type Day } from '../domain/calendar.ts';
import type { Cause, ReportStore, Seat } from '../ports.ts';

/**
 * Leave and open items lie with the unit. Who moves keeps what is still ahead of him and what is still open; told
 * again, nothing is entered twice.
 */
export const takeAlong = async (
  from: Seat,
  to: Seat,
  { reports, cause, today }: { readonly reports: ReportStore; readonly cause: Cause; readonly today: Day },
): Promise<void> => {
  const { leave } = await reports.period(from.unit, today, today);
  const ahead = (leave.get(from.member) ?? []).filter((span) => compareDays(span.to, today) >= 0);
  for (const span of ahead) {
    const message = `${cause.message}\nleave ${span.from}/${span.to}/${span.part}`;
    await reports.leave(to.unit, to.member, span, { ...cause, message });
  }
  await reports.carry(from, to, cause);
};
