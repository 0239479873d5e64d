import { z } from 'zod';
import { type Answer, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { readRoster } from '../../src/domain/roster.ts';
import { rosterOf } from '../../src/wording/roster.ts';
import { depart, erase, merge, split } from '../../src/wording/roster-acts.ts';
import { confirmRoster, previewRoster } from '../../src/wording/roster-import.ts';

/** `/名册 城关镇`: who belongs to a unit, with which roles and since when. In private, always. With a file: a roster to import. */
export const roster = defineCommand({
  name: '名册',
  aliases: ['roster'],
  help: { line: 'help.roster', examples: 'help.roster.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long'),

  async run(typed, context: CommandContext): Promise<Answer> {
    const { act, rest, isConfirmed } = readRoster(typed);
    if (act === 'depart') return { privately: await depart(rest, context) };
    if (act === 'merge') return { privately: await merge(rest, context) };
    if (act === 'split') return { privately: await split(rest, context) };
    if (act === 'erase') return { privately: await erase(rest, isConfirmed, context) };
    if (act === 'confirm') return { privately: await confirmRoster(context) };
    if (act === 'import' || context.message.files.length > 0) return { privately: await previewRoster(context) };
    return { privately: await rosterOf(rest, context) };
  },
});
