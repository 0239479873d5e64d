import { z } from 'zod';
import { type Answer, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { readRoster } from '../../src/domain/roster.ts';
import { rosterOf } from '../../src/wording/roster.ts';
import { depart, erase, merge, split } from '../../src/wording/roster-acts.ts';

/** `/名册 城关镇`: who belongs to a unit, with which roles and since when. In private, always. */
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
    return { privately: await rosterOf(rest, context) };
  },
});
