import { z } from 'zod';
import { type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { comparedWith, ruleFor } from '../../src/domain/board.ts';
import { cleanName, echoed } from '../../src/domain/names.ts';
import { labelled, type Unit } from '../../src/domain/organisation.ts';
import { narrow } from '../../src/domain/visible.ts';
import { readWeekWord } from '../../src/domain/week-words.ts';
import { UserError } from '../../src/errors.ts';
import { boardReply, type View } from '../../src/wording/board.ts';
import { readBoard, type WhichWeek } from '../../src/wording/read-board.ts';

/** `/榜` ranks the sister units in their group; in private it shows a unit its own place among its neighbours. */
export const board = defineCommand({
  name: '榜',
  aliases: ['board'],
  help: { line: 'help.board', examples: 'help.board.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  async run(words, context) {
    const { directory, message, member, today, calendar, t } = context;
    const { which, everyone } = asked(words);
    const units = await directory.units();
    const own = context.chatUnit ?? context.unit ?? firstOffice(units, member?.roles ?? []);
    const anchor = own ?? units.find(({ parent }) => parent === null);
    if (!anchor) throw new UserError('board.nobody');

    const shown = everyone ? await withPeople(units, context) : comparedWith(units, anchor);
    const isIn = own !== null && shown.some(({ id }) => id === own.id);
    const view: View = message.chat.kind === 'group' ? 'group' : isIn ? 'own' : 'above';
    return boardReply(await readBoard(labelled(units, shown), which, ruleFor(units, shown), context), {
      view,
      own: own?.id ?? null,
      today,
      calendar,
      t,
    });
  },
});

const whole = new Set(['全县', '全市', '全区', '全部', '所有', '全体', 'all']);

const asked = (words: string): { readonly which: WhichWeek; readonly everyone: boolean } => {
  const { which, rest } = readWeekWord(words);
  const everyone = whole.has(narrow(rest));
  if (rest !== '' && !everyone) throw new UserError('board.what', { text: echoed(words) });
  return { which: which ?? 'either', everyone };
};

/** For somebody who leads a unit without being counted in one. */
const firstOffice = (units: readonly Unit[], roles: readonly { readonly unit: string | null }[]): Unit | null =>
  units.find(({ id }) => roles.some(({ unit }) => unit === id)) ?? null;

/** A node of the tree that only holds others together has nothing to be ranked by. */
const withPeople = async (units: readonly Unit[], { directory }: CommandContext): Promise<readonly Unit[]> => {
  const sizes = await Promise.all(units.map(async ({ id }) => (await directory.membersOf(id)).length));
  const some = units.filter((_, i) => (sizes[i] ?? 0) > 0);
  return some.length > 0 ? some : units.slice(0, 1);
};
