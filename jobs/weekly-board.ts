import { comparedWith, rankedOf, ruleFor } from '../src/domain/board.ts';
import { isFirstWorkdayOfWeek, timesBetween } from '../src/domain/calendar.ts';
import { labelled } from '../src/domain/organisation.ts';
import { weekPeriod } from '../src/domain/period.ts';
import { weekBefore, weekOf } from '../src/domain/weeks.ts';
import type { Job } from '../src/job.ts';
import { chatOf } from '../src/message.ts';
import { boardReply } from '../src/wording/board.ts';
import { readBoard } from '../src/wording/read-board.ts';

/**
 * On the first workday of the week: ranks the unit among its sisters for the last week, in its groups; the top five
 * alone.
 */
export const weeklyBoard: Job = {
  name: 'weekly-board',
  // It is about a whole week: any hour of its day will do, but not the next day.
  catchUpMinutes: 510,
  expiresMinutes: 540,
  // A ranking that stands twice in a group looks like two; one that is missing is asked for with /榜.
  delivery: 'atMostOnce',

  due: (plan, from, to) =>
    plan.unit.chats.length === 0 || plan.settings.boardAt === 'off'
      ? []
      : timesBetween(plan.settings.boardAt, from, to).filter((at) =>
          isFirstWorkdayOfWeek(at.toPlainDate(), plan.calendar),
        ),

  async run({ unit, directory, boards, calendar, now, t }) {
    const units = await directory.units();
    const compared = comparedWith(units, unit);
    const rule = ruleFor(units, compared);
    const last = weekPeriod(weekBefore(weekOf(now.toPlainDate()), calendar));
    const board = await readBoard(labelled(units, compared), last, rule, { boards, calendar, now });
    if (rankedOf(board.rows).length === 0) return [];
    const reply = boardReply(board, { view: 'group', own: unit.id, today: now.toPlainDate(), calendar, t });
    return unit.chats.map((chat) => ({ chat: chatOf(chat), reply }));
  },
};
