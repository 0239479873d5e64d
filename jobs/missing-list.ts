import { cadenceOn, countsDays } from '../src/domain/cadence.ts';
import { daysOf, previousWorkday, timesBetween } from '../src/domain/calendar.ts';
import { missingOn } from '../src/domain/missing.ts';
import { coordinatorsOf } from '../src/domain/offices.ts';
import { reckoningOf, standingOn } from '../src/domain/owing.ts';
import type { Job } from '../src/job.ts';
import { directChat, text } from '../src/message.ts';
import { dayName } from '../src/wording/day.ts';
import { rollOf, rollReply } from '../src/wording/missing.ts';

/**
 * On workdays at the digest's hour: tells the unit's own coordinators, and nobody else, who was missing the last
 * workday, or on duty since then.
 */
export const missingList: Job = {
  name: 'missing-list',
  readsOnly: true,
  // Useful all morning; in the afternoon /未报 says it, and most have filed late by then.
  catchUpMinutes: 240,
  expiresMinutes: 540,
  delivery: 'atLeastOnce',

  due: ({ unit, settings, calendar }, from, to) =>
    timesBetween(settings.digestAt, from, to).filter((at) => {
      const today = at.toPlainDate();
      // Who has just gone over to weekly reports is not chased for the last daily one.
      const days = [previousWorkday(today, calendar), today];
      return calendar.isWorkday(today) && days.every((day) => countsDays(cadenceOn(unit, day)));
    }),

  async run({ unit, settings, calendar, now, directory, reports, t }) {
    const today = now.toPlainDate();
    const first = previousWorkday(today, calendar);
    const last = today.subtract({ days: 1 });
    const coordinators = coordinatorsOf(await directory.officers(), unit.id).filter(({ unreachable }) => !unreachable);
    if (coordinators.length === 0) return [];

    const reckoning = reckoningOf(unit, calendar, now.toPlainDateTime());
    const members = await directory.membersOf(unit.id);
    const missing = daysOf(first, last).map(async (day) =>
      missingOn(day, members, await reports.filedOn(unit.id, day), reckoning),
    );
    // Where nobody is missing there is no need to read all that the unit has.
    if ((await Promise.all(missing)).every((people) => people.length === 0)) return [];

    const period = await reports.period(unit.id, first, last);
    const { deadline } = settings;
    const said = daysOf(first, last).flatMap((day) => {
      const roll = rollOf(members, period, (facts) => standingOn(day, facts, reckoning));
      if (roll.every(({ standing }) => standing !== 'missing')) return [];
      return rollReply(roll, { unit: unit.name, when: dayName(day, today, t), deadline }, t);
    });
    if (said.length === 0) return [];
    const reply = [...said, ...text(t('missing.hint', { reach: settings.lateWorkdays }))];
    return coordinators.map(({ id }) => ({ chat: directChat(id), reply }));
  },
};
