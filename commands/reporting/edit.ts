import { z } from 'zod';
import { atHome, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { compareDays, type Day, workdaysBetween } from '../../src/domain/calendar.ts';
import { leadingDay } from '../../src/domain/dates.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { narrow, visible } from '../../src/domain/visible.ts';
import { UserError } from '../../src/errors.ts';
import { dayName } from '../../src/wording/day.ts';
import { freeDay } from '../../src/wording/free-day.ts';
import { filedReply, itemsIn } from '../../src/wording/report.ts';
import { numbersFor } from '../../src/wording/requests.ts';

/** `/改 走访4户企业` replaces what the day has; `/改 11-20 …` an earlier day's. Whether it was on time does not change. */
export const edit = defineCommand({
  name: '改',
  aliases: ['edit'],
  help: { line: 'help.edit', examples: 'help.edit.examples' },
  args: z.string(),

  async run(body, context) {
    const { message, me, reports, cause, today, calendar, t } = context;
    const { unit } = atHome(context);
    const { day, said } = dayMeant(body, context);
    const reach = settingsOf(unit).lateWorkdays;
    if (workdaysBetween(day, today, calendar) > reach) {
      throw new UserError('late.too-far', { day: dayName(day, today, t), reach });
    }
    if (visible(said.slice(0, MOST_TYPED)) === '') throw new UserError('edit.empty');
    const items = itemsIn(said, () => new UserError('edit.empty'));
    const direct = message.chat.kind === 'direct';
    const asked = items.some(({ kind }) => kind === 'help') ? await reports.open(unit.id, me) : [];
    const filed = await reports.replace({ unit: unit.id, day, onTime: true, items, listCarried: direct }, cause);
    if ('refused' in filed) throw new UserError('edit.nothing-filed', { day: dayName(day, today, t) });
    const was = (index: number) =>
      asked.find((item) => item.kind === 'help' && item.day.equals(day) && item.text === items[index]?.text);
    const help = await numbersFor(filed, { unit, member: me, was }, context);
    const free = await freeDay(filed, unit, context);
    return filedReply({ filed, items, help, free, today, calendar, direct, joined: null, rewritten: true, t });
  },
});

/** An earlier day, or one that is written in numbers; else all of it is the report: 明天陪同督查, 周三例会 on a Wednesday. */
const dayMeant = (body: string, { today, t }: CommandContext): { readonly day: Day; readonly said: string } => {
  const spoken = leadingDay(body, today, 'past');
  if ('problem' in spoken) {
    if (spoken.problem === 'no-such-date') throw new UserError('edit.no-such-date');
    return { day: today, said: body };
  }
  const { day, rest } = spoken;
  const isInNumbers = /^\d/.test(narrow(body.slice(0, MOST_TYPED)).trim());
  if (compareDays(day, today) >= 0 && !isInNumbers) return { day: today, said: body };
  if (compareDays(day, today) > 0) throw new UserError('edit.future', { day: dayName(day, today, t) });
  return { day, said: rest };
};
