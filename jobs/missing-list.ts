import { previousWorkday, timesBetween } from '../src/domain/calendar.ts';
import { coordinatorsOf } from '../src/domain/offices.ts';
import { standingOn } from '../src/domain/owing.ts';
import type { Job } from '../src/job.ts';
import { directChat, text } from '../src/message.ts';
import { dayName } from '../src/wording/day.ts';
import { rollOf, rollReply } from '../src/wording/missing.ts';

/**
 * On workdays at the digest's hour: tells the unit's own coordinators, and nobody else, who was missing the last
 * workday.
 */
export const missingList: Job = {
  name: 'missing-list',
  // Useful all morning; in the afternoon /未报 says it, and most have filed late by then.
  catchUpMinutes: 240,
  expiresMinutes: 540,
  delivery: 'atLeastOnce',

  due: ({ settings, calendar }, from, to) =>
    settings.cadence === 'daily'
      ? timesBetween(settings.digestAt, from, to).filter((at) => calendar.isWorkday(at.toPlainDate()))
      : [],

  async run({ unit, settings, calendar, now, directory, reports, t }) {
    const today = now.toPlainDate();
    const day = previousWorkday(today, calendar);
    const coordinators = coordinatorsOf(await directory.officers(), unit.id).filter(({ unreachable }) => !unreachable);
    if (coordinators.length === 0) return [];

    const [members, period] = await Promise.all([directory.membersOf(unit.id), reports.period(unit.id, day, day)]);
    const { deadline } = settings;
    const reckoning = { calendar, deadline, now: now.toPlainDateTime() };
    const roll = rollOf(members, period, (facts) => standingOn(day, facts, reckoning));
    if (roll.every(({ standing }) => standing !== 'missing')) return [];

    const said = rollReply(roll, { unit: unit.name, when: dayName(day, today, t), deadline }, t);
    const reply = [...said, ...text(t('missing.hint', { reach: settings.lateWorkdays }))];
    return coordinators.map(({ id }) => ({ chat: directChat(id), reply }));
  },
};
