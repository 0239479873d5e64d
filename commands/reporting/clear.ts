import { z } from 'zod';
import { atHome, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { readItemNumbers } from '../../src/domain/item-numbers.ts';
import { UserError } from '../../src/errors.ts';
import { type Reply, text } from '../../src/message.ts';
import { carriedLine } from '../../src/wording/report.ts';

/** `/清 1 3`, `/清 1-3` closes unfinished items by their numbers, `/清 全部` all of them; `/清` alone lists them. */
export const clear = defineCommand({
  name: '清',
  aliases: ['done'],
  help: { line: 'help.clear', examples: 'help.clear.examples' },
  args: z.string().transform((typed, issues) => {
    const numbers = typed.length > MOST_TYPED ? null : readItemNumbers(typed);
    if (numbers) return numbers;
    issues.addIssue({ code: 'custom', message: 'clear.not-a-number' });
    return z.NEVER;
  }),

  async run(numbers, context) {
    const { message, me, reports, cause, today, calendar, t } = context;
    const { unit } = atHome(context);
    const direct = message.chat.kind === 'direct';
    const lines = async () => (await reports.open(unit.id, me)).map((item) => carriedLine(item, today, calendar, t));

    if (numbers !== 'all' && numbers.length === 0) {
      const open = await lines();
      if (open.length === 0) return text(t('clear.none'));
      const list: Reply = [
        { kind: 'text', text: t('clear.list') },
        { kind: 'list', items: open },
      ];
      return { privately: list };
    }

    const outcome = await reports.clear(unit.id, numbers, today, cause);
    if ('unknown' in outcome) {
      if (numbers === 'all') return text(t('clear.none'));
      throw new UserError('clear.unknown', { numbers: outcome.unknown.join(t('list.and')) });
    }
    const line = t('clear.closed', { count: outcome.closed.length, left: outcome.left });
    if (!direct) return { receipt: text(line) };
    return [
      { kind: 'text', text: line },
      { kind: 'list', items: outcome.closed.map(({ text }) => t('clear.item', { text })) },
    ];
  },
});
