import type { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../domain/calendar.ts';
import { settingsOf } from '../domain/settings.ts';
import type { Job } from '../job.ts';
import type { Directory, Post, ReportStore } from '../ports.ts';

type Deps = {
  readonly jobs: readonly Job[];
  readonly directory: Directory;
  readonly reports: ReportStore;
  readonly calendar: Calendar;
  /** The organisation's time zone, a name such as Asia/Shanghai. */
  readonly zone: string;
};

/** Whether what the post asks for has been done since it was made: its job is asked. */
export const mootIn =
  ({ jobs, directory, reports, calendar, zone }: Deps) =>
  async ({ source, chat }: Post, now: Temporal.Instant): Promise<boolean> => {
    const job = jobs.find(({ name }) => name === source?.job);
    const unit = source && job?.isMoot ? await directory.unit(source.unit) : null;
    if (!unit || !job?.isMoot) return false;
    const plan = { unit, settings: settingsOf(unit), calendar, now: now.toZonedDateTimeISO(zone) };
    return job.isMoot(chat, { ...plan, directory, reports });
  };
