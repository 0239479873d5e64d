import { z } from 'zod';
import { atHome, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { cadenceOn, countsDays } from '../../src/domain/cadence.ts';
import { cleanName, echoed } from '../../src/domain/names.ts';
import { changeReminder, nudgesOf, type ReminderFacts, readReminder } from '../../src/domain/reminding.ts';
import { UserError } from '../../src/errors.ts';
import { type Reply, text } from '../../src/message.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';

/** `/提醒 17:30`: when one wants to be reminded of a report that is owed; `/提醒 关` never; `/提醒 默认` as the unit. */
export const remind = defineCommand({
  name: '提醒',
  aliases: ['remind'],
  help: { line: 'help.remind', examples: 'help.remind.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  async run(typed, context) {
    const { me, directory, cause, t } = context;
    const { member, unit } = atHome(context);
    if (typed === '') {
      return said('remind.now', { own: member.nudgeAt ?? null, times: nudgesOf(member, unit) }, context);
    }
    const wanted = readReminder(typed);
    if (wanted === 'unreadable') throw new UserError('remind.unreadable', { value: echoed(typed) });
    const facts = await directory.change(
      'remind',
      [me],
      (now) => {
        const home = now.units.find(({ id }) => id === unit.id);
        const known = now.member(me);
        if (!home || !known) throw new UserError('unit.none');
        return unlessRefused(changeReminder(known, home, wanted.at), () => 'remind.range', t);
      },
      cause,
    );
    return said('remind.changed', facts, context);
  },
});

/** When one is reminded; and that nobody is where the unit does not report by the day. */
const said = (key: 'remind.now' | 'remind.changed', { own, times }: ReminderFacts, context: CommandContext): Reply => {
  const { today, t } = context;
  const { unit } = atHome(context);
  const whose = own === 'off' ? 'never' : times.length === 0 ? 'nobody' : own === times[0] ? 'own' : 'unit';
  const line = t(key, { whose, times: times.join(t('list.and')) });
  return text(countsDays(cadenceOn(unit, today)) ? line : line + t('remind.no-days'));
};
