import { z } from 'zod';
import { type Answer, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import type { BoardRule } from '../../src/domain/board.ts';
import { readListWord } from '../../src/domain/list-text.ts';
import { cleanName, echoed } from '../../src/domain/names.ts';
import { UserError } from '../../src/errors.ts';
import { type Reply, text } from '../../src/message.ts';
import { askedBoard } from '../../src/wording/asked-board.ts';
import { boardReply, ROWS_A_PAGE, type View } from '../../src/wording/board.ts';
import { linkForLeader } from '../../src/wording/board-link.ts';
import { frozenBoard } from '../../src/wording/frozen-board.ts';
import { newestIssue, viewPeriod } from '../../src/wording/list-view.ts';
import { ownPlace, readPersonBoard, topPeopleReply } from '../../src/wording/person-board.ts';
import type { Board } from '../../src/wording/read-board.ts';

/**
 * `/榜` ranks the sister units in their group; in private it shows a unit its own place among its neighbours, and whoever
 * looks from above all of them, page by page; `/榜 红` and `/榜 黑` the published lists. `/榜 10月`, `/榜 全市 本月 第2页`, `/榜 秋季攻坚`.
 */
export const board = defineCommand({
  name: '榜',
  aliases: ['board'],
  help: { line: 'help.board', examples: 'help.board.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  async run(words, context): Promise<Answer> {
    const { message, member, calendar, today, t } = context;
    const list = readListWord(words, today);
    if (list) {
      if (list.rest !== '') throw new UserError('board.what', { text: echoed(words) });
      return list.period ? viewPeriod(list.period, list.only, context) : newestIssue(list.only, context);
    }
    const { units, own, covered, isIn, which, page, isWhole, rule, made } = await askedBoard(words, context);
    // Beyond its top a board is not for a group to look at: who may see more sees it in private.
    const isForAll = message.chat.kind === 'group' && page === 1;
    const view: View = isForAll ? 'group' : covered ? 'above' : isIn ? 'own' : 'group';
    if (page > 1 && view !== 'above') throw new UserError('board.top-only');

    const eyes = { view, own: own?.id ?? null, covered, page, rowsAPage: ROWS_A_PAGE };
    const frozen = isWhole && which !== 'either' ? await frozenBoard(which, eyes, context) : null;
    const board = frozen ?? (await made());
    const seen = { view, own: own?.id ?? null, covered, page, isWhole, today, calendar, t };
    const people = isWhole || page > 1 ? [] : await peopleOf(board, rule, context);
    const reply = boardReply(board, seen);
    if (isForAll) return [...reply, ...people];
    const link = await linkForLeader(member, units, { own, period: board.period }, context);
    // A board ends with the line under it.
    const whole = [...reply.slice(0, -1), ...people, ...link, ...reply.slice(-1)];
    return message.chat.kind === 'group' ? { privately: whole } : whole;
  },
});

/** In its own group the first of the unit's people, in private one's own place: where the unit has that switched on. */
const peopleOf = async (shown: Board, rule: BoardRule, context: CommandContext): Promise<Reply> => {
  const { chatUnit, unit, message, me, t } = context;
  const isGroup = message.chat.kind === 'group';
  const home = isGroup ? chatUnit : unit;
  const board = home && (await readPersonBoard(home, shown.period, rule, context));
  if (!home || !board) return [];
  if (isGroup) return topPeopleReply(home, board, context);
  const place = ownPlace(board, me, t);
  if (place === null) return [];
  // The line under the board is said once, and its rule where it is another.
  const { version } = board.rule;
  return text(version === shown.rule.version ? place : `${place}\n${t('people.rule', { rule: version })}`);
};
