import { cadenceOn, countsDays } from '../src/domain/cadence.ts';
import { previousWorkday, timesBetween } from '../src/domain/calendar.ts';
import { repeatedIn, searchFrom, searchOn } from '../src/domain/repeating.ts';
import type { Job } from '../src/job.ts';
import { directChat } from '../src/message.ts';
import { repeatedReply } from '../src/wording/repeated.ts';

/** After the digest's usual hour and before noon: the day before can still be put right, and nobody is in a hurry. */
const COPY_AT = '10:00';
/** A day's search may lead to one before it, and that one's back again as far: more than this it never needs. */
const MOST_DAYS = 40;

/**
 * On workdays: whose last workday reads nearly like an earlier one of their own, or like a colleague's, is told so, in
 * private, once. Nobody else learns of it, and nothing is counted or kept. It runs by the clock, so that filing costs
 * nothing more.
 */
export const copyCheck: Job = {
  name: 'copy-check',
  readsOnly: true,
  catchUpMinutes: 300,
  expiresMinutes: 480,
  // A hint that comes twice is a reproach; one that is lost does no harm.
  delivery: 'atMostOnce',

  due: ({ unit, settings, calendar }, from, to) =>
    settings.copyPercent === 0
      ? []
      : timesBetween(COPY_AT, from, to).filter((at) => {
          const today = at.toPlainDate();
          return calendar.isWorkday(today) && countsDays(cadenceOn(unit, previousWorkday(today, calendar)));
        }),

  async run({ unit, settings, calendar, now, directory, reports, t }) {
    const today = now.toPlainDate();
    const day = previousWorkday(today, calendar);
    const percent = settings.copyPercent;
    let search = searchFrom(await reports.told(unit.id, day), percent);
    let earlier = day;
    for (let n = 0; n < MOST_DAYS && search.suspects.length > 0; n += 1) {
      earlier = previousWorkday(earlier, calendar);
      search = searchOn(search, earlier, await reports.told(unit.id, earlier), percent);
    }
    const repeated = new Map(repeatedIn(search).map((one) => [one.member, one]));
    const members = repeated.size === 0 ? [] : await directory.membersOf(unit.id);
    return members.flatMap(({ id, unreachable }) => {
      const one = repeated.get(id);
      return one && !unreachable ? [{ chat: directChat(id), reply: repeatedReply(one, day, today, t) }] : [];
    });
  },
};
