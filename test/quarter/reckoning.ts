/**
 * Who owed what on each day, and what may have been posted to whom: worked out from the story alone, day by day, in the
 * plainest way. The rules are those of the handbook, written here a second time; nothing of the product is used.
 */
import {
  after,
  daysFrom,
  FIRST,
  isFirstWorkday,
  isLastWorkday,
  isWorkday,
  LAST,
  lastWorkdayOf,
  mondayOf,
  workdayBefore,
} from './days.ts';
import {
  asksFor,
  coordinators,
  duties,
  isIn,
  leaders,
  type Moment,
  news,
  type Office,
  paceOf,
  reminders,
  type Stay,
  type Story,
  stays,
  type UnitName,
  units,
} from './story.ts';

const unitNames = Object.keys(units) as UnitName[];
const MOST_PRIVATE = 3;
/** Fewer reports than this rank no unit. */
const LEAST_RANKED = 15;

/** free: nobody asked, or not yet. */
type Standing = 'free' | 'onTime' | 'late' | 'leave' | 'missing' | 'pending';

/** A unit's reports as `/未报` tells of them; null where none are asked for. */
export type Roll = {
  readonly expected: number;
  readonly filed: number;
  readonly late: number;
  readonly missing: readonly string[];
  readonly pending: readonly string[];
  readonly leave: readonly string[];
};

export const reckoningOf = (story: Story) => {
  const { filed, weeks, leave, copied } = story;
  const membersOf = (unit: UnitName, now: Moment): readonly Stay[] =>
    stays.filter((one) => one.unit === unit && isIn(one, now.slice(0, 10)) && hasJoined(one, now));
  const hasJoined = ({ since }: Stay, now: Moment) => since === '2026-08-31' || `${since} 10:05` <= now;
  const holders = (offices: readonly Office[], unit: UnitName, now: Moment) =>
    offices.filter((one) => one.unit === unit && one.from < now && now <= one.to).map(({ person }) => person);

  /** What has become, by `now`, of a report that is due on `due` and was filed at `at`. */
  const standing = (one: Stay, due: string, at: Moment | undefined, now: Moment): Standing => {
    const known = at !== undefined && at <= now ? at : undefined;
    if (due <= one.since) return 'free';
    if (known !== undefined && known <= `${due} 20:00`) return 'onTime';
    const isAway = leave.some(
      ({ person, from, to, told, back }) =>
        person === one.person &&
        from <= due &&
        due <= to &&
        told <= now &&
        !(back && back.from <= due && back.told <= now),
    );
    if (isAway) return 'leave';
    if (known !== undefined) return 'late';
    return now > `${due} 20:00` ? 'missing' : 'pending';
  };
  const isOnDuty = ({ person }: Stay, day: string) => duties.has(`${person} ${day}`) && !isWorkday(day);
  const daily = (one: Stay, day: string, now: Moment): Standing =>
    asksFor(one.unit, day) || isOnDuty(one, day) ? standing(one, day, filed.get(`${one.person} ${day}`), now) : 'free';
  const weekly = (one: Stay, monday: string, now: Moment): Standing =>
    standing(one, lastWorkdayOf(monday), weeks.get(`${one.person} ${monday}`), now);

  /** What the unit's cadence asks of somebody for `day`. */
  const owed = (one: Stay, day: string, now: Moment): Standing => {
    if (paceOf(one.unit, day) !== 'weekly') return daily(one, day, now);
    return isLastWorkday(day) ? weekly(one, mondayOf(day), now) : 'free';
  };

  const rollOf = (unit: UnitName, day: string, now: Moment): Roll | null => {
    const isWeekly = paceOf(unit, day) === 'weekly';
    const isAsked = isWeekly || asksFor(unit, day);
    if (!isAsked && !membersOf(unit, now).some((one) => isOnDuty(one, day))) return null;
    const all = membersOf(unit, now).map((one) => ({
      name: one.person,
      standing: isWeekly ? weekly(one, mondayOf(day), now) : daily(one, day, now),
    }));
    const names = (...wanted: Standing[]) =>
      all
        .filter((one) => wanted.includes(one.standing))
        .map(({ name }) => name)
        .sort();
    return {
      expected: names('onTime', 'late', 'missing', 'pending').length,
      filed: names('onTime', 'late').length,
      late: names('late').length,
      missing: names('missing'),
      pending: names('pending'),
      leave: names('leave'),
    };
  };

  /** Whether there is anything to say to a leader of `unit` of these days. */
  const hasNews = (unit: UnitName, days: readonly string[], now: Moment): boolean =>
    membersOf(unit, now).some((one) =>
      days.some((day) => owed(one, day, now) !== 'free' || (filed.get(`${one.person} ${day}`) ?? '9999') <= now),
    );

  /** Each who owes at the unit's hour, or at the person's own. */
  const nudges = (unit: UnitName, day: string, post: (time: string, person: string) => void) => {
    for (const one of membersOf(unit, `${day} 15:00`)) {
      const own = reminders.findLast(({ person, told }) => person === one.person && told <= `${day} 15:00`);
      const time = own ? own.at : '17:00';
      if (time !== null && daily(one, day, `${day} ${time}`) === 'pending') post(time, one.person);
    }
  };

  let heldBack = 0;
  /** `day time job @person`, or `#unit` for its group; with the names that it tells. In order. */
  const posts = (): readonly string[] => {
    const all: string[] = [];
    for (const day of daysFrom(FIRST, LAST).filter(isWorkday)) {
      const before = workdayBefore(day);
      const mine: { at: Moment; job: string; to: string; names: readonly string[] }[] = [];
      const post = (time: string, job: string, to: string, names: readonly string[] = []) =>
        mine.push({ at: `${day} ${time}`, job, to, names });

      const morning = `${day} 09:00`;
      const [job, span] = isFirstWorkday(day)
        ? (['weekly-digest', daysFrom(mondayOf(before), after(mondayOf(before), 6))] as const)
        : (['daily-digest', [before]] as const);
      const told = new Set<string>();
      for (const unit of unitNames) {
        for (const leader of holders(leaders, unit, morning)) {
          const reach = unitNames.filter((other) => holders(leaders, other, morning).includes(leader));
          if (!told.has(leader) && reach.some((each) => hasNews(each, span, morning))) post('09:00', job, `@${leader}`);
          told.add(leader);
        }
      }
      for (const unit of unitNames) {
        // The last workday, and the days off since, on which somebody was on duty: the first with a name is read here.
        const asked = daysFrom(before, after(day, -1)).filter((each) => !isWorkday(each) || asksFor(unit, each));
        const missing = asked.map((each) => rollOf(unit, each, morning)?.missing ?? []).find((each) => each.length > 0);
        if (!missing || paceOf(unit, before) === 'weekly') continue;
        for (const coordinator of holders(coordinators, unit, morning))
          post('09:00', 'missing-list', `@${coordinator}`, missing);
      }

      // The account of a month that had a message; the bot was set up on the last day of August.
      const month = daysFrom(`${day.slice(0, 8)}01`, day).filter(isWorkday);
      if (month.length === 2 && !day.startsWith('2026-09')) post('09:00', 'burden-report', '@管理员');

      // Lists of September would be drafted, were there a reviewer: the administrator is told, once.
      if (day === '2026-10-08') post('09:00', 'list-draft', '@管理员');

      const half = `${day} 09:30`;
      const ranked = unitNames.filter((unit) => {
        const dues = membersOf(unit, half).flatMap((one) =>
          daysFrom(mondayOf(before), after(mondayOf(before), 6)).map((each) => owed(one, each, half)),
        );
        return dues.filter((each) => ['onTime', 'late', 'missing'].includes(each)).length >= LEAST_RANKED;
      });
      if (isFirstWorkday(day) && ranked.length > 0)
        for (const unit of unitNames) post('09:30', 'weekly-board', `#${unit}`);

      for (const unit of unitNames) {
        for (const one of membersOf(unit, `${day} 10:00`)) {
          if (copied.has(`${one.person} ${before}`)) post('10:00', 'copy-check', `@${one.person}`);
        }
        for (const one of membersOf(unit, `${day} 15:00`)) {
          const isAsked = isLastWorkday(day) && paceOf(unit, day) !== 'exception';
          const isOpen = ['pending', 'missing'].includes(weekly(one, mondayOf(day), `${day} 15:00`));
          if (isAsked && isOpen) post('15:00', 'weekly-draft', `@${one.person}`);
        }
        nudges(unit, day, (time, person) => post(time, 'nudge', `@${person}`));
      }
      for (const line of news.filter((each) => each.startsWith(day))) {
        const [, time = '', what = '', to = ''] = line.split(' ');
        post(time, what, to);
      }
      const going = withinBudget(mine);
      heldBack += mine.length - going.length;
      all.push(...going.map(({ at, job, to, names }) => [at, job, to, ...names].join(' ')));
    }
    // On a day off who is on duty is reminded, and nobody else.
    for (const day of daysFrom(FIRST, LAST).filter((each) => !isWorkday(each)))
      for (const unit of unitNames) nudges(unit, day, (time, person) => all.push(`${day} ${time} nudge @${person}`));
    return all.sort();
  };

  return {
    rollOf,
    posts: posts(),
    /** How many posts were beyond a day's budget. */
    heldBack,
  };
};

/** A fourth private message of the day would wait for the next morning, and then be too late for what it is about. */
const withinBudget = <Post extends { readonly at: Moment; readonly to: string }>(mine: readonly Post[]): Post[] => {
  const counts = new Map<string, number>();
  return mine
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .filter(({ to }) => {
      counts.set(to, (counts.get(to) ?? 0) + 1);
      return to.startsWith('#') || (counts.get(to) ?? 0) <= MOST_PRIVATE;
    });
};
