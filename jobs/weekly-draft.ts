import { asksAtAll, cadenceOn } from '../src/domain/cadence.ts';
import { isLastWorkdayOfWeek, timesBetween } from '../src/domain/calendar.ts';
import { factsOf, reckoningOf, weekStanding } from '../src/domain/owing.ts';
import { weekOf } from '../src/domain/weeks.ts';
import type { Job } from '../src/job.ts';
import { directChat } from '../src/message.ts';
import { dayName } from '../src/wording/day.ts';
import { itemsOf } from '../src/wording/read-week.ts';
import { draftReply, weekDraft } from '../src/wording/week-draft.ts';

/**
 * On the last workday of the week: brings each person the week's summary, drafted from the days, to be confirmed with
 * one tap.
 */
export const weeklyDraft: Job = {
  name: 'weekly-draft',
  readsOnly: true,
  // Until 18:00 there is time to read it before quiet hours; after that /周结 shows the same draft.
  catchUpMinutes: 180,
  expiresMinutes: 210,
  delivery: 'atLeastOnce',

  due: ({ unit, settings, calendar }, from, to) =>
    timesBetween(settings.draftAt, from, to).filter((at) => {
      const day = at.toPlainDate();
      return isLastWorkdayOfWeek(day, calendar) && asksAtAll(cadenceOn(unit, day));
    }),

  async run({ unit, calendar, now, directory, reports, t }) {
    const today = now.toPlainDate();
    const week = weekOf(today);
    const [members, period] = await Promise.all([
      directory.membersOf(unit.id),
      reports.period(unit.id, week.from, week.to),
    ]);
    const reckoning = reckoningOf(unit, calendar, now.toPlainDateTime());
    const ends = { from: dayName(week.from, today, t), to: dayName(week.to, today, t) };

    const posts = members.map(async (member) => {
      const facts = factsOf(member, period);
      const standing = weekStanding(week.from, facts, reckoning);
      if (member.unreachable || standing === 'onTime' || standing === 'leave') return [];
      const draft = weekDraft(await itemsOf(period, member, reports), t);
      // Somebody new owes no week yet, but may have one to tell of.
      if (draft === '' && standing === 'joining') return [];
      return [{ chat: directChat(member.id), reply: draftReply(draft, ends, t) }];
    });
    return (await Promise.all(posts)).flat();
  },
};
