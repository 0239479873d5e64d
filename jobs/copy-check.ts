import { cadenceOn, countsDays } from '../src/domain/cadence.ts';
import { type Calendar, type Day, previousWorkday, timesBetween } from '../src/domain/calendar.ts';
import {
  likeOn,
  type Repeated,
  repeatedIn,
  type Search,
  searchFrom,
  searchOn,
  type ToldDay,
} from '../src/domain/repeating.ts';
import type { Job } from '../src/job.ts';
import { directChat } from '../src/message.ts';
import { repeatedReply } from '../src/wording/repeated.ts';

/** After the digest's usual hour and before noon: the day before can still be put right, and nobody is in a hurry. */
const COPY_AT = '10:00';
/** A day's search may lead to one before it, and that one's back again as far: more than this it never needs. */
const MOST_DAYS = 40;

/**
 * On workdays: whose last workday, or a day filled in late since yesterday's check, reads nearly like another one of
 * their own, or like a colleague's, is told so, in private, once. Nobody else learns of it, and nothing is counted or kept. It runs by the clock, so that filing costs
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
    const percent = settings.copyPercent;
    const days = [previousWorkday(today, calendar)];
    for (let n = 0; n < settings.lateWorkdays; n += 1) days.push(previousWorkday(days.at(-1) ?? today, calendar));
    const until = now.epochMilliseconds;
    const checked = (days[0] ?? today).toZonedDateTime({ timeZone: now.timeZoneId, plainTime: COPY_AT });
    const read = new Map<string, Promise<ToldDay>>();
    const toldOn = (day: Day) => {
      const known = read.get(day.toString()) ?? reports.told(unit.id, day);
      read.set(day.toString(), known);
      return known;
    };

    /** The newest day of each that repeats another: one hint is enough. */
    const repeated = new Map<string, Repeated & { readonly day: Day }>();
    for (const [n, day] of days.entries()) {
      const begun = searchFrom(
        await toldOn(day),
        percent,
        n === 0 ? { until } : { since: checked.epochMilliseconds, until },
      );
      if (begun.suspects.length === 0) continue;
      const found = [...(await before(begun, { day, percent, calendar, toldOn }))];
      for (const later of days.slice(0, n)) found.push(...likeOn(begun, later, await toldOn(later), percent));
      for (const one of found) if (!repeated.has(one.member)) repeated.set(one.member, { ...one, day });
    }

    const members = repeated.size === 0 ? [] : await directory.membersOf(unit.id);
    return members.flatMap(({ id, unreachable }) => {
      const one = repeated.get(id);
      return one && !unreachable ? [{ chat: directChat(id), reply: repeatedReply(one, one.day, today, t) }] : [];
    });
  },
};

type From = {
  readonly day: Day;
  readonly percent: number;
  readonly calendar: Calendar;
  toldOn(day: Day): Promise<ToldDay>;
};

/** Who repeats an earlier day, or a colleague's of the same one. */
const before = async (begun: Search, { day, percent, calendar, toldOn }: From): Promise<readonly Repeated[]> => {
  let search = begun;
  let earlier = day;
  for (let n = 0; n < MOST_DAYS && search.suspects.length > 0; n += 1) {
    earlier = previousWorkday(earlier, calendar);
    search = searchOn(search, earlier, await toldOn(earlier), percent);
  }
  return repeatedIn(search);
};
