import type { Absences } from '../domain/leave-request.ts';
import type { Cause, ReportStore, Seat } from '../ports.ts';

/** One member's leave, duty and requests as they stand. Changes nothing. */
export const absencesAt = async (
  { unit, member }: Seat,
  { reports, cause }: { readonly reports: Pick<ReportStore, 'absences'>; readonly cause: Cause },
): Promise<Absences> => {
  let found: Absences = { leave: [], duty: new Set(), requests: [] };
  const look = { ...cause, message: `${cause.message}\nlook` };
  const keep = (now: Absences) => {
    found = now;
    return { facts: null };
  };
  await reports.absences(unit, member, 'look', keep, look);
  return found;
};
