import { z } from 'zod';
import { defineCommand, MOST_TYPED } from '../../src/command.ts';
import { readAppeal } from '../../src/domain/list-text.ts';
import { echoed } from '../../src/domain/names.ts';
import { UserError } from '../../src/errors.ts';
import { appealsWaiting, decideAppeal, fileAppeal } from '../../src/wording/list-appeals.ts';
import { quietly } from '../../src/wording/list-step.ts';

/** `/申诉 L-03 理由…`: a listed unit appeals, its row is frozen; `/申诉 A-02 采纳 理由…`: somebody else decides. */
export const appeal = defineCommand({
  name: '申诉',
  aliases: ['appeal'],
  help: { line: 'help.appeal', examples: 'help.appeal.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long'),

  async run(typed, context) {
    const said = readAppeal(typed);
    switch (said.kind) {
      case 'list':
        return appealsWaiting(context);
      case 'file':
        return quietly(context, () => fileAppeal(said, context));
      case 'decide':
        return quietly(context, () => decideAppeal(said, context));
      case 'unknown':
        throw new UserError('list.appeal-what', { text: echoed(typed) });
    }
  },
});
