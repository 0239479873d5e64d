import { z } from 'zod';
import { atHome, defineCommand } from '../../src/command.ts';
import { compareDays, workdaysBetween } from '../../src/domain/calendar.ts';
import { leadingDay, leadingSpan } from '../../src/domain/dates.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { UserError } from '../../src/errors.ts';
import { dayName } from '../../src/wording/day.ts';
import { freeDay } from '../../src/wording/free-day.ts';
import { filedReply, itemsIn } from '../../src/wording/report.ts';
import { numbersFor } from '../../src/wording/requests.ts';

/** `/补报 11-20 走访3户企业` files for an earlier day, as far back as the unit allows. It counts as filed, not as on time. */
export const late = defineCommand({
  name: '补报',
  aliases: ['late'],
  help: { line: 'help.late', examples: 'help.late.examples' },
  args: z.string(),

  async run(body, context) {
    const { message, me, reports, cause, today, calendar, t } = context;
    const { unit } = atHome(context);
    const spoken = leadingDay(body, today, 'past');
    if ('problem' in spoken) throw new UserError(`late.${spoken.problem}`);
    const { day, rest } = spoken;
    if (compareDays(day, today) > 0) throw new UserError('late.future', { day: dayName(day, today, t) });
    if (compareDays(day, today) === 0) throw new UserError('late.today');
    const reach = settingsOf(unit).lateWorkdays;
    if (workdaysBetween(day, today, calendar) > reach) {
      throw new UserError('late.too-far', { day: dayName(day, today, t), reach });
    }
    const typed = `${day.month}-${day.day}`;
    const empty = () => new UserError('late.empty', { day: dayName(day, today, t), typed });
    if (rest === '') throw empty();
    const span = leadingSpan(body, today, 'past');
    if ('problem' in span ? span.problem !== 'no-date' : compareDays(span.to, day) !== 0) {
      throw new UserError('late.one-day', { typed });
    }
    const items = itemsIn(rest, empty);
    const direct = message.chat.kind === 'direct';
    const filed = await reports.file({ unit: unit.id, day, onTime: false, items, listCarried: direct }, cause);
    const help = await numbersFor(filed, { unit, member: me }, context);
    const free = await freeDay(filed, unit, context);
    return filedReply({ filed, items, help, free, today, calendar, direct, joined: null, t });
  },
});
