import { z } from 'zod';
import { atHome, defineCommand } from '../../src/command.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { UserError } from '../../src/errors.ts';
import { text } from '../../src/message.ts';
import { dayName } from '../../src/wording/day.ts';

const Undone = z.enum(['report', 'late', 'replace', 'clear', 'week', 'leave', 'ask-leave', 'back']);

/** `/撤回` takes one's own last action back, for as many minutes as the unit allows. */
export const undo = defineCommand({
  name: '撤回',
  aliases: ['undo'],
  help: { line: 'help.undo', examples: 'help.undo.examples' },
  args: z.string(),

  async run(_, context) {
    const { reports, cause, now, today, t } = context;
    const { unit } = atHome(context);
    const minutes = settingsOf(unit).undoMinutes;
    const outcome = await reports.undo(unit.id, now.subtract({ minutes }).toInstant(), cause);
    if ('refused' in outcome) throw new UserError(`undo.${outcome.refused}`, { minutes });
    return text(t(`undo.${Undone.parse(outcome.undone)}`, { day: dayName(outcome.day, today, t) }));
  },
});
