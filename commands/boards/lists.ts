import { z } from 'zod';
import { defineCommand, MOST_TYPED } from '../../src/command.ts';
import { readLists } from '../../src/domain/list-text.ts';
import { issueLabel } from '../../src/domain/lists.ts';
import { echoed } from '../../src/domain/names.ts';
import { UserError } from '../../src/errors.ts';
import { actOn, draftByHand } from '../../src/wording/list-acts.ts';
import { quietly } from '../../src/wording/list-step.ts';
import { newestIssue, viewIssue, viewPeriod, whichIssue } from '../../src/wording/list-view.ts';

/**
 * `/红黑榜` shows what was published, `/红黑榜 2026年11月` and `/红黑榜 L-03` an issue; inspectors draft (`起草 11月`), the
 * reviewer takes rows off (`L-03 去掉 白石镇 理由：…`), confirms, signs, corrects.
 */
export const lists = defineCommand({
  name: '红黑榜',
  aliases: ['lists'],
  help: { line: 'help.lists', examples: 'help.lists.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long'),

  async run(typed, context) {
    const said = readLists(typed, context.today);
    switch (said.kind) {
      case 'newest':
        return newestIssue(null, context);
      case 'period':
        return viewPeriod(said.period, null, context);
      case 'issue':
        return viewIssue(said.number, null, context);
      case 'draft':
        return quietly(context, () => draftByHand(said, context));
      case 'act':
        return quietly(context, () => actOn(said, context));
      case 'unnumbered':
        return quietly(context, () => whichIssue(said.said, context));
      case 'unknown': {
        const label = issueLabel(said.number ?? 3);
        throw new UserError('list.what', { text: echoed(typed), label });
      }
    }
  },
});
