import { z } from 'zod';
import { atHome, defineCommand } from '../../src/command.ts';
import { compareDays, workdaysBetween } from '../../src/domain/calendar.ts';
import { leadingDay } from '../../src/domain/dates.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { UserError } from '../../src/errors.ts';
import { dayName } from '../../src/wording/day.ts';
import { filedReply, itemsIn } from '../../src/wording/report.ts';

/** `/改 走访4户企业` replaces what the day has; `/改 11-20 …` an earlier day's. Whether it was on time does not change. */
export const edit = defineCommand({
  name: '改',
  aliases: ['edit'],
  help: { line: 'help.edit', examples: 'help.edit.examples' },
  args: z.string(),

  async run(body, context) {
    const { message, reports, cause, today, calendar, t } = context;
    const { unit } = atHome(context);
    const spoken = leadingDay(body, today, 'past');
    // Without a day before it, or with a day that is not to come back to, all of it is the report.
    const earlier = 'day' in spoken && compareDays(spoken.day, today) < 0;
    const day = earlier ? spoken.day : today;
    const reach = settingsOf(unit).lateWorkdays;
    if (workdaysBetween(day, today, calendar) > reach) {
      throw new UserError('late.too-far', { day: dayName(day, today, t), reach });
    }
    const items = itemsIn(earlier ? spoken.rest : body);
    const direct = message.chat.kind === 'direct';
    const filed = await reports.replace({ unit: unit.id, day, onTime: true, items, listCarried: direct }, cause);
    if ('refused' in filed) throw new UserError('edit.nothing-filed', { day: dayName(day, today, t) });
    return filedReply({ filed, items, today, calendar, direct, joined: null, rewritten: true, t });
  },
});
