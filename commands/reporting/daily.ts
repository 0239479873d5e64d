import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/command.ts';
import { minuteOfDay } from '../../src/domain/local-time.ts';
import { joining, newcomer, type Unit } from '../../src/domain/organisation.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { UserError } from '../../src/errors.ts';
import { dayName } from '../../src/wording/day.ts';
import { freeDay } from '../../src/wording/free-day.ts';
import { filedReply, itemsIn } from '../../src/wording/report.ts';
import { numbersFor } from '../../src/wording/requests.ts';

/** `/日清 走访3户企业；未清：园区征地协议，等县局批复` adds to the day on which it was sent. */
export const daily = defineCommand({
  name: '日清',
  aliases: ['rq', 'daily'],
  help: { line: 'help.daily', examples: 'help.daily.examples' },
  args: z.string(),

  async run(body, context) {
    const { message, me, reports, cause, today, minute, calendar, t } = context;
    if (asking.has(body)) throw new UserError('daily.empty');
    const items = itemsIn(body);
    const { unit, joined } = await unitToFileIn(context);
    const direct = message.chat.kind === 'direct';
    // The deadline's own minute is still on time.
    const onTime = minute <= minuteOfDay(settingsOf(unit).deadline);
    const filed = await reports.file({ unit: unit.id, day: today, onTime, items, listCarried: direct }, cause);
    const isNew = joined && filed.first;
    const help = await numbersFor(filed, { unit, member: me }, context);
    const free = await freeDay(filed, unit, context);
    return filedReply({ filed, items, help, free, today, calendar, direct, joined: isNew ? unit.name : null, t });
  },
});

// Who asks how to file has filed nothing.
const asking = new Set(['帮助', '怎么用', '怎么写', '怎么填', '例子', '示例', '格式', '-h', '--help']);

/** The home unit. Whoever files first in a bound group becomes a member of its unit, and owes from the next workday. */
const unitToFileIn = async (context: CommandContext): Promise<{ readonly unit: Unit; readonly joined: boolean }> => {
  const { me, member, unit, chatUnit, message, today, directory, cause, t } = context;
  // The same message may come again after it made its sender a member, and is answered in the same words.
  if (unit) return { unit, joined: member?.since?.equals(today) === true };
  if (!chatUnit) throw new UserError(message.chat.kind === 'group' ? 'chat.unbound' : 'unit.none');
  await directory.change(
    'join',
    [me],
    (now) => {
      const known = now.member(me) ?? newcomer(me, message.sender.name ?? null);
      if (known.left) throw new UserError('unit.left', { day: dayName(known.left, today, t), unit: chatUnit.name });
      return { members: [joining(known, chatUnit.id, today)], facts: chatUnit.id };
    },
    // The report itself is the unit's change under the message's own id.
    { ...cause, message: `${cause.message}\njoin` },
  );
  return { unit: chatUnit, joined: true };
};
