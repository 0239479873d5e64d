import { timesBetween } from '../src/domain/calendar.ts';
import { monthWorkday } from '../src/domain/list-dates.ts';
import { holds } from '../src/domain/roles.ts';
import type { Job } from '../src/job.ts';
import { directChat } from '../src/message.ts';
import { burdenReply } from '../src/wording/burden.ts';
import { readBurden } from '../src/wording/read-burden.ts';

const TOLD_AT = '09:00';

/**
 * On the second workday of a month: tells the administrators what the bot itself has cost in the month before, and what
 * it proposes to switch off. Counts alone.
 */
export const burdenReport: Job = {
  name: 'burden-report',
  // About a whole month: any day of the next two weeks will do.
  catchUpMinutes: 14 * 24 * 60,
  expiresMinutes: 15 * 24 * 60,
  delivery: 'atLeastOnce',

  due: ({ unit, calendar }, from, to) =>
    unit.parent !== null
      ? []
      : timesBetween(TOLD_AT, from, to).filter((at) =>
          monthWorkday(at.toPlainDate(), 2, calendar).equals(at.toPlainDate()),
        ),

  async run({ unit, at, now, directory, reports, burden, calendar, t }) {
    const [officers, units] = await Promise.all([directory.officers(), directory.units()]);
    // Several trees have one organisation: the first of them speaks for all.
    if (units.find(({ parent }) => parent === null)?.id !== unit.id) return [];
    const admins = officers.filter((one) => holds(one, 'admin', null) && !one.unreachable);
    if (admins.length === 0) return [];
    const month = at.toPlainDate().with({ day: 1 }).subtract({ days: 1 });
    const found = await readBurden(month, { burden, directory, reports, calendar, now });
    // Who has cost nobody anything has nothing to account for.
    if (found.people.messages + found.groups.messages === 0) return [];
    const reply = burdenReply(found, { month, units, now: now.epochMilliseconds }, t);
    return admins.map(({ id }) => ({ chat: directChat(id), reply }));
  },
};
